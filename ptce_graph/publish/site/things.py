"""The pages of actions, candidacies, calls, places and codes."""

from __future__ import annotations

from ptce_graph.i18n import date_words, mark
from ptce_graph.publish.site.facts import facts_section, figure_facts, properties
from ptce_graph.publish.site.index import Row
from ptce_graph.publish.site.model import (
    Entry,
    Fact,
    Link,
    Listing,
    Page,
    Pairs,
    Parts,
    Section,
)
from ptce_graph.publish.site.parts import MOST_TOLD, Making, present
from ptce_graph.publish.site.paths import code_page, thing_page
from ptce_graph.publish.site.telling import anchor
from ptce_graph.tables.facts import values
from ptce_graph.tables.schema import SOURCE_TABLES
from ptce_graph.vocabulary.iris import code_iri

#: For each code list the tables and columns that use it.
CODE_USES: dict[str, tuple[tuple[str, str], ...]] = {}
for _table in SOURCE_TABLES:
    for _column in _table.columns:
        if _column.kind == "code":
            CODE_USES.setdefault(_column.target[0], ())
            CODE_USES[_column.target[0]] += ((_table.name, _column.name),)


_SCHEMES = {
    "legal-forms": mark("Legal forms"),
    "accreditations": mark("Accreditations"),
    "organisation-kinds": mark("Kinds of organisations"),
    "membership-roles": mark("Roles in memberships"),
    "cooperation-kinds": mark("Kinds of cooperations"),
    "cooperation-roles": mark("Roles in cooperations"),
    "pole-lists": mark("Lists of poles"),
    "place-types": mark("Types of places"),
    "identity-judgements": mark("Judgements on identity"),
    "states": mark("Done or planned"),
    "candidacy-outcomes": mark("Outcomes of candidacies"),
    "figure-measures": mark("What figures count"),
    "units": mark("Units"),
    "figure-precisions": mark("Precision of figures"),
    "characteristics": mark("Characteristics"),
    "criteria-lists": mark("Lists of criteria"),
    "framework-levels": mark("Levels of the reference framework"),
    "legibilities": mark("What could be read"),
    "definition-dimensions": mark("Dimensions of definitions"),
}


def cooperation_page(making: Making, identifier: str) -> Page:
    """An action: its kind, state and dates, who takes part in which role."""
    index, words, tell = making.index, making.words, making.tell
    rows = index.rows("cooperations", "id", identifier)
    parts = index.rows("participations", "cooperation", identifier)
    planned = tell.doubts(rows[0])[1]
    described = properties(
        making,
        [
            (words("Name"), [((r["name"],), r) for r in rows]),
            (
                words("Kind of cooperation"),
                [((tell.code("cooperation-kinds", r["kind"]),), r) for r in rows],
            ),
            (words("State"), [((tell.code("states", r["state"]),), r) for r in rows]),
            (words("Dates"), [((tell.doubts(r)[0],), r) for r in rows if tell.doubts(r)[0]]),
        ],
    )
    partners = [
        Fact(
            (tell.actor(r["partner"]), " – ", tell.code("cooperation-roles", r["role"])),
            tell.passages([r]),
            (anchor("participations", r),),
        )
        for r in parts[:MOST_TOLD]
    ]
    page = thing_page("cooperation", identifier)
    figures = figure_facts(making, index.rows("figures", "subjects", identifier), identifier)
    return Page(
        page,
        index.cooperation_names[identifier],
        present(
            Section("description", words("What the documents say of it"), described),
            facts_section(making, "partners", words("Partners"), partners),
            facts_section(making, "figures", words("Figures"), figures),
        ),
        kicker=words("Planned action") if planned else words("Action"),
        lead=(tell.code("cooperation-kinds", rows[0]["kind"]),),
        aside=making.identity_sections("cooperation", identifier),
        trail=(making.home(), Link(words("Actions"), "actions.html")),
        iri=making.iri("cooperation", identifier),
        data=making.schema_data("cooperation", identifier),
        alternates=making.alternates(page),
        current="actions.html",
    )


