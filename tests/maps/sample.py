"""A small map with invented names, and the same map with hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ptce_graph.maps.model import (
    Attribute,
    Category,
    Edge,
    Fact,
    MapModel,
    Node,
    Passage,
    Source,
    Tray,
)


def small_map() -> MapModel:
    """Five nodes, five links of which two are parallel, one node in the tray."""
    passage = Passage("doc", "2.1 Les membres", "10-12")
    member = Fact("Atelier Béta est membre du Réseau Alpha", (passage,), "net/alpha")
    return MapModel(
        language="fr",
        title="Carte d'essai",
        subtitle="Cinq noms inventés.",
        node_categories=(
            Category("network", "Réseau", "#7a3e9d", "diamond", 1),
            Category("pole", "Pôle", "#c2410c", "square", 1),
            Category("organisation", "Organisation", "#0b7285", "dot", 3),
        ),
        edge_categories=(
            Category("member", "Membre", "#64748b", "solid", 3),
            Category("cooperation", "Coopération", "#0f766e", "dashed", 2),
        ),
        nodes=(
            Node("net/alpha", "Réseau Alpha", "network", 0, 0, 24, 1),
            Node("pole/omega", "Pôle Oméga", "pole", 400, 120, 20, 2),
            Node(
                "org/beta",
                "Atelier Béta",
                "organisation",
                120,
                260,
                12,
                3,
                attributes=(
                    Attribute("Statut", "Association"),
                    Attribute("Autres noms", "L'Œuvre"),
                ),
                facts=(member,),
                website="https://beta.example/",
                iri="https://w3id.org/ptce/id/organisation/beta",
            ),
            Node("org/gamma", "Régie Gamma", "organisation", 420, 340, 10, 4),
            Node("org/seul", "Café tout seul", "organisation", 100, 520, 8, 5),
        ),
        edges=(
            Edge("e0", "org/beta", "net/alpha", "member", "est membre de", (member,)),
            Edge("e1", "org/gamma", "net/alpha", "member", "est membre de"),
            Edge("e2", "org/gamma", "pole/omega", "member", "est membre de"),
            Edge("e3", "org/beta", "pole/omega", "cooperation", "héberge"),
            Edge("e4", "pole/omega", "org/beta", "cooperation", "finance"),
        ),
        trays=(Tray("Sans lien", -40, 440, 560, 160),),
        sources=(Source("doc", "Étude inventée", "Éditeur, 2013"),),
        notes=("La taille croît avec les liens.",),
    )


CORPUS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    '<a href="https://evil.example">href</a>',
    "a\u2028alert(1)\u2029b",
    "<!-- <script>",
    "__proto__",
    "'-alert(1)-'",
    "%00%ff%u2028\\u003c\\",
    "url(https://evil.example/x.png)",
    "\ud800",
)


def hostile_map(attack: str) -> MapModel:
    """The small map with ``attack`` in every field that holds text, ids included."""
    model = small_map()
    ids = {node.id: f"{attack}{i}" if i else attack for i, node in enumerate(model.nodes)}

    def said(text: str) -> str:
        return f"{attack} {text}"

    return replace(
        model,
        title=said(model.title),
        subtitle=attack,
        node_categories=tuple(map(_hostile_category(attack), model.node_categories)),
        edge_categories=tuple(map(_hostile_category(attack), model.edge_categories)),
        nodes=tuple(
            replace(
                node,
                id=ids[node.id],
                label=said(node.label),
                category=attack + node.category,
                attributes=(Attribute(attack, attack, attack),),
                facts=(Fact(attack, (Passage(attack, attack, attack),), attack),),
                website=attack,
                iri=attack,
            )
            for node in model.nodes
        ),
        edges=tuple(
            replace(
                edge,
                id=attack + edge.id,
                source=ids[edge.source],
                target=ids[edge.target],
                category=attack + edge.category,
                label=attack,
                facts=(Fact(attack, (Passage(attack, attack, attack),)),),
            )
            for edge in model.edges
        ),
        trays=tuple(replace(tray, label=attack) for tray in model.trays),
        sources=(Source(attack, attack, attack),),
        notes=(attack,),
    )


def _hostile_category(attack: str) -> Callable[[Category], Category]:
    return lambda c: replace(
        c, id=attack + c.id, label=f"{attack} {c.label}", color=attack, shape=attack
    )
