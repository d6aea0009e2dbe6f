"""From facts and a network to the map model, in the words of one language."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ptce_graph.analysis.measures import MEASURES, Network
from ptce_graph.errors import CallError
from ptce_graph.i18n import LANGUAGES, mark, translator
from ptce_graph.i18n import gettext as _
from ptce_graph.maps.layout import layout
from ptce_graph.maps.model import Category, Edge, Fact, MapModel, Node, Passage, Source, Tray
from ptce_graph.network.links import CARRYING, COOPERATION, MEMBERSHIP
from ptce_graph.tables.facts import Facts
from ptce_graph.vocabulary.iris import thing_iri

if TYPE_CHECKING:
    from pandas import DataFrame, Series

# Okabe and Ito's colours, told apart by colour-blind people; shape repeats what colour says.
_NODE_CATEGORIES = {
    "network": (mark("Network"), "#0072B2", "diamond"),
    "pole": (mark("Pole (PTCE or presented as one)"), "#D55E00", "dot"),
    "local-authority": (mark("Local authority"), "#009E73", "square"),
    "organisation": (mark("Other organisation"), "#8A6FA8", "triangle"),
    "cooperation": (mark("Action or cooperation"), "#E69F00", "hexagon"),
}
_EDGE_CATEGORIES = {
    MEMBERSHIP: (mark("Membership"), "#4A6A8A", "solid"),
    CARRYING: (mark("Carries the pole"), "#D55E00", "solid"),
    COOPERATION: (mark("Cooperation"), "#B07A00", "dashed"),
}
_SMALLEST, _LARGEST = 9, 30


def map_model(network: Network, language: str, title: str = "") -> MapModel:
    """The map of ``network`` in ``language``, ``fr`` or ``en``.

    Node size grows with the square root of degree. Raises ``CallError`` for
    another language.
    """
    if language not in LANGUAGES:
        raise CallError(
            _("Maps do not speak {language}.").format(language=language),
            _("Choose one of: {all}.").format(all=", ".join(LANGUAGES)),
        )
    return _MapBuilder(network, language).build(title)


class _MapBuilder:
    def __init__(self, network: Network, language: str) -> None:
        self.network = network
        self.facts: Facts = network.facts
        self.links: DataFrame = network.links
        self.graph = network.graph
        self.language = language
        self.words = translator(language)
        self.measures = {measure: measure.compute(network) for measure in MEASURES.values()}

    def build(self, title: str) -> MapModel:
        words = self.words
        placed = layout(self.graph)
        facts_of = self._facts_by_node()
        nodes = self._nodes(placed.positions, facts_of)
        edges = self._edges()
        documents = self.facts.tables.documents.values()
        tray = placed.tray
        return MapModel(
            language=self.language,
            title=title or words("Cooperation networks around the PTCE"),
            subtitle=self._subtitle(),
            node_categories=_counted(_NODE_CATEGORIES, [n.category for n in nodes], words),
            edge_categories=_counted(_EDGE_CATEGORIES, [e.category for e in edges], words),
            nodes=nodes,
            edges=edges,
            trays=()
            if tray is None
            else (
                Tray(words("No link documented so far"), tray.x, tray.y, tray.width, tray.height),
            ),
            sources=tuple(
                Source(d.id, d.title, ", ".join(part for part in (d.publisher, d.date) if part))
                for d in documents
            ),
            notes=(
                words("The map holds only what these documents say; a missing link is not a no."),
                words("The size of a node grows with its number of links (degree)."),
                words("Data: Licence Ouverte 2.0 (Etalab)."),
            ),
        )

    def _subtitle(self) -> str:
        actors = self.facts.actors
        kinds = [data["type"] for _node, data in self.graph.nodes(data=True)]
        return self.words(
            "{organisations} organisations, {poles} poles and {cooperations} cooperations, "
            "according to {documents} documents"
        ).format(
            organisations=int((actors["type"] == "organisation").sum()),
            poles=int((actors["type"] == "pole").sum()),
            cooperations=kinds.count("cooperation"),
            documents=len(self.facts.tables.documents),
        )

    def _nodes(
        self, positions: dict[str, tuple[int, int]], facts_of: dict[str, list[Fact]]
    ) -> tuple[Node, ...]:
        degrees = dict(self.graph.degree())
        top = max(degrees.values(), default=0) or 1
        by_weight = sorted(self.graph, key=lambda node: (-degrees[node], node))
        rank = {node: number for number, node in enumerate(by_weight, start=1)}
        return tuple(
            Node(
                id=node,
                label=self.graph.nodes[node]["name"],
                category=self._category(node),
                x=positions[node][0],
                y=positions[node][1],
                size=round(_SMALLEST + (_LARGEST - _SMALLEST) * (degrees[node] / top) ** 0.5),
                rank=rank[node],
                attributes=self._attributes(node),
                facts=tuple(facts_of[node]),
                website=self._website(node),
                iri=self._iri(node),
            )
            for node in sorted(self.graph)
        )

    def _category(self, node: str) -> str:
        kind = str(self.graph.nodes[node]["type"])
        if kind == "organisation" and self.facts.actors.at[node, "kind"] == "collectivite":
            return "local-authority"
        return kind

    def _attributes(self, node: str) -> tuple[tuple[str, str], ...]:
        if node not in self.facts.actors.index:
            return ()
        actor, tables, words = self.facts.actors.loc[node], self.facts.tables, self.words
        places = tables.frames["places"].drop_duplicates("id").set_index("id")
        told = [
            (words("Other names"), list(actor["names"])),
            (words("Kind"), self._labels("organisation-kinds", [actor["kind"]])),
            (words("Legal form"), self._labels("legal-forms", actor["legal_forms"])),
            (words("Accreditation"), self._labels("accreditations", actor["accreditations"])),
            (words("List"), self._labels("pole-lists", actor["listed_in"])),
            (words("Place"), [str(places.at[place, "name"]) for place in actor["places"]]),
            (words("Created"), list(actor["created"])),
        ]
        pairs = [(name, ", ".join(found)) for name, found in told if found]
        for measure, result in self.measures.items():
            value = result.get(node, 0)
            shown = str(int(value)) if measure.whole else f"{value:.3f}"
            if self.language == "fr":
                shown = shown.replace(".", ",")
            pairs.append((words(measure.label), shown))
        return tuple(pairs)

    def _labels(self, scheme: str, codes: tuple[str, ...] | list[str]) -> list[str]:
        return [self.facts.tables.label(scheme, code, self.language) for code in codes if code]

    def _website(self, node: str) -> str:
        found = self.facts.actors["websites"].get(node, ())
        if not found:
            return ""
        return found[0] if "://" in found[0] else f"http://{found[0]}"

    def _iri(self, node: str) -> str:
        if node in self.facts.actors.index:
            return thing_iri(self.facts.actors.at[node, "type"], node)
        return thing_iri("cooperation", node.removeprefix("cooperation:"))

    # Sentences

    def _name(self, identifier: str) -> str:
        return str(self.facts.actors.at[identifier, "name"])

    def _passages(self, told: DataFrame) -> tuple[Passage, ...]:
        return tuple(
            Passage(row["source"], row["section"], row["lines"]) for row in told.to_dict("records")
        )

    def _facts_by_node(self) -> dict[str, list[Fact]]:
        """The sentences of every node's card, links of the same meaning told once."""
        found: dict[str, list[Fact]] = defaultdict(list)
        ties = self.links[self.links["kind"] != COOPERATION]
        for (kind, one, other, role), told in ties.groupby(
            ["kind", "subject", "object", "role"], sort=True
        ):
            passages = self._passages(told)
            out, back = self._tie_words(kind, role, _period(told, self.words))
            found[one].append(Fact(out.format(name=self._name(other)), passages, other))
            found[other].append(Fact(back.format(name=self._name(one)), passages, one))
        self._add_cooperations(found)
        self._add_descriptions(found)
        return found

    def _tie_words(self, kind: str, role: str, period: str) -> tuple[str, str]:
        words = self.words
        if kind == CARRYING:
            return words("Carries {name}"), words("Carried by {name}")
        label = self.facts.tables.label("membership-roles", role, self.language)
        safe = label.replace("{", "{{").replace("}", "}}")
        out = words("{role} of {name}").replace("{role}", safe[:1].upper() + safe[1:])
        return out + period, words("{name} ({role})").replace("{role}", safe) + period

    def _add_cooperations(self, found: dict[str, list[Fact]]) -> None:
        described = self.facts.frames["cooperations"].drop_duplicates("id").set_index("id")
        for name, told in self.links[self.links["kind"] == COOPERATION].groupby(
            "cooperation", sort=True
        ):
            hub = f"cooperation:{name}"
            title = str(described.at[name, "name"])
            partners = sorted(set(told["subject"]))
            for (partner, role), parts in told.groupby(["subject", "role"], sort=True):
                passages = self._passages(parts)
                label = self.facts.tables.label("cooperation-roles", role, self.language)
                others = [other for other in partners if other != partner]
                if hub in self.graph:
                    found[partner].append(Fact(f"{title} ({label})", passages, hub))
                    found[hub].append(Fact(f"{self._name(partner)} ({label})", passages, partner))
                else:
                    text = self.words("{title}: {role}, with {name}").format(
                        title=title, role=label, name=self._name(others[0]) if others else "—"
                    )
                    found[partner].append(Fact(text, passages, others[0] if others else ""))

    def _add_descriptions(self, found: dict[str, list[Fact]]) -> None:
        """Where each document speaks of the thing itself."""
        for table in ("organisations", "poles"):
            for identifier, told in self.facts.frames[table].groupby("id", sort=True):
                if identifier in self.graph:
                    text = self.words("Name, kind, statut and place as shown")
                    found[str(identifier)].append(Fact(text, self._passages(told)))

    def _edges(self) -> tuple[Edge, ...]:
        """One edge per pair and kind of link, with its facts."""
        edges = []
        for one, other, data in sorted(self.graph.edges(data=True), key=lambda e: sorted(e[:2])):
            told = self.links.loc[list(data["facts"])]
            for kind in data["kinds"]:
                rows = told[told["kind"] == kind]
                if rows.empty:
                    continue
                start, end = self._ends(rows, one, other)
                label = " / ".join(self._role_labels(kind, rows["role"]))
                fact = Fact(label or self.words(_EDGE_CATEGORIES[kind][0]), self._passages(rows))
                identifier = f"{kind}:{start}:{end}"
                edges.append(Edge(identifier, start, end, kind, label, (fact,)))
        return tuple(edges)

    def _ends(self, rows: DataFrame, one: str, other: str) -> tuple[str, str]:
        """The edge points from the member, carrier or partner to what it ties itself to."""
        start = rows["subject"].iloc[0]
        return (other, one) if start == other else (one, other)

    def _role_labels(self, kind: str, roles: Series) -> list[str]:
        if kind == CARRYING:
            return [self.words("Carries the pole")]
        scheme = "membership-roles" if kind == MEMBERSHIP else "cooperation-roles"
        return list(dict.fromkeys(self._labels(scheme, list(roles))))


def _period(told: DataFrame, words: object) -> str:
    starts = sorted({start for start in told["start"] if start})
    ends = sorted({end for end in told["end"] if end})
    text = ""
    if starts:
        text += words(", since {date}").format(date=starts[0])  # type: ignore[operator]
    if ends:
        text += words(", until {date}").format(date=ends[-1])  # type: ignore[operator]
    return text


def _counted(
    described: dict[str, tuple[str, str, str]], found: list[str], words: object
) -> tuple[Category, ...]:
    """The categories that occur, in the order of the legend."""
    return tuple(
        Category(name, words(label), color, shape, found.count(name))  # type: ignore[operator]
        for name, (label, color, shape) in described.items()
        if name in found
    )
