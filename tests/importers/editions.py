"""Editions of an invented member list, as an importer would give them, for the tests of updates."""

from __future__ import annotations

import hashlib

import pandas as pd

from ptce_graph.importers.imported import Imported, Wish, refused_frame
from ptce_graph.importers.update import update_of
from ptce_graph.importers.write import write_source

NETWORK = {"id": "reseau-x", "name": "Réseau X", "kind": "reseau"}


def edition(members, date="", more=(), file="list.csv", **options):
    """``members``: identifier -> name, or a dict of cells; ``more``: rows of memberships."""
    rows = [dict(NETWORK, section="Liste", lines="1")]
    links = []
    for line, (identifier, told) in enumerate(members.items(), start=2):
        cells = told if isinstance(told, dict) else {"name": told}
        place = {"section": "Liste", "lines": str(line)}
        rows.append({"id": identifier, **cells, **place})
        links.append(
            {"member": identifier, "organisation": "reseau-x", "role": "adherent", **place}
        )
    links += more
    frames = {
        "organisations": pd.DataFrame(rows, dtype=object).fillna(""),
        "memberships": pd.DataFrame(links, dtype=object).fillna(""),
    }
    document = {
        "title": file,
        "original_file": file,
        "lines": str(len(members) + 1),
        "date": date,
        "importer": "spreadsheet",
    }
    number = len(members)
    return Imported(
        source=options.pop("source", "liste"),
        document={key: value for key, value in document.items() if value},
        frames=frames,
        places=None,
        rows_read=number,
        rows_kept=number,
        rows_left_out=0,
        refused=refused_frame([]),
        **options,
    )


def digest(imported):
    """A digest that differs where the editions do."""
    told = [frame.to_csv(index=False) for frame in imported.frames.values()]
    return hashlib.sha256("".join(told).encode()).hexdigest()


def take(imported, folder, wish=None, of=None):
    """What the command does with a file: compare, check, write; the update."""
    update = update_of(imported, folder, of or digest(imported), wish or Wish())
    update.check(folder)
    if not update.identical:
        write_source(update.imported, folder, update.history)
    return update


def bytes_of(folder):
    """Every file of a folder with its bytes."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
