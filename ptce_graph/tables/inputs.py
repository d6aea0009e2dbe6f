"""What a build is made of, as a digest: the same files and the same program give the same one."""

from __future__ import annotations

import hashlib
from pathlib import Path

import ptce_graph
from ptce_graph.bundled import DATA_DIR

#: What of the program decides how tables become quads.
_ROOMS = ("vocabulary", "tables", "dataset")
_PIECE = 1 << 20


def inputs_digest(folder: Path | None, *more: str) -> str:
    """The SHA-256 of all that is read to build ``folder``, and of ``more``.

    That is the data folder, the bundled data (which lend what it does not
    bring) and the rooms of this package that make quads of tables. Hidden
    files are never read and do not count.
    """
    digest = hashlib.sha256()
    package = Path(ptce_graph.__file__).parent
    for root, pattern in (
        (DATA_DIR if folder is None else Path(folder), "*"),
        (DATA_DIR, "*"),
        *((package / room, "*.py") for room in _ROOMS),
    ):
        for path in sorted(root.rglob(pattern)):
            relative = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in relative.parts):
                digest.update(f"{relative.as_posix()}\0{path.stat().st_size}\0".encode())
                _add(digest, path)
    for text in (ptce_graph.__version__, *more):
        digest.update(f"{len(text)}\0{text}".encode())
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
