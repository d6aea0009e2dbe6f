"""Check that every row of the sources can be found in the lines it cites.

    python tools/verify_passages.py FOLDER

FOLDER holds the transcriptions, under the names of ``original_file`` in each
``source.yml``. The lines a row cites must hold: every name it gives to a thing;
a name its source gives to each thing it links; the name of its place; its
years; its web address. Of a name, the words of more than three letters and the
acronyms count, accents and case set aside. A cooperation has no name in a
document: the words that tell its kind are allowed in ours.

Names may be missing where the note says that the document spells them otherwise
(it holds ``Graphie``, ``écrit`` or ``déformé``). Exit code 1 if anything else is.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.schema import ACTORS, SEPARATOR, SOURCE_TABLES

SPELLED_OTHERWISE = re.compile(r"\b(?:graphie|écrit|déformé)", re.IGNORECASE)
LINKS = ("carrier", "member", "organisation", "cooperation", "partner")
DATES = ("created", "start", "end")

Row = dict[str, str]


def tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def significant(name: str) -> set[str]:
    kept = (t for t in tokens(name) if len(t) > 3 or (len(t) > 1 and t.isupper()))
    return {folded(token) for token in kept}


def names_of(row: Row) -> list[str]:
    return [row["name"], *filter(None, row.get("alt_names", "").split(SEPARATOR))]


def absent(names: list[str], found: set[str]) -> Iterator[str]:
    """The words missing from the name that comes nearest."""
    name = min(names, key=lambda name: len(significant(name) - found))
    if missing := significant(name) - found:
        yield f"« {name} »: {', '.join(sorted(missing))}"


class Verifier:
    """The rows of a data folder, against the lines of its documents."""

    def __init__(self, tables: Tables, documents: dict[str, list[str]]) -> None:
        self.tables, self.documents = tables, documents
        self.names: dict[tuple[str, str], list[str]] = {}
        for row in (row for table in (*ACTORS, "cooperations") for row in self.rows(table)):
            for source in (row["source"], ""):  # "": for links to what only others name
                self.names.setdefault((source, row["id"]), []).extend(names_of(row))
        self.places = {row["id"]: row for row in self.rows("places")}
        kinds = tables.codes["cooperation-kinds"].to_dict("records")
        words = {k["code"]: significant(f"{k['label_fr']} {k['definition_fr']}") for k in kinds}
        self.allowed = {row["id"]: words[row["kind"]] for row in self.rows("cooperations")}

    def rows(self, table: str) -> list[Row]:
        return list(self.tables.frames[table].to_dict("records"))

    def failures(self, row: Row) -> Iterator[str]:
        """What the cited lines of ``row`` do not hold."""
        ranges = [part.partition("-") for part in row["lines"].split(SEPARATOR)]
        lines = self.documents[row["source"]]
        cited = "\n".join("\n".join(lines[int(a) - 1 : int(b or a)]) for a, _, b in ranges)
        found = {folded(token) for token in tokens(cited)}
        if not SPELLED_OTHERWISE.search(row["note"]):
            for name in names_of(row) if "name" in row else ():
                yield from absent([name], found | self.allowed.get(row["id"], set()))
            for end in filter(None, map(row.get, LINKS)):
                names = self.names.get((row["source"], end)) or self.names[("", end)]
                yield from absent(names, found | self.allowed.get(end, set()))
            place = self.places.get(row.get("place", ""))
            if place and not SPELLED_OTHERWISE.search(place["note"]):
                yield from absent([place["name"]], found)
        for year in {row[column][:4] for column in DATES if row.get(column)} - found:
            yield f"year {year}"
        if row.get("website", "") not in cited:
            yield f"web address {row['website']}"


def main(folder: Path) -> int:
    tables, problems = read_tables()
    told, checked = [str(problem) for problem in problems], 0
    documents = {}
    for document in tables.documents.values():
        text = (folder / document.original_file).read_text(encoding="utf-8")
        documents[document.id] = lines = text.removesuffix("\n").split("\n")
        if len(lines) != document.lines:
            told.append(f"sources/{document.id}/source.yml: the document has {len(lines)} lines")
    verifier = Verifier(tables, documents)
    for row in (row for table in SOURCE_TABLES for row in verifier.rows(table.name)):
        checked += 1
        told += [f"{row['file']}:{row['row']}: {what}" for what in verifier.failures(row)]
    print("\n".join([*told, f"{checked} rows checked, {len(told)} failures"]))
    return int(bool(told))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
