"""The page of an organisation, a network or a pole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.i18n import date_words, mark
from ptce_graph.publish.site.criteria import criteria_section, placed, typology_section
from ptce_graph.publish.site.facts import characteristic_told, facts_section, figure_facts
from ptce_graph.publish.site.index import Row
from ptce_graph.publish.site.model import (
    Block,
    Drawing,
    Fact,
    Link,
    Page,
    Parts,
    Properties,
    Property,
    Prose,
    Section,
    Table,
)
from ptce_graph.publish.site.neighbourhood import neighbours, scene
from ptce_graph.publish.site.parts import MOST_TOLD, Making, present
from ptce_graph.publish.site.paths import thing_page
from ptce_graph.publish.site.registers import registered
from ptce_graph.publish.site.telling import anchor, filled
from ptce_graph.tables.facts import values

#: For each category its list, and what one thing of it is called.
_LISTS = {
    "network": ("networks.html", mark("Networks"), mark("Network")),
    "pole": ("poles.html", mark("Poles"), mark("Pole")),
    "organisation": ("organisations.html", mark("Organisations"), mark("Organisation")),
    "local-authority": ("organisations.html", mark("Organisations"), mark("Local authority")),
}


def actor_page(making: Making, actor: str) -> Page:
    """Everything that documents say of ``actor``, each fact with its passages."""
    index, words = making.index, making.words
    category, kind = index.category(actor), index.types[actor]
    rows = index.rows("poles" if kind == "pole" else "organisations", "id", actor)
    menu, plural, single = _LISTS[category]
    page, lead = thing_page(kind, actor), _lead(making, actor)
    return Page(
        page,
        index.names[actor],
        _sections(making, actor, rows),
        kicker=words(single),
        lead=lead,
        aside=present(
            Section("neighbourhood", words("Neighbourhood"), _drawn(making, actor)),
            Section("measures", words("Measures"), _measured(making, actor)),
            *making.identity_sections(kind, actor),
        ),
        trail=(making.home(), Link(words(plural), menu)),
        iri=making.iri(kind, actor),
        data=making.schema_data(kind, actor),
        alternates=making.alternates(page),
        current=menu,
        description=_plain(lead) or index.names[actor],
    )


def _sections(making: Making, actor: str, rows: list[Row]) -> tuple[Section, ...]:
    index, words = making.index, making.words

    def told(
        name: str, title: str, facts: list[Fact], table: str = "", column: str = ""
    ) -> Section | None:
        total = index.count(table, column, actor) if table else 0
        return facts_section(making, name, title, facts, total)

    figures = figure_facts(making, index.rows("figures", "subjects", actor, MOST_TOLD), actor)
    return present(
        Section("description", words("What the documents say of it"), _described(making, rows)),
        criteria_section(making, actor),
        typology_section(making, actor),
        told("belongs", words("Belongs to"), _belongs(making, actor)),
        told("carries", words("Carries the pole"), _carries(making, actor)),
        told("carrier", words("Carried by"), _carried(making, rows)),
        told("members", words("Members"), _members(making, actor), "memberships", "organisation"),
        told("cooperations", words("Cooperations"), _cooperations(making, actor)),
        told("candidacies", words("Candidacies"), _candidacies(making, actor)),
        told("figures", words("Figures"), figures),
        told("identity", words("Judgements on identity"), _judged(making, actor)),
    )


def _plain(parts: Parts) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in parts)


def _lead(making: Making, actor: str) -> Parts:
    """One line: statut, place, how many networks, members and partners."""
    index, words, tell = making.index, making.words, making.tell
    data = index.facts.actors.loc[actor]
    told: list[Parts] = []
    told += [(tell.code("legal-forms", code),) for code in data["legal_forms"]]
    told += [(tell.place(place),) for place in data["places"][:2]]
    for count, one, many in (
        (
            _different(index.rows("memberships", "member", actor, MOST_TOLD), "organisation"),
            words("belongs to one network or pole"),
            words("belongs to {n} networks or poles"),
        ),
        (
            _different(index.rows("memberships", "organisation", actor), "member"),
            words("{n} member named"),
            words("{n} members named"),
        ),
        (
            _different(index.rows("participations", "partner", actor), "cooperation"),
            words("{n} cooperation"),
            words("{n} cooperations"),
        ),
    ):
        if count:
            told.append(((one if count == 1 else many).format(n=tell.number(count)),))
    return tell.joined(told, " · ")


def _different(rows: Iterable[Row], column: str) -> int:
    return len({row[column] for row in rows})


def _described(making: Making, rows: list[Row]) -> tuple[Block, ...]:
    """Names, kind, statuts, place … each value with the passages of those who give it."""
    words, tell, language = making.words, making.tell, making.language
    aspects: list[tuple[str, str, Callable[[str], Parts]]] = [
        (words("Name"), "name", lambda v: (v,)),
        (words("Other names"), "alt_names", lambda v: (v,)),
        (words("Kind"), "kind", lambda v: (tell.code("organisation-kinds", v),)),
        (words("Legal form"), "legal_form", lambda v: (tell.code("legal-forms", v),)),
        (words("Accreditation"), "accreditations", lambda v: (tell.code("accreditations", v),)),
        (words("Place"), "place", lambda v: _place(making, v)),
        (words("Created"), "created", lambda v: (date_words(v, language),)),
        (words("At work since"), "since", lambda v: (date_words(v, language),)),
        (words("Website"), "website", lambda v: (Link(v, _web(v)),)),
        *registered(words),
        (words("List"), "listed_in", lambda v: (tell.code("pole-lists", v),)),
    ]
    properties = []
    for name, column, told in aspects:
        whole = column == "name"
        by_value: dict[str, list[Row]] = {}
        for row in rows:
            cell = row.get(column, "")
            for value in [cell] if whole else values(cell):
                by_value.setdefault(value, []).append(row)
        facts = tuple(Fact(told(v), tell.passages(of)) for v, of in by_value.items() if v)
        if facts:
            properties.append(Property(name, facts))
    actor = rows[0]["id"] if rows else ""
    properties += _characteristics(making, actor, {one.code for one in placed(making, actor)})
    return (Properties(tuple(properties)),) if properties else ()


def _web(address: str) -> str:
    from ptce_graph.dataset.quads import whole_address

    return whole_address(address)


def _place(making: Making, place: str) -> Parts:
    """A place and what it lies in: ``Romans-sur-Isère, Drôme, Rhône-Alpes``."""
    return making.tell.joined((making.tell.place(step),) for step in making.index.around(place))


def _characteristics(making: Making, actor: str, told_below: set[str]) -> list[Property]:
    """Stage, origin, sector …, by aspect; without what the typology tells."""
    tell, index = making.tell, making.index
    codes = index.facts.tables.codes["characteristics"]
    aspects = dict(zip(codes["code"], codes["broader"], strict=True))
    found: dict[str, dict[str, list[Row]]] = {}
    for row in index.rows("characteristics", "thing", actor):
        code = row["characteristic"]
        if code in told_below:
            continue
        aspect = tell.label("characteristics", aspects.get(code) or code)
        found.setdefault(aspect, {}).setdefault(code, []).append(row)
    told = []
    for aspect, by_code in sorted(found.items()):
        facts = tuple(
            Fact((tell.code("characteristics", code),), *characteristic_told(making, rows))
            for code, rows in by_code.items()
        )
        told.append(Property(aspect[:1].upper() + aspect[1:], facts))
    return told


def _ties(
    making: Making, table: str, rows: list[Row], key: tuple[str, ...], told: Callable[[Row], Parts]
) -> list[Fact]:
    """Rows that say the same as one fact, with all their passages."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in key), []).append(row)
    facts = []
    for of in found.values():
        detail, badges = making.tell.doubts(of[0])
        anchors = tuple(anchor(table, row) for row in of)
        facts.append(Fact(told(of[0]), making.tell.passages(of), anchors, detail, badges))
    return sorted(facts, key=lambda fact: (bool(fact.badges), _plain(fact.parts).casefold()))


