"""The same path as a careful newcomer would write it: pandas, rdflib, networkx, pyvis.

One script, from the three files to the same quads, the same network and a page.
It reads the files with pandas, goes through their rows, and has no store on
disk: the dataset is in memory, and N-Quads beside it. Its measures are in
``networkx_side.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
from networkx import Graph
from pyvis.network import Network
from rdflib import (
    DCTERMS,
    ORG,
    PROV,
    RDF,
    RDFS,
    SDO,
    SKOS,
    XSD,
    Dataset,
    Literal,
    Namespace,
    URIRef,
)

from benchmarks.path_files import BETWEEN, LINKS, MEMBERS, UNITS

ID = "https://w3id.org/ptce/id/"
CODE = "https://w3id.org/ptce/code/"
PTCE = Namespace("https://w3id.org/ptce/ontology#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
FORMS = {"9210": "association", "9220": "association", "5710": "sas", "5499": "sarl"}
UNKNOWN = "1900-01-01"
KIND, ROLE, PARTNER = "mutualisation", "membre", "partenaire"


@dataclass(frozen=True)
class Unit:
    siren: str
    name: str
    form: str
    created: str
    row: int


@dataclass(frozen=True)
class Member:
    siren: str
    name: str
    networks: tuple[str, ...]
    row: int


@dataclass(frozen=True)
class Link:
    one: str
    other: str
    row: int


@dataclass(frozen=True)
class Tables:
    units: list[Unit]
    members: list[Member]
    links: list[Link]

    def part(self, share: float) -> Tables:
        """The first rows of each file, so many of all."""
        return Tables(*(rows[: round(len(rows) * share)] for rows in self._all()))

    def _all(self) -> tuple[list[Any], list[Any], list[Any]]:
        return self.units, self.members, self.links


def luhn(number: str) -> bool:
    """Whether the last digit of a SIREN checks the others."""
    total = 0
    for at, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def read(folder: Path) -> Tables:
    """The rows of the three files, each number checked; raises ``ValueError`` for a wrong one."""
    units = [
        Unit(
            _right(row.siren),
            row.denominationUniteLegale,
            FORMS[row.categorieJuridiqueUniteLegale],
            "" if row.dateCreationUniteLegale == UNKNOWN else row.dateCreationUniteLegale,
            number,
        )
        for number, row in _rows(pd.read_csv(folder / UNITS, dtype=str, keep_default_na=False))
        if row.economieSocialeSolidaireUniteLegale == "O"
        and row.etatAdministratifUniteLegale == "A"
        and not row.categorieJuridiqueUniteLegale.startswith("1")
    ]
    listed = pd.read_csv(folder / MEMBERS, sep=";", dtype=str, keep_default_na=False)
    members = [
        Member(_right(row.SIREN), row.Nom, tuple(row.Réseaux.split(BETWEEN)), number)
        for number, row in _rows(listed)
    ]
    tied = pd.read_csv(folder / LINKS, sep=";", dtype=str, keep_default_na=False)
    links = []
    for number, row in _rows(tied):
        one, other = sorted((_right(row[1]), _right(row[2])))
        links.append(Link(one, other, number))
    return Tables(units, members, links)


def _rows(frame: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(frame.itertuples(), start=2)


def _right(number: str) -> str:
    if not (len(number) == 9 and number.isdigit() and luhn(number)):
        raise ValueError(number)
    return number


def check(tables: Tables) -> None:
    """Nothing twice, and every end of a link known."""
    sirens = [unit.siren for unit in tables.units]
    known = set(sirens)
    assert len(known) == len(sirens)
    assert len({member.siren for member in tables.members}) == len(tables.members)
    assert all(member.siren in known for member in tables.members)
    assert all(link.one in known and link.other in known for link in tables.links)


# The dataset, quad by quad


def network_id(name: str) -> str:
    return name.lower().replace("é", "e").replace(" ", "-")


class Writer:
    """What all three files need to say, in the graph of one of them."""

    def __init__(self, dataset: Dataset, source: str, section: str) -> None:
        self.source, self.section = source, section
        self.graph = dataset.graph(URIRef(f"{ID}graph/{source}"))

    def add(self, subject: URIRef, predicate: URIRef, value: Any) -> None:
        self.graph.add((subject, predicate, value))

    def type(self, subject: URIRef, name: URIRef) -> None:
        self.add(subject, RDF.type, name)

    def passage(self, lines: str) -> URIRef:
        """The node of some lines of the file, described."""
        told = f"{self.source}.{self.section.lower()}.l{lines.replace('|', '.')}"
        node = URIRef(f"{ID}passage/{told}")
        self.type(node, PTCE.Passage)
        self.add(node, DCTERMS.isPartOf, URIRef(f"{ID}source/{self.source}"))
        self.add(node, PTCE.section, Literal(self.section, lang="fr"))
        self.add(node, PTCE.lines, Literal(lines))
        return node

    def told(self, node: URIRef, lines: str) -> None:
        self.add(node, PROV.wasDerivedFrom, self.passage(lines))

    def organisation(self, identifier: str, name: str, shown: bool, lines: str) -> URIRef:
        node = URIRef(f"{ID}organisation/{identifier}")
        self.told(node, lines)
        label = SKOS.prefLabel if shown else SKOS.altLabel
        self.add(node, label, Literal(name, lang="fr"))
        return node

    def numbered(self, siren: str, name: str, shown: bool, lines: str) -> URIRef:
        """An organisation with its SIREN as an identifier of ADMS."""
        node = self.organisation(f"siren-{siren}", name, shown, lines)
        number = URIRef(f"{ID}identifier/siren-{siren}")
        self.add(node, ADMS.identifier, number)
        self.type(number, ADMS.Identifier)
        self.add(number, RDFS.label, Literal("SIREN"))
        self.add(number, ADMS.schemaAgency, Literal("INSEE"))
        self.add(number, SKOS.notation, Literal(siren))
        return node


def dataset_of(tables: Tables) -> Dataset:
    """The quads of the three files, with the names to show and the shortcuts."""
    dataset = Dataset(default_union=True)
    labels = dataset.graph(URIRef(f"{ID}graph/labels"))
    shortcuts = dataset.graph(URIRef(f"{ID}graph/shortcuts"))

    def shown(identifier: str, name: str) -> None:
        node = URIRef(f"{ID}organisation/{identifier}")
        labels.add((node, SKOS.prefLabel, Literal(name, lang="fr")))

    units = Writer(dataset, "units", "StockUniteLegale")
    for unit in tables.units:
        _add_unit(units, unit)
        shown(f"siren-{unit.siren}", unit.name)
    members, named = Writer(dataset, "members", "tableau"), set()
    for member in tables.members:
        for network in _add_member(members, shortcuts, member):
            if network not in named:
                named.add(network)
                _add_network(members, network, member.row)
                shown(network_id(network), network)
    _add_links(Writer(dataset, "links", "tableau"), shortcuts, tables.links)
    return dataset


def _add_unit(to: Writer, unit: Unit) -> None:
    node = to.numbered(unit.siren, unit.name, True, str(unit.row))
    to.type(node, ORG.FormalOrganization)
    to.add(node, PTCE.legalForm, URIRef(f"{CODE}legal-forms/{unit.form}"))
    to.add(
        node,
        PTCE.organisationKind,
        URIRef(f"{CODE}organisation-kinds/structure-ess"),
    )
    if unit.created:
        to.add(node, SDO.foundingDate, Literal(unit.created, datatype=XSD.date))


def _add_network(to: Writer, name: str, row: int) -> None:
    node = to.organisation(network_id(name), name, True, str(row))
    to.type(node, ORG.Organization)
    to.type(node, PTCE.Network)
    to.add(node, PTCE.organisationKind, URIRef(f"{CODE}organisation-kinds/reseau"))


def _add_member(to: Writer, shortcuts: Any, member: Member) -> tuple[str, ...]:
    node = to.numbered(member.siren, member.name, True, str(member.row))
    to.type(node, ORG.Organization)
    for name in member.networks:
        network = URIRef(f"{ID}organisation/{network_id(name)}")
        fact = f"members.siren-{member.siren}.{network_id(name)}.{ROLE}"
        membership = URIRef(f"{ID}membership/{fact}")
        to.type(membership, ORG.Membership)
        to.told(membership, str(member.row))
        to.add(membership, ORG.member, node)
        to.add(membership, ORG.organization, network)
        to.add(membership, ORG.role, URIRef(f"{CODE}membership-roles/{ROLE}"))
        shortcuts.add((node, ORG.memberOf, network))
    return member.networks


def _add_links(to: Writer, shortcuts: Any, links: Iterable[Link]) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for link in links:
        for siren in (link.one, link.other):
            lines[siren].append(str(link.row))
    nodes = {}
    for siren, rows in lines.items():
        nodes[siren] = to.numbered(siren, f"SIREN {siren}", False, "|".join(rows))
        to.type(nodes[siren], ORG.Organization)
    for link in links:
        name = f"links-{KIND}-siren-{link.one}-siren-{link.other}"
        node = URIRef(f"{ID}cooperation/{name}")
        to.type(node, PTCE.Cooperation)
        to.told(node, str(link.row))
        title = f"{KIND} : SIREN {link.one} – SIREN {link.other}"
        to.add(node, SKOS.prefLabel, Literal(title, lang="fr"))
        to.add(node, PTCE.cooperationKind, URIRef(f"{CODE}cooperation-kinds/{KIND}"))
        to.add(node, PTCE.state, URIRef(f"{CODE}states/constate"))
        ends = nodes[link.one], nodes[link.other]
        for siren, end in zip((link.one, link.other), ends, strict=True):
            part = URIRef(f"{ID}participation/links.{name}.siren-{siren}.{PARTNER}")
            to.type(part, PTCE.Participation)
            to.told(part, str(link.row))
            to.add(node, PTCE.participation, part)
            to.add(part, PTCE.partner, end)
            to.add(part, PTCE.partnerRole, URIRef(f"{CODE}cooperation-roles/{PARTNER}"))
        for one, other in (ends, ends[::-1]):
            shortcuts.add((one, PTCE.cooperatesWith, other))


# The network


def graph_of(tables: Tables) -> Graph:
    """Organisations and networks; an edge for each membership and each link."""
    graph = nx.Graph()
    graph.add_nodes_from(f"siren-{unit.siren}" for unit in tables.units)
    for member in tables.members:
        for name in member.networks:
            graph.add_edge(f"siren-{member.siren}", network_id(name))
    for link in tables.links:
        graph.add_edge(f"siren-{link.one}", f"siren-{link.other}")
    return graph


def overview(tables: Tables, path: Path) -> int:
    """A page of the networks, tied by the members that they share; how many ties."""
    two_mode: Graph = nx.Graph()
    for member in tables.members:
        for name in member.networks:
            two_mode.add_edge(member.siren, name)
    names = sorted({name for member in tables.members for name in member.networks})
    shared = nx.bipartite.weighted_projected_graph(two_mode, names)
    page = Network(cdn_resources="in_line")
    for name in names:
        page.add_node(name, size=two_mode.degree(name) ** 0.5)
    for one, other, told in shared.edges(data=True):
        page.add_edge(one, other, value=told["weight"])
    path.write_text(page.generate_html(notebook=False), encoding="utf-8")
    return int(shared.number_of_edges())
