"""The networks that a data folder or the bundled data know: one name, one identifier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ptce_graph.bundled import DATA_DIR
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_name, name_slug
from ptce_graph.importers.imported import Wish
from ptce_graph.tables.cells import PERSONAL
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import ORGANISATIONS, SEPARATOR
from ptce_graph.vocabulary.iris import slug

#: The key of ``Wish.options`` that holds ``known_networks`` of the data folder.
OPTION = "known_networks"
_KIND = "reseau"
_SHOWN = 60


def network_id(name: str, wish: Wish) -> str:
    """The identifier of a network: the one of a document that names it so, else ``name_slug``.

    ``known_networks`` of the data folder are looked at where ``wish`` brings
    them, and those of the bundled data.
    """
    known = wish.options.get(OPTION)
    if not isinstance(known, Mapping):
        known = known_networks(None)
    return str(known.get(folded(name), "")) or (name_slug(name) if name else "")


def network_named(name: str) -> str:
    """``name`` as the tables may hold it; ``CallError`` where no network can bear it."""
    plain, fault = clean_name(name)
    if fault:
        shown = PERSONAL.sub("…", plain or name)
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        message = _("The network cannot be named « {name} », which {fault}")
        raise CallError(
            message.format(name=shown, fault=fault),
            _("Write the name of the network as its members know it."),
        )
    return plain


def known_networks(folder: Path | None) -> dict[str, str]:
    """Identifiers by folded name (``folded``) of the networks of ``folder`` and the bundled data.

    An identifier itself counts as a name. Where two networks of different
    identifiers bear one name, that name leads to none but its own identifier.
    """
    found = {name: set(ids) for name, ids in _bundled().items()}
    if folder:
        for name, ids in _named(folder).items():
            found.setdefault(name, set()).update(ids)
    told = {name: min(ids) if len(ids) == 1 else _own(name, ids) for name, ids in found.items()}
    return {name: identifier for name, identifier in told.items() if name and identifier}


@cache
def _bundled() -> dict[str, set[str]]:
    return _named(DATA_DIR)


def _named(base: Path) -> dict[str, set[str]]:
    """The identifiers that the networks of a data folder have, by folded name."""
    found: dict[str, set[str]] = {}
    for path in sorted((base / "sources").glob("*/organisations.csv")):
        # A register of a whole country names no network: it is not worth reading its rows.
        if path.is_file() and _KIND.encode() not in path.read_bytes():
            continue
        for identifier, name, alt_names, kind in _rows(path):
            if kind == _KIND:
                for known in (name, *alt_names.split(SEPARATOR), identifier):
                    found.setdefault(folded(known), set()).add(identifier)
    return found


def folded(name: str) -> str:
    """``name`` without what people write differently: case, accents, signs."""
    return slug(name)


def _own(name: str, ids: set[str]) -> str:
    return name if name in ids else ""


def _rows(path: Path) -> list[tuple[str, str, str, str]]:
    rows = read_rows(path, path.name, ORGANISATIONS.columns, "", [])
    at = [ORGANISATIONS.column_names.index(n) for n in ("id", "name", "alt_names", "kind")]
    return [(str(r[at[0]]), str(r[at[1]]), str(r[at[2]]), str(r[at[3]])) for r in rows]