_PERIOD = ("start", "end")


def _belongs(making: Making, actor: str) -> list[Fact]:
    tell = making.tell
    return _ties(
        making,
        "memberships",
        making.index.rows("memberships", "member", actor),
        ("organisation", "role", *_PERIOD),
        lambda r: (
            tell.actor(r["organisation"]),
            f" – {tell.label('membership-roles', r['role'])}",
        ),
    )


def _members(making: Making, actor: str) -> list[Fact]:
    tell = making.tell
    return _ties(
        making,
        "memberships",
        making.index.rows("memberships", "organisation", actor, MOST_TOLD),
        ("member", "role", *_PERIOD),
        lambda r: (tell.actor(r["member"]), f" – {tell.label('membership-roles', r['role'])}"),
    )


def _carries(making: Making, actor: str) -> list[Fact]:
    rows = making.index.rows("poles", "carrier", actor)
    return _untied(_ties(making, "poles", rows, ("id",), lambda r: (making.tell.actor(r["id"]),)))


def _carried(making: Making, described: list[Row]) -> list[Fact]:
    rows = [row for row in described if row.get("carrier")]
    told = _ties(making, "poles", rows, ("carrier",), lambda r: (making.tell.actor(r["carrier"]),))
    return _untied(told)


def _untied(facts: list[Fact]) -> list[Fact]:
    """Without anchors: a row of poles is the pole itself, not a fact of its own."""
    return [Fact(f.parts, f.passages, (), f.detail, f.badges) for f in facts]


