"""What each column of a grid is, from its header and its cells: a ``Mapping`` to be corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping as Known
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.cells import clean_name
from ptce_graph.importers.labels import accreditation
from ptce_graph.importers.mapping import LEFT_OUT, LINKS, MEMBERS, SEVERAL, Column, Mapping
from ptce_graph.importers.spreadsheet.content import Content, content_of
from ptce_graph.importers.spreadsheet.values import guessed_separators
from ptce_graph.importers.spreadsheet.words import (
    BEFORE_NETWORK,
    BY_HEADER,
    MEMBER_HEADER,
    NETWORK_HEADER,
    PERSONAL_HEADER,
    use_of_header,
)
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from ptce_graph.importers.spreadsheet.grid import Grid

#: From this share of its values, a column is what they look like.
_MOST = 0.6
_HALF = 0.5
#: A header that promises something is believed where this share of the values keeps it.
_SOME = 0.3
_SOME_PERSONAL = 0.2
#: What a use asks of the values, where a header alone is not enough.
_ASKED = {
    "postal_code": ("postal", _HALF),
    "created": ("date", _HALF),
    "start": ("date", _HALF),
    "end": ("date", _HALF),
    "website": ("web", _HALF),
    "legal_form": ("legal_form", _SOME),
    "accreditations": ("accreditation", _SOME),
}
#: What values tell without a header.
_BY_VALUES = (
    ("web", 0.8, "website"),
    ("network", _HALF, "network"),
    ("legal_form", 0.8, "legal_form"),
)
_NUMBERS = ("siret", "siren", "rna")
_SPLIT = ("network", "accreditations", "alt_names")


@dataclass
class _Seen:
    """A column with what its header (a slug) and its cells say."""

    name: str
    header: str
    content: Content


def guess(grid: Grid, networks: Known[str, str], network: str = "", role: str = "") -> Mapping:
    """The mapping that the header and the cells suggest.

    ``networks`` are the known ones (folded name -> identifier), ``network`` is
    the one whose members the rows are, where the person says so.
    """
    known = frozenset(networks)
    seen = [
        _Seen(name, _header(name), content_of(grid.frame[name], known))
        for name in grid.frame.columns
    ]
    is_matrix = _is_matrix(seen)
    # The ends of a link may be told by their numbers: where both have a header, it decides.
    ends = {"a", "b"} <= {use_of_header(column.header) for column in seen}
    columns = [
        (_end(column) if ends else None) or _column(column, known, is_matrix, network)
        for column in seen
    ]
    shape = LINKS if _has(columns, "a") and _has(columns, "b") else MEMBERS
    columns = [_of_shape(column, shape) for column in columns]
    if shape == MEMBERS:
        columns = _with_name(columns, seen)
    columns = [_once(column, columns) for column in columns]
    columns = [_finished(c, s, known) for c, s in zip(columns, seen, strict=True)]
    return Mapping(
        header=grid.header, shape=shape, network=network, role=role, columns=tuple(columns)
    )


def _header(name: str) -> str:
    """The words of a header; a letter in brackets stands for none (see ``grid.column_names``)."""
    return "" if re.fullmatch(r"\([A-Z]+\)", name) else slug(name)


def _has(columns: list[Column], use: str) -> bool:
    return any(column.use == use for column in columns)


def _is_matrix(seen: list[_Seen]) -> bool:
    """Whether most columns, beside those that describe an organisation, hold crosses."""
    marks = [s for s in seen if s.content.share("mark") >= _MOST]
    others = [s for s in seen if s not in marks and s.content.filled and not _told(s)]
    return len(marks) >= 2 and len(marks) > len(others)


def _told(seen: _Seen) -> bool:
    return bool(use_of_header(seen.header) or PERSONAL_HEADER.search(seen.header))


def _column(seen: _Seen, known: frozenset[str], is_matrix: bool, network: str) -> Column:
    """The use of one column, by itself."""
    if not seen.content.filled:
        return Column(seen.name, why=_("empty"))
    if _speaks_of_persons(seen):
        return Column(seen.name, why=_("personal: never kept"))
    return (
        _number(seen)
        or _crosses(seen, known, is_matrix, network)
        or _described(seen)
        or Column(seen.name, why=_("nobody asked for it"))
    )


def _end(seen: _Seen) -> Column | None:
    """One end of the links, by its header."""
    use = use_of_header(seen.header)
    if use not in ("a", "b") or not seen.content.filled or _speaks_of_persons(seen):
        return None
    return Column(seen.name, use, why=_("its header says so"))


def _described(seen: _Seen) -> Column | None:
    """A column that its header names and its values confirm, or that its values tell alone."""
    use = use_of_header(seen.header)
    asked, least = _ASKED.get(use, ("", 0.0))
    if use and seen.content.share(asked) >= least:
        return Column(seen.name, use, why=_("its header says so"))
    for what, most, meant in _BY_VALUES:
        if seen.content.share(what) >= most:
            return Column(seen.name, meant, why=_("its values look like it"))
    if use:
        return Column(seen.name, why=_("its values do not look like what its header says"))
    return None


def _speaks_of_persons(seen: _Seen) -> bool:
    named = use_of_header(seen.header) == "name"
    if seen.content.share("personal") >= (_HALF if named else _SOME_PERSONAL):
        return True
    if not PERSONAL_HEADER.search(seen.header):
        return False
    # « Membre représentant » with crosses speaks of a role, « Adresse du site » of none.
    return seen.content.share("mark") < _MOST


def _number(seen: _Seen) -> Column | None:
    """A column of SIREN, SIRET or RNA numbers: by its values, or by a header that names them."""
    content, use = seen.content, use_of_header(seen.header)
    named = use in _NUMBERS
    for what in _NUMBERS:
        # Of the nine digits of a SIREN, one number in ten is one by chance.
        enough = named or content.filled > 1 or what == "siret"
        if content.share(what) >= _MOST and enough:
            told = _("{n} of its first {all} values are such numbers")
            count = round(content.share(what) * len(content.values))
            why = told.format(n=count, all=len(content.values))
            return Column(seen.name, what, why=why)
    return Column(seen.name, use, why=_("its header says so")) if named else None


def _crosses(seen: _Seen, known: frozenset[str], is_matrix: bool, network: str) -> Column | None:
    """A column of crosses or of dates that stands for one network, or for an accreditation."""
    content, header = seen.content, seen.header
    marks, dates = content.share("mark"), content.share("date")
    bare = BEFORE_NETWORK.sub("", seen.name, count=1).strip(" ?:")
    shorter = re.sub(r"^(?:réseau|reseau|network)\s+", "", bare, flags=re.IGNORECASE)
    bare = shorter if slug(shorter) in known else bare
    is_known = slug(bare) in known or header in known
    if marks + dates < _HALF or (marks < _MOST and not (is_known and dates >= _HALF)):
        return None
    code = accreditation(seen.name)
    if code:
        why = _("crosses under the name of an accreditation")
        return Column(seen.name, "accredited", accreditation=code, why=why)
    belongs = bool(MEMBER_HEADER.match(f"{header}-"))
    belongs = belongs or bool(NETWORK_HEADER.match(header))
    if is_known or belongs or (is_matrix and not _told(seen)):
        return _of_network(seen.name, seen.name if header in known else bare or network)
    if _told(seen) and content.share("mark") < 1:
        return None
    return Column(seen.name, why=_("says yes or no, of nothing we know"))


def _of_network(column: str, name: str) -> Column:
    """A column of crosses under the name of a network, if it is one."""
    if not name:
        why = _("says yes or no, but not of which network: name it with --network")
        return Column(column, why=why)
    plain, fault = clean_name(name)
    if fault:
        return Column(column, why=_("its header is no name of a network"))
    return Column(column, "member-of", network=plain, why=_("crosses under the name of a network"))


def _of_shape(column: Column, shape: str) -> Column:
    """Uses that the other shape has say nothing in this one."""
    for_links = ("a", "b", "kind", "start", "end", LEFT_OUT)
    if shape == MEMBERS and column.use in ("a", "b", "kind"):
        return Column(column.column, why=_("nobody asked for it"))
    if shape == LINKS and column.use not in for_links:
        return Column(column.column, why=_("a list of links keeps who, with whom, how and when"))
    return column


def _with_name(columns: list[Column], seen: list[_Seen]) -> list[Column]:
    """The column of names: the best header, else the column of the most different texts."""
    named = [i for i, column in enumerate(columns) if column.use == "name"]
    if named:
        best = min(named, key=lambda i: (_rank(seen[i].header), i))
        other = _("another column gives the name")
        return [
            Column(c.column, why=other) if i in named and i != best else c
            for i, c in enumerate(columns)
        ]
    texts = [
        i
        for i, column in enumerate(columns)
        if column.use == LEFT_OUT and column.why == _("nobody asked for it") and _is_text(seen[i])
    ]
    if not texts:
        return columns
    best = max(texts, key=lambda i: (seen[i].content.different, -i))
    if seen[best].content.different < _HALF * seen[best].content.filled and _has(columns, "siret"):
        return columns
    why = _("the column of the most different texts")
    return [replace(c, use="name", why=why) if i == best else c for i, c in enumerate(columns)]


def _rank(header: str) -> int:
    """How sure a header is to name an organisation: the place of its word in the list."""
    order = [word for word, use in BY_HEADER.items() if use == "name"]
    return order.index(header) if header in order else len(order)


def _is_text(seen: _Seen) -> bool:
    shares = [seen.content.share(what) for what in ("number", "date", "mark", "web", "postal")]
    return max(shares) < _HALF


def _once(column: Column, columns: list[Column]) -> Column:
    """Of two columns of one use that only one may have, the first keeps it."""
    if column.use in SEVERAL:
        return column
    first = next(c for c in columns if c.use == column.use)
    if first is column:
        return column
    if column.use == "siren":
        return Column(column.column, "siret", why=column.why)
    return Column(column.column, why=_("the column “{name}” says it").format(name=first.column))


def _finished(column: Column, seen: _Seen, known: frozenset[str]) -> Column:
    """With the separator of its values, and examples unless it speaks of persons."""
    if column.use in _SPLIT:
        column = replace(column, separator=guessed_separators(seen.content.values, known))
    personal = column.why == _("personal: never kept") or seen.content.share("personal") > 0
    return column if personal else replace(column, examples=seen.content.examples)
