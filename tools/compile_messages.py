"""Keep the catalogues of words whole: extract the messages, compile the translations.

    python tools/compile_messages.py            add new messages to the .po, write the .mo
    python tools/compile_messages.py --check    exit 1 if anything is missing or out of date

The source texts are English; a translation is written by hand in
``ptce_graph/locale/fr/LC_MESSAGES/ptce_graph.po``. What click itself says is in
``messages.po`` beside it, which is only compiled.
"""

from __future__ import annotations

import io
import string
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "ptce_graph" / "locale" / "fr" / "LC_MESSAGES" / "ptce_graph.po"
CLICK_PO = PO.with_name("messages.po")
#: Header fields that change between runs or name persons.
UNWANTED = ("-Date:", "Last-Translator:", "Language-Team:", "Report-Msgid-Bugs-To:")

KEYWORDS = {"_": None, "words": None, "mark": None, "gettext": None}


def extracted() -> dict[str, list[tuple[str, int]]]:
    """Every message of the package, and where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    methods = [("**.py", "python"), ("**.j2", "jinja2")]
    messages = extract_from_dir(ROOT / "ptce_graph", methods, keywords=KEYWORDS)
    for name, line, message, _comments, _context in messages:
        assert isinstance(message, str)
        found.setdefault(message, []).append((Path(name).as_posix(), line))
    return found


def updated(catalog: Catalog) -> Catalog:
    """The catalogue with exactly the messages of the package, translations kept."""
    whole = Catalog(locale="fr", project="ptce-graph", version="1", fuzzy=False)
    whole.header_comment = "# The words of ptce-graph in French; the identifiers are English.\n"
    for message in sorted(extracted()):
        known = catalog.get(message)
        whole.add(message, string=known.string if known else "")
    return whole


def problems(catalog: Catalog) -> list[str]:
    """Messages that are missing, not translated, no longer used, or with other fields."""
    wanted = set(extracted())
    known = {str(message.id): str(message.string) for message in catalog if message.id}
    found = [f"missing: {message!r}" for message in sorted(wanted - set(known))]
    found += [f"no longer used: {message!r}" for message in sorted(set(known) - wanted)]
    for message, translation in sorted(known.items()):
        if not translation:
            found.append(f"not translated: {message!r}")
        elif fields(message) != fields(translation):
            found.append(f"other fields than the source: {translation!r}")
    return found


def fields(text: str) -> set[str]:
    """The names between braces."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def compiled(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    # Without dates of its own, Babel writes those of this minute into the header.
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    write_mo(buffer, catalog)
    return buffer.getvalue()


def read(path: Path = PO) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def main() -> int:
    if "--check" in sys.argv:
        catalog = read()
        found = problems(catalog)
        for path in (PO, CLICK_PO):
            mo = path.with_suffix(".mo")
            if not mo.exists() or mo.read_bytes() != compiled(read(path)):
                found.append(f"{mo.name} is not that of {path.name}: run compile_messages.py")
        print("\n".join(found) or "The catalogues are whole.")
        return bool(found)
    catalog = updated(read())
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, omit_header=False)
    # Babel dates its header; a date would make two runs differ.
    lines = PO.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(key in line for key in UNWANTED)]
    PO.write_text("".join(kept), encoding="utf-8")
    for path in (PO, CLICK_PO):
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
    print("\n".join(problems(read())) or "The catalogues are whole.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