def candidacy_page(making: Making, identifier: str) -> Page:
    """A candidacy as a document writes it, and what we read in it."""
    index, words, tell = making.index, making.words, making.tell
    rows = index.rows("candidacies", "id", identifier)
    described = properties(
        making,
        [
            (words("Call"), [((tell.call(r["call"]),), r) for r in rows]),
            (
                words("Outcome"),
                [((tell.code("candidacy-outcomes", r["outcome"]),), r) for r in rows],
            ),
            (words("Initiative"), [((r["initiative"],), r) for r in rows if r["initiative"]]),
            (words("Pole"), [((tell.actor(r["pole"]),), r) for r in rows if r["pole"]]),
            (
                words("Carrier as written"),
                [((r["carrier_as_written"],), r) for r in rows if r["carrier_as_written"]],
            ),
            (
                words("Carriers"),
                [((tell.actor(c),), r) for r in rows for c in values(r["carriers"])],
            ),
            (
                words("Region as written"),
                [((r["region_as_written"],), r) for r in rows if r["region_as_written"]],
            ),
            (words("Region"), [((tell.place(r["region"]),), r) for r in rows if r["region"]]),
        ],
    )
    page = thing_page("candidacy", identifier)
    call = rows[0]["call"]
    return Page(
        page,
        tell.candidacy_name(rows[0]),
        present(Section("description", words("What the documents say of it"), described)),
        kicker=words("Candidacy"),
        lead=(index.call_names[call],),
        aside=making.identity_sections("candidacy", identifier),
        trail=(making.home(), Link(words("Calls"), "calls.html"), tell.call(call)),
        iri=making.iri("candidacy", identifier),
        data=making.schema_data("candidacy", identifier),
        alternates=making.alternates(page),
        current="calls.html",
    )


def _dated(making: Making, rows: list[Row], column: str) -> list[tuple[Parts, Row]]:
    return [((date_words(row[column], making.language),), row) for row in rows if row[column]]


def call_page(making: Making, call: str) -> Page:
    """A call: its dates, its figures, who stood for it."""
    index, words, tell = making.index, making.words, making.tell
    rows = index.rows("calls", "id", call)
    described = properties(
        making,
        [
            (words("Name"), [((r["name"],), r) for r in rows]),
            (words("Other names"), [((n,), r) for r in rows for n in values(r["alt_names"])]),
            (words("Opened"), _dated(making, rows, "opened")),
            (words("Decided"), _dated(making, rows, "decided")),
        ],
    )
    stood = index.rows("candidacies", "call", call)
    page, file = thing_page("call", call), making.map_of("call", call)
    figures = figure_facts(making, index.rows("figures", "subjects", call), call)
    candidates = [
        Fact(
            (tell.candidacy(r), f" – {tell.label('candidacy-outcomes', r['outcome'])}"),
            tell.passages([r]),
            (anchor("candidacies", r),),
            r["region_as_written"],
        )
        for r in sorted(stood, key=lambda r: (r["region_as_written"], tell.candidacy_name(r)))
    ]
    return Page(
        page,
        index.call_names[call],
        present(
            Section("description", words("What the documents say of it"), described),
            facts_section(making, "figures", words("Figures"), figures),
            facts_section(making, "candidacies", words("Candidacies"), candidates),
        ),
        kicker=words("Call"),
        lead=(Link(words("Interactive map of the candidates"), file),) if file else (),
        aside=making.identity_sections("call", call),
        trail=(making.home(), Link(words("Calls"), "calls.html")),
        iri=making.iri("call", call),
        data=making.schema_data("call", call),
        alternates=making.alternates(page),
        current="calls.html",
    )


def place_page(making: Making, place: str) -> Page:
    """A place: what it lies in, what lies in it, who is there."""
    index, words, tell = making.index, making.words, making.tell
    row = index.places[place]
    pairs: list[tuple[str, Parts]] = [
        (words("Type"), (tell.code("place-types", row["type"]),)),
        (words("INSEE code"), (row["insee_code"],)),
        (words("Lies in"), (tell.place(row["within"]),) if row["within"] else ("",)),
        (
            words("Until"),
            (date_words(row["valid_to"], making.language) if row["valid_to"] else "",),
        ),
        (words("Followed by"), (tell.place(row["successor"]),) if row["successor"] else ("",)),
    ]
    inside = index.inside(place)
    sections: list[Section | None] = [
        Section("place", words("Place"), (Pairs(tuple(p for p in pairs if p[1] != ("",))),))
    ]
    for name, table, title in (
        ("poles", "poles", words("Poles")),
        ("organisations", "organisations", words("Organisations")),
    ):
        rows = index.rows_of_many(table, "place", (place, *inside), MOST_TOLD)
        total = sum(index.count(table, "place", p) for p in (place, *inside))
        by_actor: dict[str, list[Row]] = {}
        for told in rows:
            by_actor.setdefault(told["id"], []).append(told)
        facts = [
            Fact((tell.actor(a), " – ", tell.place(of[0]["place"])), tell.passages(of))
            for a, of in sorted(by_actor.items(), key=lambda pair: index.names[pair[0]].casefold())
        ]
        sections.append(facts_section(making, name, title, facts, total))
    candidacies = [
        Fact((tell.candidacy(r), " – ", tell.call(r["call"])), tell.passages([r]))
        for r in index.rows_of_many("candidacies", "region", (place, *inside), MOST_TOLD)
    ]
    told_as = words("Candidacies")
    sections.append(facts_section(making, "candidacies", told_as, _by_words(candidacies)))
    if 0 < len(inside) <= MOST_TOLD:
        entries = tuple(
            Entry(tell.place(p), tell.label("place-types", index.places[p]["type"]))
            for p in sorted(inside, key=lambda p: str(index.places[p]["name"]).casefold())
        )
        sections.append(
            Section("inside", words("Places in it"), (Listing((("", entries),), letters=False),))
        )
    page = thing_page("place", place)
    file = making.map_of("region", place)
    return Page(
        page,
        str(row["name"]),
        present(*sections),
        kicker=tell.label("place-types", row["type"]).capitalize(),
        lead=(Link(words("Interactive map"), file),) if file else (),
        aside=making.identity_sections("place", place),
        trail=(making.home(), Link(words("Places"), "places.html")),
        iri=making.iri("place", place),
        data=making.schema_data("place", place),
        alternates=making.alternates(page),
        current="places.html",
    )


