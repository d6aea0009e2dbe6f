"""What rows may say together: each rule over whole tables, by a function of its own.

Every cell may be right by itself and the table still say that a place lies
within itself, or that a thing has two names to show. A rule finds all the rows
that break it; what it depends on being right is checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from ptce_graph.errors import Problem
from ptce_graph.i18n import gettext as _
from ptce_graph.tables.cells import SHAPES, Nearest, is_date, problem_at
from ptce_graph.tables.identities import canonical_ids
from ptce_graph.tables.read import Tables
from ptce_graph.tables.registers import SIREN_LENGTH
from ptce_graph.tables.schema import ACTORS, SEPARATOR, SOURCE_TABLES
from ptce_graph.vocabulary.iris import slug

if TYPE_CHECKING:
    from pandas import DataFrame

#: Codes that other modules give a meaning to: a list of one's own must have them.
NEEDED_CODES = {
    "identity-judgements": ("same", "different", "unsure"),
    "organisation-kinds": ("reseau", "collectivite"),
    "legal-forms": ("service-etat",),
    "place-types": ("commune", "departement", "region", "region-ancienne"),
    "states": ("constate", "prevu"),
}

#: Tables whose identifiers belong to the document that gives them.
_OF_ONE_DOCUMENT = ("candidacies", "figures", "criteria", "framework", "definitions")

#: Columns that lead from a row to another of the same table, and never back to the first.
_UPWARDS = (("places", "within"), ("places", "successor"), ("framework", "parent"))


def rule_problems(tables: Tables) -> Iterator[Problem]:
    """All rows that contradict each other, or that nothing can be made of."""
    same = canonical_ids(tables)
    for frame in tables.frames.values():
        yield from _reversed_periods(frame)
    for name in ACTORS:
        yield from _establishments_of_others(tables.frames[name])
    yield from _two_kinds(tables)
    yield from _identifiers_of_two_documents(tables)
    yield from _members_of_themselves(tables, same)
    yield from _cooperations_of_nobody(tables)
    yield from _cooperations_told_otherwise(tables)
    yield from _ambiguous_passages(tables)
    yield from _reversed_values(tables)
    for name, column in _UPWARDS:
        yield from _rings(tables.frames[name], "id", column)
    yield from _names_of_nobody(tables, same)
    yield from _second_names(tables, same)


def code_list_problems(name: str, frame: DataFrame) -> Iterator[Problem]:
    """A code list that lacks what the program relies on, or whose codes lead nowhere."""
    codes = set(frame["code"])
    for code in NEEDED_CODES.get(name, ()):
        if code not in codes:
            message = _("is missing from this list: the program relies on it.")
            file = str(frame["file"].iloc[0]) if len(frame) else f"codelists/{name}.csv"
            yield Problem(file, 0, "code", "missing code", code, message, Nearest(codes)(code))
    near = Nearest(codes)
    for at, code in frame["broader"].items():
        if code and code not in codes:
            message = _("is not a code of the list {scheme}.").format(scheme=name)
            yield problem_at(frame, at, "broader", "unknown value", code, message, near(code))
    yield from _rings(frame, "code", "broader")
    for column in ("exact_match", "close_match"):
        for at, cell in frame[column].items():
            for address in (part.strip() for part in cell.split(SEPARATOR)):
                if address and not SHAPES["iri"].fits(address):
                    yield problem_at(frame, at, column, "iri", address, SHAPES["iri"].message())


def _reversed_periods(frame: DataFrame) -> Iterator[Problem]:
    if "start" not in frame or "end" not in frame:
        return
    both = frame[(frame["start"] != "") & (frame["end"] != "")]
    for at, start, end in zip(both.index, both["start"], both["end"], strict=True):
        if not (is_date(start) and is_date(end)):
            continue
        # Compared at the coarser precision: 2012-05 to 2012 is not reversed.
        precision = min(len(start), len(end))
        if start[:precision] > end[:precision]:
            message = _("comes before the start, {start}.").format(start=start)
            yield problem_at(frame, at, "end", "period", end, message)


def _establishments_of_others(frame: DataFrame) -> Iterator[Problem]:
    """A SIRET starts with the SIREN of the legal unit whose establishment it numbers."""
    both = frame[(frame["siren"] != "") & (frame["siret"] != "")]
    if both.empty:
        return
    fits, fits_siren = SHAPES["siret"].fits, SHAPES["siren"].fits
    sirets = both["siret"].str.split(SEPARATOR).explode().str.strip()
    sirens = both["siren"].loc[sirets.index]
    foreign = sirets.str[:SIREN_LENGTH] != sirens
    for at, siret, siren in zip(
        sirets.index[foreign], sirets[foreign], sirens[foreign], strict=True
    ):
        if fits(siret) and fits_siren(siren):
            message = _("does not start with the SIREN of its row, {siren}.").format(siren=siren)
            yield problem_at(frame, at, "siret", "another's establishment", siret, message)


def _two_kinds(tables: Tables) -> Iterator[Problem]:
    """An identifier is an organisation or a pole, in every source."""
    organisations, poles = (tables.frames[name] for name in ACTORS)
    message = _("is an organisation and a pole; give one of them another identifier.")
    for at in poles.index[poles["id"].isin(set(organisations["id"]))]:
        yield problem_at(poles, at, "id", "two kinds", str(poles.at[at, "id"]), message)


def _members_of_themselves(tables: Tables, same: dict[str, str]) -> Iterator[Problem]:
    """Members of themselves, as written or once the judgements are applied."""
    frame = tables.frames["memberships"]
    for at, member, whole in zip(frame.index, frame["member"], frame["organisation"], strict=True):
        if not member or same.get(member, member) != same.get(whole, whole):
            continue
        if member == whole:
            message = _("is said to be a member of itself.")
        else:
            message = _("is judged the same as {member}, which would be a member of itself.")
        told = message.format(member=member)
        yield problem_at(frame, at, "organisation", "self-link", whole, told)


def _identifiers_of_two_documents(tables: Tables) -> Iterator[Problem]:
    """One node per row: two documents that gave it would be heard as one that says both."""
    for name in _OF_ONE_DOCUMENT:
        frame = tables.frames[name]
        first = frame.groupby("id", sort=False)["source"].transform("first")
        for at in frame.index[frame["source"] != first]:
            message = _("is given by {source} already: give it another identifier.")
            told = message.format(source=first.at[at])
            yield problem_at(frame, at, "id", "two documents", frame.at[at, "id"], told)


def _cooperations_of_nobody(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["cooperations"]
    with_partners = set(tables.frames["participations"]["cooperation"])
    alone = frame[(frame["id"] != "") & ~frame["id"].isin(with_partners)].drop_duplicates("id")
    for at, identifier in alone["id"].items():
        message = _("has no partner in any participations.csv.")
        yield problem_at(frame, at, "id", "no partner", identifier, message)


def _cooperations_told_otherwise(tables: Tables) -> Iterator[Problem]:
    """A cooperation that two documents describe differently is shown once: which is right?

    Names may differ, as those of organisations do. A document that leaves out a
    date, or gives it less precisely, contradicts nobody.
    """
    frame = tables.frames["cooperations"]
    for column in ("kind", "state", "start", "end"):
        told = frame[frame[column] != ""]
        first = told.groupby("id", sort=False)[[column, "file", "row"]].transform("first")
        for at in told.index[told[column] != first[column]]:
            value, other = str(told.at[at, column]), str(first.at[at, column])
            precision = min(len(value), len(other))
            if is_date(value) and value[:precision] == other[:precision]:
                continue
            message = _("is “{other}” on row {row} of {file}: tell it alike, or as two things.")
            message = message.format(
                other=other, row=first.at[at, "row"], file=first.at[at, "file"]
            )
            yield problem_at(frame, at, column, "told otherwise", value, message)


def _ambiguous_passages(tables: Tables) -> Iterator[Problem]:
    """Two sections that look the same in an identifier would make one passage of two."""
    slugs = _section_slugs(tables)
    if len(set(slugs.values())) == len(slugs):
        # No two sections look alike, so no two passages do: nothing to go through row by row.
        return
    first: dict[tuple[str, str, str], tuple[str, str, int]] = {}
    columns = ["source", "section", "lines", "file", "row"]
    for table in SOURCE_TABLES:
        frame = tables.frames[table.name]
        for at, row in zip(frame.index, frame[columns].itertuples(index=False), strict=True):
            source, section, lines, file, number = row
            if section and not slugs[section]:
                message = _("holds no letter or digit that an identifier can keep.")
                yield problem_at(frame, at, "section", "section", section, message)
                continue
            key = (source, slugs[section], lines)
            other, in_file, on_row = first.setdefault(key, (section, file, number))
            if other != section:
                message = _("gives the same passage as another spelling, row {row} of {file}.")
                told = message.format(row=on_row, file=in_file)
                yield problem_at(frame, at, "section", "section", section, told, other)


def _section_slugs(tables: Tables) -> dict[str, str]:
    """Each section of all tables as an identifier keeps it; that of an empty cell is empty."""
    sections = {""}.union(*(tables.frames[table.name]["section"] for table in SOURCE_TABLES))
    return {section: slug(section) for section in sorted(sections)}


def _reversed_values(tables: Tables) -> Iterator[Problem]:
    frame = tables.frames["figures"]
    fits = SHAPES["number"].fits
    for at, value, greatest in zip(frame.index, frame["value"], frame["value_max"], strict=True):
        if fits(value) and fits(greatest) and Decimal(greatest) < Decimal(value):
            message = _("is less than the value, {value}.").format(value=value)
            yield problem_at(frame, at, "value_max", "range", greatest, message)


def _rings(frame: DataFrame, name: str, column: str) -> Iterator[Problem]:
    """Rows from which a column leads, step after step, back to where it started."""
    links = [(one, other) for one, other in zip(frame[name], frame[column], strict=True) if other]
    turning = _stuck(links) & _stuck((other, one) for one, other in links)
    for at, one, other in zip(frame.index, frame[name], frame[column], strict=True):
        if one in turning and other in turning:
            message = _("leads back to {id} itself.").format(id=one)
            yield problem_at(frame, at, column, "ring", other, message)


def _stuck(links: Iterable[tuple[str, str]]) -> set[str]:
    """What lies on a ring, or leads to one."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    left = set()
    for one, other in links:
        sorter.add(one, other)
        left |= {one, other}
    with suppress(CycleError):
        sorter.prepare()
    while ready := sorter.get_ready():
        left.difference_update(ready)
        sorter.done(*ready)
    return left


