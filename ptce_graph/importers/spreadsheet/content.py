"""What the cells of a column look like, told from a sample of its different values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.importers import identifiers
from ptce_graph.importers.labels import accreditation, legal_form
from ptce_graph.importers.spreadsheet.values import date_of, mark_of
from ptce_graph.tables.cells import PERSONAL, SHAPES
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import Series

_SAMPLE = 300
_EXAMPLES = 3
_POSTAL = re.compile(r"(?:F-?)?(?:[0-9]{4,5}|2[AB][0-9]{3})(?:\.0+)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9][0-9 .,\u00a0\u202f]*[%€]?")
#: Addresses that people write without a scheme: a point and a word of letters at the end.
_WEB = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}(?:/\S*)?", re.IGNORECASE
)
_SEPARATED = re.compile(r"[;,/|\n]")


@dataclass(frozen=True)
class Content:
    """Shares (0 to 1) of the sampled values that look like each thing; ``different`` counts them.

    ``values`` are the sampled values, ``examples`` the first of them.
    """

    filled: int
    different: int
    shares: dict[str, float]
    values: tuple[str, ...]

    def share(self, what: str) -> float:
        return self.shares.get(what, 0.0)

    @property
    def examples(self) -> tuple[str, ...]:
        return self.values[:_EXAMPLES]


def content_of(cells: Series, networks: frozenset[str]) -> Content:
    """What the cells of a column look like; ``networks`` are folded names that are known."""
    filled = cells[cells != ""]
    different = filled.drop_duplicates()
    values = tuple(str(value) for value in different.head(_SAMPLE))
    tests: dict[str, Callable[[str], bool]] = {
        "siret": lambda text: bool(identifiers.siret(text).value),
        "siren": lambda text: bool(identifiers.siren(text).value),
        "rna": lambda text: bool(identifiers.rna(text).value),
        "postal": lambda text: bool(_POSTAL.fullmatch(text)),
        "web": lambda text: bool(_WEB.fullmatch(text)) and SHAPES["web"].fits(text),
        "date": lambda text: bool(date_of(text)),
        "mark": lambda text: mark_of(text) is not None,
        "personal": lambda text: bool(PERSONAL.search(text)),
        "number": lambda text: bool(_NUMBER.fullmatch(text)),
        "legal_form": lambda text: bool(legal_form(text)),
        "accreditation": lambda text: _any_part(text, lambda part: bool(accreditation(part))),
        "network": lambda text: _any_part(text, lambda part: slug(part) in networks),
    }
    count = max(1, len(values))
    shares = {name: sum(map(test, values)) / count for name, test in tests.items()}
    if values:
        marks = filled.isin([value for value in values if mark_of(value) is not None])
        # Crosses are few different values over many cells: the cells are counted.
        shares["mark"] = float(marks.mean())
    return Content(len(filled), len(different), shares, values)


def _any_part(text: str, test: Callable[[str], bool]) -> bool:
    return test(text) or any(test(part) for part in _SEPARATED.split(text) if part.strip())
