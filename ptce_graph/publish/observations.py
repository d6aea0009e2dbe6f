"""Results of analyses as observations of the RDF Data Cube vocabulary.

One observation is one value of one measure of one thing (or pair of groups).
The structure, the measures and the projection are described beside them, so
that a file stands alone. W3C, The RDF Data Cube Vocabulary, 2014.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ptce_graph.dataset.quads import iri, literal
from ptce_graph.errors import CallError
from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.publish.results import DECIMALS, filters_told, result_name, settings_told
from ptce_graph.tables.columns import as_dict
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE, code_iri, thing_iri

if TYPE_CHECKING:
    from ptce_graph.analysis.result import Result

    Words = Callable[[str], str]


@dataclass(frozen=True)
class Cube:
    """How the rows of an analysis become observations.

    ``things`` are the columns that hold identifiers, ``attributes`` those that
    qualify a value, each with its property. A column ``measure`` names the
    measure of ``value``; without it every column of numbers is a measure, and
    ``<measure>_<attribute>`` qualifies it.
    """

    things: dict[str, str]
    attributes: dict[str, str] = field(default_factory=dict)


class _Value(NamedTuple):
    """One value: the number of its row, the things, the measure, the literal, its attributes."""

    row: int
    things: list[str]
    measure: str
    value: str
    attributes: list[tuple[str, str]]


_ONE_THING = {"id": terms.PTCE_MEASURED_THING}
#: The analyses whose rows are values of measures of things.
CUBES = {
    "nodes": Cube(_ONE_THING, {"error": terms.PTCE_STANDARD_ERROR}),
    "stability": Cube(
        _ONE_THING,
        {
            "rank": terms.PTCE_RANK,
            "rank_low": terms.PTCE_RANK_LOW,
            "rank_high": terms.PTCE_RANK_HIGH,
            "top10": terms.PTCE_TOP_TEN_SHARE,
        },
    ),
    "memberships": Cube(_ONE_THING),
    "brokerage": Cube(_ONE_THING),
    "overlap": Cube({"group_a": terms.PTCE_FIRST_GROUP, "group_b": terms.PTCE_SECOND_GROUP}),
    "bridges": Cube(
        {
            "network_a": terms.PTCE_FIRST_GROUP,
            "network_b": terms.PTCE_SECOND_GROUP,
            "bridge": terms.PTCE_MEASURED_THING,
        }
    ),
}

_PREFIXES = {**terms.PREFIXES, "measure": f"{CODE_BASE}measures/"}
_SCHEMES = {
    "measures": mark("Measures computed on networks"),
    "projections": mark("Projections: what is a node, what is a tie"),
}
_STRUCTURE = mark("Structure of the observations: {analysis}")
_TITLE = mark("{analysis} — network: {projection}")


def observations(result: Result, base_iri: str = DEFAULT_BASE) -> str:
    """``result`` as Turtle: one ``qb:Observation`` per thing and value, and their ``qb:DataSet``.

    Same result, same text; no blank node. Values have as many decimals as in
    other files; an undefined one gives no observation. Things are named under
    ``base_iri``, measures under ``code/measures``. Raises ``CallError`` for an
    analysis whose rows are no values of measures (those of ``CUBES`` are).
    """
    from pyoxigraph import RdfFormat, parse, serialize

    lines = _Writer(result, base_iri).lines()
    read = parse("".join(sorted(lines)), format=RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in read)
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES)
    return written.decode("utf-8") if written else ""


def check_cube(name: str) -> None:
    """Raise ``CallError`` where the rows of the analysis called ``name`` are no observations."""
    if name not in CUBES:
        raise CallError(
            _("The rows of {name} are no values of measures: they have no form in RDF.").format(
                name=name
            ),
            _("Those that have one: {all}.").format(all=", ".join(CUBES)),
        )


def _measures_of(result: Result) -> list[str]:
    """The names of the measures: columns of numbers, or the cells of ``measure``."""
    from pandas.api.types import is_numeric_dtype

    frame = result.frame
    if "measure" in frame:
        return list(dict.fromkeys(frame["measure"]))
    numbers = [str(name) for name in frame.columns if is_numeric_dtype(frame[name])]
    return [name for name in numbers if not name.endswith("_error")]


class _Writer:
    """The triples of one result, as lines of N-Triples."""

    def __init__(self, result: Result, base: str) -> None:
        check_cube(result.analysis.name)
        cube = CUBES[result.analysis.name]
        self.measures = _measures_of(result)
        if not self.measures and len(result.frame):
            raise CallError(
                _("These rows hold no number, and so no observation."),
                _("Ask how sure the bridges of two networks are: --between A B."),
            )
        self.result, self.base, self.cube = result, base, cube
        #: Measures of nodes have names of their own; others bear that of their analysis.
        self.of_nodes = "measures" in result.analysis.takes
        self.name = result_name(result)
        self.types = as_dict(result.network.facts.actors["type"])
        self.found: set[str] = set()

    def lines(self) -> set[str]:
        self._dataset()
        self._structure()
        self._measures()
        self._observations()
        return self.found

    # Terms

    def add(self, subject: str, predicate: str, obj: str) -> None:
        """One triple; ``predicate`` is an IRI, or the short form of a term of others."""
        prefix, _colon, local = predicate.partition(":")
        if prefix in terms.PREFIXES:
            predicate = terms.PREFIXES[prefix] + local
        self.found.add(f"{subject} <{predicate}> {obj} .\n")

    def text(self, subject: str, predicate: str, say: Callable[[Words], str]) -> None:
        """A text in each language."""
        for language in LANGUAGES:
            self.add(subject, predicate, literal(say(translator(language)), language))

    def thing(self, kind: str, identifier: str) -> str:
        return iri(thing_iri(kind, identifier, self.base))

    def node(self, identifier: str) -> str:
        """The IRI of an organisation, a pole or a cooperation."""
        kind = self.types.get(identifier, "cooperation")
        return self.thing(kind, identifier.removeprefix("cooperation:"))

    def concept(self, scheme: str, code: str, label: Callable[[Words], str]) -> str:
        """The IRI of a code, described with its list."""
        node, codes = iri(code_iri(scheme, code)), iri(code_iri(scheme))
        self.add(node, terms.RDF_TYPE, iri(terms.SKOS_CONCEPT))
        self.add(node, terms.SKOS_IN_SCHEME, codes)
        self.add(node, terms.SKOS_NOTATION, literal(code))
        self.text(node, terms.SKOS_PREF_LABEL, label)
        self.add(codes, terms.RDF_TYPE, iri(terms.SKOS_CONCEPT_SCHEME))
        self.text(codes, terms.SKOS_PREF_LABEL, lambda words: words(_SCHEMES[scheme]))
        return node

    def code(self, measure: str) -> str:
        return measure if self.of_nodes else f"{self.result.analysis.name}-{measure}"

    # The data set and its structure

    def _dataset(self) -> None:
        from ptce_graph.network.projections import PROJECTIONS

        result, network, add = self.result, self.result.network, self.add
        label, projection = result.analysis.label, PROJECTIONS[network.projection]
        node = self.thing("dataset", self.name)
        add(node, terms.RDF_TYPE, iri(terms.QB_DATA_SET_CLASS))
        add(node, terms.QB_STRUCTURE, self.thing("structure", result.analysis.name))
        self.text(
            node,
            terms.DCTERMS_TITLE,
            lambda words: words(_TITLE).format(
                analysis=words(label), projection=words(projection.label)
            ),
        )
        self.text(node, terms.DCTERMS_DESCRIPTION, lambda words: "\n".join(result.about(words)))
        code = self.concept("projections", projection.name, lambda words: words(projection.label))
        self.text(code, terms.SKOS_DEFINITION, lambda words: words(projection.definition))
        add(node, terms.PTCE_PROJECTION, code)
        for told in filters_told(result):
            add(node, terms.PTCE_FILTER, literal(told))
        for told in settings_told(result):
            add(node, terms.PTCE_PARAMETER, literal(told))
        nodes, ties = str(len(network.nodes)), str(len(network.edges))
        add(node, terms.PTCE_NODE_COUNT, literal(nodes, datatype=terms.XSD_INTEGER))
        add(node, terms.PTCE_TIE_COUNT, literal(ties, datatype=terms.XSD_INTEGER))
        for source in network.sources:
            add(node, terms.PROV_WAS_DERIVED_FROM, self.thing("source", source))
        self._software(node)

    def _software(self, dataset: str) -> None:
        from ptce_graph import __version__

        agent = self.thing("software", f"ptce-graph-{__version__}")
        self.add(dataset, "prov:wasAttributedTo", agent)
        self.add(agent, terms.RDF_TYPE, _short("prov:SoftwareAgent"))
        self.add(agent, terms.RDFS_LABEL, literal("ptce-graph"))
        self.add(agent, "schema:softwareVersion", literal(__version__))

    def _structure(self) -> None:
        analysis, cube, add = self.result.analysis, self.cube, self.add
        node = self.thing("structure", analysis.name)
        add(node, terms.RDF_TYPE, _short("qb:DataStructureDefinition"))
        add(node, "dcterms:bibliographicCitation", literal(analysis.source))
        self.text(
            node,
            terms.RDFS_LABEL,
            lambda words: words(_STRUCTURE).format(analysis=words(analysis.label)),
        )
        parts = [
            *((prop, "dimension", "owl:Thing") for prop in cube.things.values()),
            (terms.PTCE_COMPUTED_MEASURE, "dimension", "skos:Concept"),
            (terms.PTCE_COMPUTED_VALUE, "measure", "rdfs:Literal"),
            *((prop, "attribute", "xsd:double") for prop in cube.attributes.values()),
        ]
        for order, (prop, kind, range_) in enumerate(parts, start=1):
            local = prop.removeprefix(terms.PREFIXES["ptce"])
            part = self.thing("structure", f"{analysis.name}.{local}")
            add(node, "qb:component", part)
            add(part, terms.RDF_TYPE, _short("qb:ComponentSpecification"))
            add(part, f"qb:{kind}", iri(prop))
            add(part, "qb:order", literal(str(order), datatype=terms.XSD_INTEGER))
            if kind == "attribute":
                no = literal("false", datatype=terms.PREFIXES["xsd"] + "boolean")
                add(part, "qb:componentRequired", no)
            add(iri(prop), terms.RDF_TYPE, _short(f"qb:{kind.title()}Property"))
            add(iri(prop), "rdfs:range", _short(range_))
        add(iri(terms.PTCE_COMPUTED_MEASURE), "qb:codeList", iri(code_iri("measures")))

    def _measures(self) -> None:
        """The measures as concepts, in the words of the registry that defines them."""
        from ptce_graph.analysis.measures import MEASURES

        analysis = self.result.analysis
        for name in self.measures:
            if self.of_nodes:
                measure = MEASURES[name]
                label, definition, source = [measure.label], [measure.definition], measure.source
            else:
                column = analysis.columns[name]
                label, definition = [analysis.label, column], [analysis.definition, column]
                source = analysis.source
            node = self.concept("measures", self.code(name), _sentence(label, " – ", "."))
            self.text(node, terms.SKOS_DEFINITION, _sentence(definition, " "))
            self.add(node, "dcterms:bibliographicCitation", literal(source))

    # The observations

    def _observations(self) -> None:
        dataset = self.thing("dataset", self.name)
        facts = self._facts()
        for told in self._values():
            code = self.code(told.measure)
            node = self.thing("observation", ".".join([self.name, code, *told.things]))
            self.add(node, terms.RDF_TYPE, iri(terms.QB_OBSERVATION))
            self.add(node, terms.QB_DATA_SET_PROPERTY, dataset)
            for prop, thing in zip(self.cube.things.values(), told.things, strict=True):
                self.add(node, prop, self.node(thing))
            measure = iri(code_iri("measures", code))
            self.add(node, terms.PTCE_COMPUTED_MEASURE, measure)
            self.add(node, terms.PTCE_COMPUTED_VALUE, told.value)
            for prop, value in told.attributes:
                self.add(node, prop, value)
            for fact in facts[told.row] if facts else ():
                self.add(node, terms.PROV_WAS_DERIVED_FROM, fact)

    def _values(self) -> Iterator[_Value]:
        from ptce_graph.analysis.measures import MEASURES

        network, frame = self.result.network, self.result.frame
        names = {**as_dict(network.facts.actors["name"]), **as_dict(network.nodes["name"])}
        tidy = "measure" in frame
        for at, row in enumerate(frame.to_dict("records")):
            things = [str(row[column]) for column in self.cube.things]
            for thing in things:
                self.add(self.node(thing), terms.SKOS_PREF_LABEL, literal(names[thing], "fr"))
            for name in [row["measure"]] if tidy else self.measures:
                value = row["value" if tidy else name]
                if math.isnan(value):
                    continue
                whole = MEASURES[name].whole if tidy else isinstance(value, int)
                attributes = [
                    (prop, _number(row[cell]))
                    for column, prop in self.cube.attributes.items()
                    if (cell := column if tidy else f"{name}_{column}") in row
                    and not math.isnan(row[cell])
                ]
                yield _Value(at, things, name, _number(int(value) if whole else value), attributes)

    def _facts(self) -> list[list[str]]:
        """For each row the facts it comes from, where the analysis says so."""
        columns = self.result.network.links[["kind", "fact", "object"]]
        return [
            [self._fact(*told) for told in columns.loc[list(rows)].values.tolist()]
            for rows in self.result.rows
        ]

    def _fact(self, kind: str, fact: str, to: str) -> str:
        """A membership, a participation, or the pole that is said to be carried."""
        from ptce_graph.network.links import CARRYING, MEMBERSHIP

        if kind == CARRYING:
            return self.node(to)
        return self.thing("membership" if kind == MEMBERSHIP else "participation", fact)


def _short(name: str) -> str:
    """The IRI of a term of others, from its short form: ``qb:component``."""
    prefix, _colon, local = name.partition(":")
    return iri(terms.PREFIXES[prefix] + local)


def _sentence(parts: list[str], between: str, without: str = "") -> Callable[[Words], str]:
    """Messages one after the other, in a language told later; ``without`` what may end them."""
    return lambda words: between.join(map(words, parts)).removesuffix(without)


def _number(value: float) -> str:
    """A typed literal; beyond ``DECIMALS`` engines and machines differ."""
    if isinstance(value, int):
        return literal(str(value), datatype=terms.XSD_INTEGER)
    # XML Schema writes what has no end in capitals.
    told = repr(round(value, DECIMALS) + 0.0) if math.isfinite(value) else str(value).upper()
    return literal(told, datatype=terms.PREFIXES["xsd"] + "double")
