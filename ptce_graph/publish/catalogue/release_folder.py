"""A release as a folder: the dataset in every format, and all that tells what it is.

::

    README.md  CITATION.cff  LICENSE  SHA256SUMS  catalog.ttl  void.ttl
    data/      a file per format, or a folder of files and the ZIP archive of it;
               assessments.ttl, the answers on the criteria, where there is a pole
    ontology/  ptce.ttl, shapes.ttl, alignments.ttl, context.jsonld
    queries/   the catalogue of questions

Same data, same bytes: files stand in one order, archives bear no date. The
folder is written beside the place it is for and takes it in one step.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ptce_graph.bundled import DATA_DIR, ONTOLOGY_DIR
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.publish.catalogue.dcat import catalogue
from ptce_graph.publish.catalogue.release_texts import BESIDE, citation_file, licence_text, readme
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.catalogue.void import void
from ptce_graph.publish.folders import put_in_place
from ptce_graph.publish.release import Release

if TYPE_CHECKING:
    from ptce_graph.progress import Progress
    from ptce_graph.publish.formats import Format

SUMS = "SHA256SUMS"
DATA = "data"
ONTOLOGY = ("ptce.ttl", "shapes.ttl", "alignments.ttl", "context.jsonld")
PLACES_LICENCE = "LICENSE-places.md"
#: Texts of more bytes than this are in the release compressed, too.
LARGE = 100_000
GZIP, ZIP = "application/gzip", "application/zip"
_WRITING = mark("release")


def write_release(release: Release, folder: str | Path, progress: Progress | None = None) -> Path:
    """Write ``release`` into ``folder``, whole or not at all; return the folder's path.

    An earlier release that stands there is replaced. Raises ``CallError``
    where the folder holds anything else: it would be lost.
    """
    from ptce_graph.publish.formats import FORMATS

    folder = Path(folder).resolve()
    _refuse_what_is_no_release(folder)
    partial = folder.with_name(f".{folder.name[:40]}.{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        _fill(release, partial, FORMATS, progress)
        put_in_place(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _fill(
    release: Release, folder: Path, formats: Mapping[str, Format], progress: Progress | None
) -> None:
    """Write every file of the release under ``folder``."""
    files: list[ReleasedFile] = []
    from ptce_graph.publish.assessments import RELEASED

    steps = [*formats.values(), RELEASED]
    for number, format_ in enumerate(steps):
        if progress is not None:
            progress(_(_WRITING), number, len(steps))
        for path, content, told in _of_format(format_, release):
            _write(folder, path, content)
            if told is not None:
                files.append(told)
    for name in ONTOLOGY:
        _write(folder, f"ontology/{name}", (ONTOLOGY_DIR / name).read_bytes())
    for query in sorted((ONTOLOGY_DIR / "queries").glob("*.rq")):
        _write(folder, f"queries/{query.name}", query.read_bytes())
    places = _licence_of_places(release)
    if places is not None:
        _write(folder, PLACES_LICENCE, places.read_bytes())
    beside = [name for name in BESIDE if name != PLACES_LICENCE or places is not None]
    for name, text in (
        ("catalog.ttl", catalogue(release, files)),
        ("void.ttl", void(release, files)),
        ("README.md", readme(release, files, beside)),
        ("CITATION.cff", citation_file(release.about)),
        ("LICENSE", licence_text(release.about)),
    ):
        _write(folder, name, text.encode("utf-8"))
    _write(folder, SUMS, _sums(folder).encode("utf-8"))
    if progress is not None:
        progress(_(_WRITING), len(steps), len(steps))


def _of_format(
    format_: Format, release: Release
) -> Iterator[tuple[str, bytes, ReleasedFile | None]]:
    """The files of one format: path, content, and what the catalogue says of it, if anything.

    The files of a folder are not told one by one: the archive that holds all of them is.
    """
    files = format_.files(release)

    def told(path: str, content: bytes, compressed: str = "", packed: str = "") -> ReleasedFile:
        return ReleasedFile(
            format_.name,
            format_.title,
            path,
            format_.media_type,
            format_.loss,
            len(content),
            hashlib.sha256(content).hexdigest(),
            compressed,
            packed,
        )

    if format_.folder:
        for relative, content in sorted(files.items()):
            yield f"{DATA}/{format_.name}/{_safe(relative)}", content, None
        if files:
            archive = _zipped(files)
            path = f"{DATA}/{format_.name}.zip"
            yield path, archive, told(path, archive, packed=ZIP)
        return
    for relative, content in sorted(files.items()):
        path = f"{DATA}/{_safe(relative)}"
        yield path, content, told(path, content)
        if len(content) > LARGE:
            small = _gzipped(content)
            yield f"{path}.gz", small, told(f"{path}.gz", small, compressed=GZIP)


def _safe(relative: str) -> str:
    """``relative``, which a format gave, if it stays where it is put."""
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts or "\\" in relative or not path.parts:
        raise ValueError(f"a format names a file outside its folder: {relative}")
    return path.as_posix()


def _gzipped(content: bytes) -> bytes:
    """``content`` as gzip without name or date, so that the same text gives the same bytes."""
    import gzip

    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as stream:
        stream.write(content)
    return buffer.getvalue()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of ``files``, sorted, dated by the first day that ZIP knows."""
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(_safe(name), date_time=(1980, 1, 1, 0, 0, 0))
            # As on Unix, readable by all, whatever the system it is made on.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _licence_of_places(release: Release) -> Path | None:
    """Where the origin of the places that are used is told: beside the list that was read."""
    folder = release.facts.tables.folder
    own = (folder / "geography" / "places.csv").exists()
    path = (folder if own else DATA_DIR) / "geography" / "LICENCE.md"
    return path if path.is_file() else None


def _write(folder: Path, path: str, content: bytes) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as stream:
        stream.write(content)


def _sums(folder: Path) -> str:
    """``SHA256SUMS`` of every file under ``folder``, as ``sha256sum`` writes and checks it."""
    lines = []
    for path in sorted(_names(folder)):
        with (folder / path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {path}\n")
    return "".join(lines)


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _refuse_what_is_no_release(folder: Path) -> None:
    """``CallError`` where ``folder`` holds what no release put there, or cannot be replaced."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise CallError(_("{path} is a file, not a folder.").format(path=folder))
    if folder == Path.cwd() or folder == Path(folder.anchor):
        raise CallError(
            _("{path} is the folder you are in; it cannot be replaced.").format(path=folder),
            _("Name a new folder, such as release."),
        )
    released = {SUMS}
    if (folder / SUMS).is_file():
        text = (folder / SUMS).read_text(encoding="utf-8", errors="replace")
        released |= {line.partition("  ")[2] for line in text.splitlines()}
    foreign = sorted(name for name in _names(folder) if name not in released)
    if foreign:
        raise CallError(
            _("{path} holds {file}, which is of no release.").format(path=folder, file=foreign[0]),
            _("Name a new or empty folder, or that of an earlier release."),
        )
