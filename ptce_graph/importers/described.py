"""What ``source.yml`` says of an imported file."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from ptce_graph.importers.cells import name_slug
from ptce_graph.importers.imported import Wish
from ptce_graph.tables.read import RESERVED_NAMES
from ptce_graph.vocabulary.iris import slug


def source_id(path: Path, wish: Wish) -> str:
    """The identifier of the source's folder: the one asked for, else from the file's name."""
    told = slug(wish.source) or slug(path.name.partition(".")[0]) or "source"
    name = name_slug(told)
    return f"{name}-file" if name in RESERVED_NAMES else name


def document_of(
    path: Path,
    wish: Wish,
    kind: str,
    lines: int,
    title: str = "",
    publisher: str = "",
    licence: str = "",
    note: str = "",
) -> dict[str, str]:
    """The description of the file: what ``wish`` says goes before what its kind is known to be."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    told = {
        "title": wish.title or title or path.name,
        "publisher": wish.publisher or publisher,
        "date": wish.date,
        "language": "fr",
        "licence": wish.licence or licence,
        "original_file": path.name,
        "lines": str(max(lines, 1)),
        "note": note,
        "importer": kind,
        "digest": digest,
    }
    return {key: value for key, value in told.items() if value}
