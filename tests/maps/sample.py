"""A small map with invented names, and the same map with hostile ones."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ptce_graph.maps.model import (
    Attribute,
    Category,
    Criterion,
    Edge,
    Fact,
    Geography,
    Grouping,
    MapModel,
    Node,
    Outline,
    Passage,
    Scale,
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


ENGLISH = {
    "Carte d'essai": "Trial map",
    "Cinq noms inventés.": "Five invented names.",
    "Réseau": "Network",
    "Membre": "Member",
    "Coopération": "Cooperation",
    "est membre de": "is a member of",
    "Statut": "Legal form",
    "Atelier Béta est membre du Réseau Alpha": "Atelier Béta is a member of Réseau Alpha",
    "La taille croît avec les liens.": "Size grows with links.",
    "Sans lien": "No link",
    "Degré": "Degree",
    "Combien d'autres lui sont liés.": "How many others are tied to it.",
    "Réseaux": "Networks",
    "Sans lieu connu": "Place unknown",
    "Contours inventés": "Invented outlines",
    "Région": "Region",
    "Membres communs : 1": "Members in common: 1",
    "Critère un": "Criterion one",
    "Critère deux": "Criterion two",
}


def full_map(language: str = "fr") -> MapModel:
    """The small map with all that a page can show: measures, groups, places, dates, overview.

    Béta belongs to both groups, Gamma to one, the others to none. Béta–Alpha holds
    from 2009 to 2011, Gamma–Alpha since 2012, the other links bear no date.
    """
    model = small_map()
    values = {"net/alpha": 3.0, "pole/omega": 2.0, "org/beta": 1.0, "org/gamma": 0.0}
    groups = {"org/beta": ("alpha", "omega"), "org/gamma": ("alpha",), "net/alpha": ("alpha",)}
    places = {"net/alpha": (300, 100), "org/beta": (340, 160), "org/seul": (640, 60)}
    overview = {"net/alpha": (0, 0), "pole/omega": (300, 0)}
    nodes = tuple(
        replace(
            node,
            values=(("degree", values[node.id]),) if node.id in values else (),
            groups=(("networks", groups.get(node.id, ())),),
            place=places.get(node.id),
            overview=overview.get(node.id),
            criteria=("met", "not-documented") if node.category == "pole" else (),
        )
        for node in model.nodes
    )
    dates = {"e0": ("2009", "2011"), "e1": ("2012", "")}
    edges = tuple(
        replace(e, start=dates.get(e.id, ("", ""))[0], end=dates.get(e.id, ("", ""))[1])
        for e in model.edges
    )
    full = replace(
        model,
        nodes=nodes,
        edges=edges,
        scales=(Scale("degree", "Degré", "Combien d'autres lui sont liés.", whole=True),),
        groupings=(
            Grouping(
                "networks",
                "Réseaux",
                (
                    Category("alpha", "Groupe Alpha", "#0072b2", "dot", 3),
                    Category("omega", "Groupe Oméga", "#d55e00", "dot", 1),
                ),
            ),
        ),
        geography=Geography(
            (Outline("r", "Région", (((0, 0), (500, 0), (500, 400), (0, 400)),)),),
            (Tray("Sans lieu connu", 560, 0, 160, 120),),
            "Contours inventés",
        ),
        overview_edges=(
            Edge("o0", "net/alpha", "pole/omega", "overlap", "Membres communs : 1", directed=False),
        ),
        years=(2009, 2011, 2012),
        criteria=(
            Criterion("c-1", "incontournables", "Critère un"),
            Criterion("c-2", "a-tester", "Critère deux"),
        ),
    )
    return full if language == "fr" else in_english(full)


def in_english(thing: Any) -> Any:
    """The same thing with each text of ``ENGLISH`` in English, ids and places as they are."""
    if isinstance(thing, str):
        return ENGLISH.get(thing, thing)
    if isinstance(thing, tuple):
        return tuple(in_english(part) for part in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    told = {f.name: in_english(getattr(thing, f.name)) for f in fields(thing) if f.name != "id"}
    if isinstance(thing, MapModel):
        told["language"] = "en"
    return replace(thing, **told)


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
    "\u202egnp.exe",
    '=HYPERLINK("https://evil.example")',
    "]]><svg onload=alert(1)>&#60;script&#62;",
    "\x01\x0b\x1f",
)


def hostile_map(attack: str) -> MapModel:
    """The full map with ``attack`` in every field that holds text, ids included."""

    def hurt(thing: Any, name: str = "") -> Any:
        if isinstance(thing, str):
            return _hurt_text(attack, thing, name)
        if isinstance(thing, tuple):
            return tuple(hurt(part, name) for part in thing)
        if not is_dataclass(thing) or isinstance(thing, type):
            return thing
        told = {f.name: hurt(getattr(thing, f.name), f.name) for f in fields(thing)}
        return replace(thing, **told)

    hurt_map: MapModel = hurt(full_map())
    return replace(hurt_map, language="fr")


PLAIN = {"start", "end"}
"""Fields that hold dates: a model says them in digits."""
EXACT = {"net/alpha", "networks", "e0"}
REPLACED = {"color", "shape", "website", "iri", "page"}
"""Fields that hold the attack alone: it must not be mistaken for what they mean."""


def _hurt_text(attack: str, text: str, name: str) -> str:
    if name in PLAIN:
        return text
    # Some ids are the attack and nothing else: ``__proto__`` must be a name like any other.
    if text in EXACT:
        return attack
    return attack if name in REPLACED else f"{attack} {text}"
