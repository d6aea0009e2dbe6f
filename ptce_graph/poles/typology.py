"""Where each pole stands in the typology: what a document states, and what a rule derives.

The dimensions are those by which the documents describe poles: origin,
structure and functions (note of the Labo de l'ESS, section 5), aims, stage and
sector (guide of the RTES), the role of local authorities (national plan of
2013, action 3.1). A code that a document states stands as stated. A rule
derives one only in a dimension where no document states anything, and only
rules that say nothing wrong on the poles whose place is stated are used:
stage, regional scale and several sectors are never derived (being on a list is
no stage; a seat in a region is no scale; sectors aimed at are not sectors).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import mark
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.poles.findings import Evidence
from ptce_graph.poles.ties import OBSERVED, Teller, kinds_told, pole_ids, pole_ties
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri

if TYPE_CHECKING:
    from ptce_graph.tables.facts import Facts

STATED, DERIVED = "stated", "derived"
AUTHORITIES = "authorities"


@dataclass(frozen=True)
class Dimension:
    """One dimension: its label, and the code of ``codelists/characteristics.csv`` above its codes.

    ``single`` where two codes of it on one pole contradict each other.
    """

    name: str
    label: str
    broader: str = ""
    single: bool = False

    @property
    def scheme(self) -> str:
        """The code list of its codes."""
        return "characteristics" if self.broader else "cooperation-roles"


DIMENSIONS = {
    dimension.name: dimension
    for dimension in (
        Dimension("origin", mark("Origin"), "origine", single=True),
        Dimension("structure", mark("Structure"), "structure"),
        Dimension("functions", mark("Functions"), "fonction"),
        Dimension("aims", mark("Aims"), "finalite"),
        Dimension(AUTHORITIES, mark("Role of local authorities")),
        Dimension("stage", mark("Stage"), "stade", single=True),
        Dimension("sector", mark("Sectors"), "secteur"),
    )
}

#: Codes of one dimension that contradict each other though it may hold several.
_CONTRARY = (frozenset(("structure-multisectorielle", "structure-sectorielle")),)
#: What a pole at project stage will have, and has not yet.
_TO_COME = ("fonction-", "structure-lieu")

ORIGIN_RULE, PLACE_RULE, AUTHORITY_RULE = "origin", "premises", "authority"
#: What each rule says, told beside what it derives.
RULES = {
    ORIGIN_RULE: mark(
        "No document states an origin. All who are told to have started the pole are ESS "
        "organisations, groupings or businesses (business origin), or all are local authorities, "
        "or both (mixed origin). Networks and organisations of unknown kind derive nothing."
    ),
    PLACE_RULE: mark(
        "No document states a structure. The pole hosts activities, and is not at project stage: "
        "it is organised around premises."
    ),
    AUTHORITY_RULE: mark(
        "Read from the role of a local authority in an observed cooperation about the pole, from "
        "its membership of the pole (stakeholder), or from its carrying the pole. “Concerned” is "
        "what a document prints without saying which part it plays."
    ),
}

#: The role in a cooperation about the pole -> the role of local authorities. The words of the
#: national plan are initiator, enabler, stakeholder and funder; others are kept apart.
_ROLES = {
    "initiateur": "initiateur",
    "facilitateur": "facilitateur",
    "partenaire": "partie-prenante",
    "partie-prenante": "partie-prenante",
    "financeur": "financeur",
    "porteur": "porteur",
    "soutien": "soutien",
    "labellisateur": "labellisateur",
    "collectivite-concernee": "collectivite-concernee",
}
CONCERNED = "collectivite-concernee"
_BUSINESS = {"structure-ess", "groupement", "entreprise"}
_AUTHORITY = "collectivite"


@dataclass(frozen=True)
class Placed:
    """One code of one dimension for one pole, and the facts that give it.

    ``how`` is ``stated`` or ``derived``; ``rule`` names the rule of ``RULES``
    that derived it. ``planned`` where the pole is at project stage and what the
    code says is still to come.
    """

    dimension: str
    code: str
    how: str
    rule: str
    evidence: tuple[Evidence, ...]
    planned: bool = False


@dataclass(frozen=True)
class Conflict:
    """Codes told of one pole that contradict each other; ``documents`` that tell them."""

    dimension: str
    codes: tuple[str, ...]
    documents: tuple[str, ...]


def typology(facts: Facts, base: str = DEFAULT_BASE) -> dict[str, tuple[Placed, ...]]:
    """For each pole what is known of its type, in the order of ``DIMENSIONS``; () where nothing is.

    Poles are those after identities are resolved; ``base`` is the base of the
    addresses of facts.
    """
    stated = _stated(facts, base)
    ties = pole_ties(facts)
    ties = ties[ties["state"] == OBSERVED]
    kinds = kinds_told(facts, set(ties["other"]))
    by_pole: dict[str, list[Any]] = {}
    for tie in ties.itertuples():
        by_pole.setdefault(str(tie.pole), []).append(tie)

    told = Teller(facts, base).tie
    order = _order(facts)
    found = {}
    for pole in pole_ids(facts):
        placed = [*stated.get(pole, [])]
        own = by_pole.get(pole, [])
        placed += _derived_origin(placed, own, kinds, told)
        placed += _derived_place(placed)
        placed += _authorities(own, kinds, told)
        found[pole] = tuple(sorted(placed, key=lambda one: order[one.dimension, one.code]))
    return found


def conflicts(placed: tuple[Placed, ...]) -> tuple[Conflict, ...]:
    """The contradictions in what is stated of one pole: two origins, two stages …"""
    found = []
    for name, dimension in DIMENSIONS.items():
        here = [one for one in placed if one.dimension == name and one.how == STATED]
        codes = {one.code for one in here}
        against = codes if dimension.single else set()
        for contrary in _CONTRARY:
            against = against | contrary if contrary <= codes else against
        if len(against) > 1:
            told = [one for one in here if one.code in against]
            documents = sorted({fact.document for one in told for fact in one.evidence})
            found.append(Conflict(name, tuple(one.code for one in told), tuple(documents)))
    return tuple(found)


def label_of(facts: Facts, placed: Placed, language: str) -> str:
    """The label of a code in ``fr`` or ``en``."""
    return facts.tables.label(DIMENSIONS[placed.dimension].scheme, placed.code, language)


def _stated(facts: Facts, base: str) -> dict[str, list[Placed]]:
    """What documents state, by pole: one ``Placed`` per code, with all that tell it."""
    codes = facts.tables.codes["characteristics"].set_index("code").to_dict("index")
    of_broader = {d.broader: d.name for d in DIMENSIONS.values() if d.broader}
    told: dict[str, dict[str, list[Evidence]]] = {}
    poles = set(pole_ids(facts))
    rows = facts.frames["characteristics"]
    for row in rows[rows["thing"].isin(poles)].itertuples():
        code = str(row.characteristic)
        if code not in codes or codes[code]["broader"] not in of_broader:
            continue
        fact = Evidence(
            thing_iri("characterisation", str(row.fact), base),
            str(codes[code]["label_fr"]),
            str(codes[code]["label_en"]),
            str(row.source),
            str(row.section),
            str(row.lines),
        )
        told.setdefault(str(row.thing), {}).setdefault(code, []).append(fact)
    found = {}
    for pole, by_code in told.items():
        project = "stade-projet" in by_code and "stade-operationnel" not in by_code
        found[pole] = [
            Placed(
                of_broader[codes[code]["broader"]],
                code,
                STATED,
                "",
                tuple(evidence),
                project and code.startswith(_TO_COME),
            )
            for code, evidence in by_code.items()
        ]
    return found


def _derived_origin(
    placed: list[Placed],
    ties: list[Any],
    kinds: Mapping[str, tuple[str, ...]],
    told: Callable[[Any], Evidence],
) -> list[Placed]:
    """The origin by who started the pole, where no document states one (``ORIGIN_RULE``)."""
    starters = [tie for tie in ties if tie.how == COOPERATION and tie.role == "initiateur"]
    if not starters or any(one.dimension == "origin" for one in placed):
        return []
    families = {_family(kinds.get(str(tie.other), ())) for tie in starters}
    code = {
        frozenset(("business",)): "origine-entrepreneuriale",
        frozenset((_AUTHORITY,)): "origine-collectivite",
        frozenset(("business", _AUTHORITY)): "origine-mixte",
    }.get(frozenset(families))
    evidence = tuple(told(tie) for tie in starters)
    return [Placed("origin", code, DERIVED, ORIGIN_RULE, evidence)] if code else []


def _family(kinds: tuple[str, ...]) -> str:
    """``business``, ``collectivite`` or nothing: two kinds of two families decide nothing."""
    if kinds and set(kinds) <= _BUSINESS:
        return "business"
    return _AUTHORITY if kinds == (_AUTHORITY,) else ""


def _derived_place(placed: list[Placed]) -> list[Placed]:
    """Organised around premises, because it hosts (``PLACE_RULE``)."""
    codes = {one.code for one in placed}
    if any(one.dimension == "structure" for one in placed) or "stade-projet" in codes:
        return []
    hosting = [one for one in placed if one.code == "fonction-hebergement"]
    return [
        Placed("structure", "structure-lieu", DERIVED, PLACE_RULE, one.evidence) for one in hosting
    ]


def _authorities(
    ties: list[Any], kinds: Mapping[str, tuple[str, ...]], told: Callable[[Any], Evidence]
) -> list[Placed]:
    """What local authorities do for the pole (``AUTHORITY_RULE``)."""
    found: dict[str, list[Evidence]] = {}
    for tie in ties:
        if _AUTHORITY not in kinds.get(str(tie.other), ()):
            continue
        code = _authority_role(tie)
        if code:
            found.setdefault(code, []).append(told(tie))
    return [
        Placed(AUTHORITIES, code, DERIVED, AUTHORITY_RULE, tuple(evidence))
        for code, evidence in found.items()
    ]


def _authority_role(tie: Any) -> str:
    if tie.how == MEMBERSHIP:
        return "partie-prenante"
    return "porteur" if tie.how == CARRYING else _ROLES.get(str(tie.role), "")


def _order(facts: Facts) -> dict[tuple[str, str], tuple[int, int]]:
    """The place of each code of each dimension, as the code lists have them: no row of a file
    moves anything."""
    return {
        (name, str(code)): (place, at)
        for place, (name, dimension) in enumerate(DIMENSIONS.items())
        for at, code in enumerate(facts.tables.codes[dimension.scheme]["code"])
    }