def _cooperations(making: Making, actor: str) -> list[Fact]:
    """Each action with the role in it and the other partners; planned ones last."""
    tell, index = making.tell, making.index

    def told(row: Row) -> Parts:
        others = dict.fromkeys(
            other["partner"]
            for other in index.rows("participations", "cooperation", row["cooperation"], MOST_TOLD)
        )
        others.pop(actor, None)
        role = tell.label("cooperation-roles", row["role"])
        parts: Parts = (tell.cooperation(row["cooperation"]), f" ({role})")
        if others:
            names = tell.joined((tell.actor(other),) for other in others)
            parts += filled(making.words(", with {partners}"), {"partners": "\0"})[:-1]
            parts += names
        return parts

    rows: list[Row] = []
    for row in index.rows("participations", "partner", actor, MOST_TOLD):
        described = index.rows("cooperations", "id", row["cooperation"])
        rows.append({**row, **{k: described[0][k] for k in ("state", "start", "end")}})
    return _ties(making, "participations", rows, ("cooperation", "role"), told)


def _candidacies(making: Making, actor: str) -> list[Fact]:
    index = making.index
    rows = index.rows("candidacies", "carriers", actor) + index.rows("candidacies", "pole", actor)
    unique = {row["fact"]: row for row in rows}
    return [making.tell.fact("candidacies", row) for row in unique.values()]


def _judged(making: Making, actor: str) -> list[Fact]:
    """What the project holds to be the same or not, and why."""
    index, tell = making.index, making.tell
    rows = []
    for own in (actor, *index.merged.get(actor, ())):
        rows += index.rows("identities", "left", own) + index.rows("identities", "right", own)
    found: dict[tuple[str, str], Fact] = {}
    for row in rows:
        label = tell.label("identity-judgements", row["judgement"])
        sides = [_as_written(making, row[side]) for side in ("left", "right")]
        parts: Parts = (
            f"{sides[0].text} / ",
            sides[1],
            f" – {label}{making.words(': ')}",
            row["reason"],
        )
        if index.facts.same.get(row["right"], row["right"]) == actor:
            other = index.facts.same.get(row["left"], row["left"]) != actor
            first: str | Link = sides[0] if other else sides[0].text
            parts = (first, f" / {sides[1].text} – {label}{making.words(': ')}", row["reason"])
        name = f"identity-{row['left']}.{row['right']}"
        judged = making.words("Judgement of this project, from the names and passages above.")
        found[row["left"], row["right"]] = Fact(parts, (), (name,), judged=judged)
    return list(found.values())


def _as_written(making: Making, raw: str) -> Link:
    """A thing under the name that documents give this very identifier."""
    index = making.index
    kept = index.facts.same.get(raw, raw)
    table = "poles" if index.types[kept] == "pole" else "organisations"
    own = index.rows(table, "raw_id", raw, 1) if raw != kept else []
    name = str(own[0]["name"]) if own else index.names[kept]
    return Link(name, thing_page(index.types[kept], kept))


def _drawn(making: Making, actor: str) -> tuple[Block, ...]:
    drawn = scene(making.index, actor)
    if drawn is None:
        return (Prose((making.words("No link documented so far."),), "note"),)
    names = [making.index.names[n.id] for n in neighbours(making.index, actor)]
    said = making.words("{name} and what is directly tied to it: {names}.").format(
        name=making.index.names[actor], names=", ".join(names[:40])
    )
    section = {"network": "network", "pole": "pole"}.get(making.index.category(actor), "")
    file = making.map_of(section, actor) if section else ""
    more = Link(making.words("Interactive map"), file) if file else None
    return (Drawing(drawn, said, more),)


def _measured(making: Making, actor: str) -> tuple[Block, ...]:
    """The measures of the thing, in words, each with its definition."""
    index, words, tell = making.index, making.words, making.tell
    measured = index.measured
    if actor not in measured.index:
        return ()
    rows: list[tuple[Parts, ...]] = []
    for name in index.told_measures:
        value = float(measured.at[actor, name])
        if math.isnan(value):
            continue
        rank = tell.number(int(index.ranks.at[actor, name]))
        label = Link(words(MEASURES[name].label), f"measures/{name}.html")
        rows.append(((label,), (making.value(name, value),), (rank,)))
    columns = (words("Measure"), words("Value"), words("Rank"))
    note = words(
        "On the links that documents tell as done; ranks among {n} organisations and poles."
    )
    return (
        Table(words("Measures"), columns, tuple(rows), frozenset((1, 2)), True),
        Prose((note.format(n=tell.number(len(measured))),), "note"),
    )


def merged_page(making: Making, kind: str, raw: str) -> Page:
    """An identifier that was merged into another: its address stays, and leads on."""
    kept = making.index.facts.same[raw]
    target = making.tell.actor(kept)
    told = filled(
        making.words("Held to be the same as {name}: all facts stand there."), {"name": target}
    )
    return Page(
        thing_page(kind, raw),
        _as_written(making, raw).text,
        (Section("", "", (Prose(told),)),),
        kicker=making.words("Merged identifier"),
        trail=(making.home(),),
        iri=making.iri(kind, raw),
    )