def _by_words(facts: list[Fact]) -> list[Fact]:
    """By what they are called."""
    return sorted(
        facts, key=lambda f: "".join(p if isinstance(p, str) else p.text for p in f.parts)
    )


def code_list_page(making: Making, scheme: str) -> Page:
    """A code list: its codes with their definitions."""
    frame = making.index.facts.tables.codes[scheme]
    language = making.language
    pairs: list[tuple[str, Parts]] = []
    for row in frame.to_dict("records"):
        label = Link(str(row[f"label_{language}"]), code_page(scheme, row["code"]))
        uses = sum(making.index.count(*use, row["code"]) for use in CODE_USES.get(scheme, ()))
        told = making.tell.of(making.words("facts"), making.tell.number(uses))
        pairs.append((str(row["code"]), (label, f" – {row[f'definition_{language}']} ({told})")))
    words, page = making.words, code_page(scheme)
    return Page(
        page,
        scheme_name(making, scheme),
        (Section("codes", words("Codes"), (Pairs(tuple(pairs)),)),),
        kicker=words("Code list"),
        aside=(making.formats_section(code_iri(scheme), page),),
        trail=(making.home(), Link(words("Codes"), "codes.html")),
        iri=code_iri(scheme),
        alternates=making.alternates(page),
        current="ontology.html",
    )


def scheme_name(making: Making, scheme: str) -> str:
    """The name of a code list in words; its identifier where there are none."""
    return making.words(_SCHEMES[scheme]) if scheme in _SCHEMES else scheme


def code_thing_page(making: Making, scheme: str, code: str) -> Page:
    """A code: what it means, what it matches elsewhere, and the facts that use it."""
    index, words, tell, language = making.index, making.words, making.tell, making.language
    frame = index.facts.tables.codes[scheme]
    row = frame[frame["code"] == code].iloc[0]
    narrower = frame.loc[frame["broader"] == code, "code"].tolist()
    pairs: list[tuple[str, Parts]] = [
        (words("Definition"), (str(row[f"definition_{language}"]),)),
        (words("Code list"), (Link(scheme_name(making, scheme), code_page(scheme)),)),
        (words("Code"), (code,)),
    ]
    if row["broader"]:
        pairs.append((words("Broader"), (tell.code(scheme, row["broader"]),)))
    if narrower:
        pairs.append((words("Narrower"), tell.joined((tell.code(scheme, c),) for c in narrower)))
    for column, name in (("exact_match", words("Same as")), ("close_match", words("Close to"))):
        if row[column]:
            told = tell.joined((Link(m, m),) for m in values(row[column]))
            pairs.append((name, told))
    facts: list[Fact] = []
    total = 0
    for table, column in CODE_USES.get(scheme, ()):
        facts += tell.facts(table, index.rows(table, column, code, MOST_TOLD))
        total += index.count(table, column, code)
    facts = [Fact(f.parts, f.passages, (), f.detail, f.badges) for f in facts]
    page = code_page(scheme, code)
    return Page(
        page,
        str(row[f"label_{language}"]),
        present(
            Section("meaning", words("What it means"), (Pairs(tuple(pairs)),)),
            facts_section(making, "uses", words("Facts that use it"), facts, total),
        ),
        kicker=scheme_name(making, scheme),
        aside=(making.formats_section(code_iri(scheme, code), page),),
        trail=(
            making.home(),
            Link(words("Codes"), "codes.html"),
            Link(scheme_name(making, scheme), code_page(scheme)),
        ),
        iri=code_iri(scheme, code),
        alternates=making.alternates(page),
        current="ontology.html",
    )
