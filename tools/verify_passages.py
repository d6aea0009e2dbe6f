"""Check that every row of the sources can be found in the lines it cites.

    python tools/verify_passages.py FOLDER

FOLDER holds the transcriptions, under the names of ``original_file`` in each
``source.yml``. For each row, the cited lines must hold: every name it gives to
a thing; a name its source gives to each thing it links, and the name of its
place; its years; its web address. Of a name, the words of more than three
letters and the acronyms count, accents and case set aside. A cooperation has
no name in a document: the words that tell its kind are allowed in ours.

Names may be missing where the row's note says that the document spells them
otherwise (it holds ``Graphie``, ``écrit`` or ``déformé``). Exit code 1 if
anything else is missing.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
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
    """The words of a name that count: more than three letters, or an acronym."""
    kept = (t for t in tokens(name) if len(t) > 3 or (len(t) > 1 and t.isupper()))
    return {folded(token) for token in kept}


class Verifier:
    """The rows of a data folder, against the transcriptions of its documents."""

    def __init__(self, tables: Tables, transcriptions: dict[str, list[str]]) -> None:
        self.tables, self.transcriptions = tables, transcriptions
        self.names: dict[tuple[str, str], set[str]] = {}
        for table in (*ACTORS, "cooperations"):
            for row in self.rows(table):
                # Under the source, and under none for links to a thing that others name.
                for source in (row["source"], ""):
                    self.names.setdefault((source, row["id"]), set()).update(_names(row))
        self.places = {row["id"]: row for row in self.rows("places")}
        of_kind = {
            row["code"]: significant(f"{row['label_fr']} {row['definition_fr']}")
            for row in tables.codes["cooperation-kinds"].to_dict("records")
        }
        self.allowed = {row["id"]: of_kind[row["kind"]] for row in self.rows("cooperations")}

    def rows(self, table: str) -> list[Row]:
        return list(self.tables.frames[table].to_dict("records"))

    def failures(self, row: Row) -> Iterator[str]:
        """What the cited lines of ``row`` do not hold."""
        cited = self.cited(row)
        found = {folded(token) for token in tokens(cited)}
        if not SPELLED_OTHERWISE.search(row["note"]):
            for name in _names(row) if "id" in row else ():
                yield from self.absent([name], found | self.allowed.get(row["id"], set()))
            for end in filter(None, (row.get(column) for column in LINKS)):
                names = self.names.get((row["source"], end)) or self.names.get(("", end), {end})
                yield from self.absent(sorted(names), found | self.allowed.get(end, set()))
            place = self.places.get(row.get("place", ""))
            if place and not SPELLED_OTHERWISE.search(place["note"]):
                yield from self.absent([place["name"]], found)
        for year in {row[column][:4] for column in DATES if row.get(column)} - found:
            yield f"year {year}"
        if row.get("website") and row["website"] not in cited:
            yield f"web address {row['website']}"

    def cited(self, row: Row) -> str:
        lines = self.transcriptions[row["source"]]
        ends = [part.partition("-") for part in row["lines"].split(SEPARATOR)]
        return "\n".join("\n".join(lines[int(a) - 1 : int(b or a)]) for a, _dash, b in ends)

    def absent(self, names: list[str], found: Iterable[str]) -> Iterator[str]:
        """The words missing from the name that comes nearest."""
        least, nearest = min((sorted(significant(n) - set(found)), n) for n in names)
        if least:
            yield f"« {nearest} »: {', '.join(least)}"


def _names(row: Row) -> list[str]:
    return [row["name"], *filter(None, row.get("alt_names", "").split(SEPARATOR))]


def main(folder: Path) -> int:
    tables, problems = read_tables()
    told, checked = [str(problem) for problem in problems], 0
    transcriptions = {}
    for document in tables.documents.values():
        text = (folder / document.original_file).read_text(encoding="utf-8")
        lines = transcriptions[document.id] = text.removesuffix("\n").split("\n")
        if len(lines) != document.lines:
            told.append(f"sources/{document.id}/source.yml: {len(lines)} lines in the document")
    verifier = Verifier(tables, transcriptions)
    for table in SOURCE_TABLES:
        for row in verifier.rows(table.name):
            checked += 1
            told += [f"{row['file']}:{row['row']}: {what}" for what in verifier.failures(row)]
    print("\n".join([*told, f"{checked} rows checked, {len(told)} failures"]))
    return int(bool(told))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
