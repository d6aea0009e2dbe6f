"""Files that people really hold and files that attack, made for the tests; nobody in them exists.

Numbers follow Luhn by hand. 100000009: 9 + 1 = 10. 005520135, from its end: 5 + 1 + 2 + 5 as
they are, 3, 0 and 5 doubled (6 + 0 + 1): 20. 12345678900007 sums to 50, its SIREN to 47.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field

import ptce_graph
from tests.importers.spreadsheet_files import text_cell

SIREN, SIRET = "552120222", "55212022200013"
OTHER = "100000009"
DDE = "=cmd|'/c calc'!A0"
SIRENE = (
    "siren,denominationUniteLegale,economieSocialeSolidaireUniteLegale,"
    "etatAdministratifUniteLegale,categorieJuridiqueUniteLegale\n"
)


@dataclass(frozen=True)
class Case:
    """A file and what must become of it.

    ``kept`` are the name, the SIREN, the place and the lines of each row of
    organisations, networks of their own apart; ``refused`` the row, the column
    and a part of the reason; ``told`` is a part of a note.
    """

    name: str
    data: bytes | str
    kept: tuple[tuple[str, str, str, str], ...] = ()
    refused: tuple[tuple[int, str, str], ...] = ()
    kind: str = "spreadsheet"
    file: str = "membres.csv"
    told: str = ""
    rows_kept: int = -1
    wish: dict[str, object] = field(default_factory=lambda: {"network": "Réseau R"})

    @property
    def content(self) -> bytes:
        return self.data if isinstance(self.data, bytes) else self.data.encode()


def imported(folder, kind, data, file="membres.csv", **wish):
    """The file written beside its data folder, and imported into it."""
    path = folder / file
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return ptce_graph.import_file(kind, path, folder / "data", **wish)


def accounted(done):
    """Every row is told of once, and what was written is sound and safe to open."""
    told = done.imported
    assert told.rows_read == told.rows_kept + told.rows_left_out + told.rows_refused
    if done.written is not None:
        assert [str(problem) for problem in ptce_graph.check(done.written.folder)] == []
        assert live_cells(done.written.folder) == []
    return done


def live_cells(folder):
    """Cells of CSV files that a spreadsheet would run; numbers below zero are none."""
    found = []
    for path in sorted(folder.rglob("*.csv")):
        with path.open(newline="", encoding="utf-8") as stream:
            for row in csv.reader(stream):
                found += [(path.name, cell) for cell in row if _is_live(cell)]
    return found


def _is_live(cell):
    # Words after a sign, as in “+ de Lien”, are nothing to run.
    words = re.fullmatch(r"[+\-@] ?[^\W\d_][^(!|0-9]*", cell)
    if words or not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def json_text(items):
    return json.dumps(items)


def sheet_rows(*rows):
    """The inner XML of the rows of a sheet; a text, or the XML of a cell with ``@`` for place."""
    told = []
    for number, cells in enumerate(rows, start=1):
        xml = ""
        for at, cell in enumerate(cells):
            place = f"{chr(65 + at)}{number}"
            xml += cell.replace("@", place) if cell.startswith("<c") else text_cell(place, cell)
        told.append(f'<row r="{number}">{xml}</row>')
    return "".join(told)


def number(value, style=""):
    return f'<c r="@"{style}><v>{value}</v></c>'


def formula(text, value=None):
    """A cell with a formula and the text that was saved with it, if one was."""
    saved = f"<v>{value}</v>" if value is not None else ""
    return f'<c r="@" t="str"><f>{text}</f>{saved}</c>'