def _names_of_nobody(tables: Tables, same: dict[str, str]) -> Iterator[Problem]:
    """A name to show must be one that a document gives to the thing, or to one judged the same."""
    frame = tables.frames["labels"]
    if frame.empty:
        return
    given: dict[str, list[str]] = {}
    for name in (*ACTORS, "calls"):
        told = tables.frames[name]
        for identifier, shown, others in zip(
            told["id"], told["name"], told["alt_names"], strict=True
        ):
            names = given.setdefault(same.get(identifier, identifier), [])
            names += [shown, *(other.strip() for other in others.split(SEPARATOR))]
    for at, identifier, chosen in zip(frame.index, frame["id"], frame["name"], strict=True):
        names = given.get(same.get(identifier, identifier), [])
        if names and chosen and chosen not in names:
            message = _("is not a name that a document gives to {id}.").format(id=identifier)
            near = Nearest(names)(chosen)
            yield problem_at(frame, at, "name", "label", chosen, message, near)


def _second_names(tables: Tables, same: dict[str, str]) -> Iterator[Problem]:
    """Two names to show for things judged the same. (The same identifier twice is a duplicate.)"""
    frame = tables.frames["labels"]
    first: dict[str, tuple[str, int]] = {}
    for at, identifier, row in zip(frame.index, frame["id"], frame["row"], strict=True):
        other, on_row = first.setdefault(same.get(identifier, identifier), (identifier, row))
        if other != identifier:
            message = _("is judged the same as {other}, which row {row} names already.")
            told = message.format(other=other, row=on_row)
            yield problem_at(frame, at, "id", "second name", identifier, told)
