"""The ontology as a picture: its classes, and the relations between them, as inline SVG.

Classes and relations come from the ontology (domains and ranges that are
classes, superclasses); only where each box stands is chosen here. A class that
has no place of its own is set in rows below, so that none is ever missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ptce_graph.i18n import translator
from ptce_graph.publish.ontology.terms import (
    CLASS,
    NAMESPACE,
    OBJECT,
    Term,
    all_terms,
    expanded,
    shortened,
)

if TYPE_CHECKING:
    from markupsafe import Markup

#: Relations of others between the classes drawn, as their vocabularies define them.
BORROWED = (
    ("org:Membership", "org:member", "org:Organization"),
    ("org:Membership", "org:organization", "org:Organization"),
    ("org:Membership", "org:memberDuring", "time:ProperInterval"),
    ("ptce:Passage", "dcterms:isPartOf", "ptce:Source"),
)
#: What is said of too many classes to be drawn; it stands in the box instead.
_ANYTHING = {"owl:Thing", "skos:Concept", "qb:DataSet"}
#: Column and row of each box.
_PLACES: dict[str, tuple[float, float]] = {
    "ptce:Network": (0, 0),
    "org:Organization": (1, 0),
    "ptce:Pole": (2, 0),
    "org:Membership": (0, 1),
    "ptce:Participation": (1, 1),
    "ptce:Candidacy": (2, 1),
    "time:ProperInterval": (0, 2),
    "ptce:Cooperation": (1, 2),
    "ptce:Call": (2, 2),
    "ptce:Passage": (0, 2.85),
    "ptce:Source": (1, 2.85),
    "dcterms:Location": (2, 2.85),
    "ptce:Figure": (0, 3.55),
    "ptce:Characterisation": (1, 3.55),
    "ptce:IdentityJudgement": (2, 3.55),
    "ptce:Criterion": (0, 4.2),
    "ptce:FrameworkItem": (1, 4.2),
    "ptce:Definition": (2, 4.2),
}
_COLUMNS = 3
_ACROSS, _DOWN = 354, 124
_WIDTH, _HEIGHT = 236, 58
_MARGIN = 28
_LONGEST = 36


@dataclass(frozen=True)
class Box:
    """A class as drawn: its middle, its names, and what it is a kind of."""

    name: str
    label: str
    below: str
    x: float
    y: float
    link: str


@dataclass(frozen=True)
class Arrow:
    """A relation as drawn: from the border of one box to that of another."""

    label: str
    x1: float
    y1: float
    x2: float
    y2: float
    kind: bool
    """Whether it says "is a kind of" and not a property."""

    @property
    def middle(self) -> tuple[float, float]:
        """Where its label stands."""
        return (self.x1 + self.x2) / 2, (self.y1 + self.y2) / 2


@dataclass(frozen=True)
class Picture:
    """Boxes, arrows, and the size they need."""

    boxes: list[Box]
    arrows: list[Arrow]
    width: float
    height: float


def relations() -> list[tuple[str, str, str]]:
    """Subject, property (``rdfs:subClassOf`` among them) and object of each arrow, by short name.

    Several properties between the same two classes are told together.
    """
    drawn = set(_places())
    found: dict[tuple[str, str], list[str]] = {}
    for subject, name, target in _all_relations():
        if {subject, target} <= drawn:
            found.setdefault((subject, target), []).append(name)
    return [(s, ", ".join(names), t) for (s, t), names in found.items()]


def _all_relations() -> Iterator[tuple[str, str, str]]:
    for term in all_terms():
        if term.kind == CLASS:
            for above in term.above:
                yield shortened(term.iri), "rdfs:subClassOf", shortened(above)
        if term.kind == OBJECT:
            for domain in term.domain:
                for target in term.range:
                    yield shortened(domain), term.name, shortened(target)
    yield from BORROWED


def _places() -> dict[str, tuple[float, float]]:
    """Where each class stands; those without a place of their own in rows below."""
    places = dict(_PLACES)
    others = [shortened(t.iri) for t in all_terms() if t.kind == CLASS]
    others = [name for name in others if name not in places]
    last = max(row for _column, row in places.values()) + 1
    for number, name in enumerate(others):
        places[name] = (number % _COLUMNS, last + number // _COLUMNS)
    return places


def picture(language: str) -> Picture:
    """The picture in ``language``; the same ontology always gives the same picture."""
    places = _places()
    middles = {
        name: (
            _MARGIN + _WIDTH / 2 + column * _ACROSS,
            _MARGIN + _HEIGHT / 2 + row * _DOWN,
        )
        for name, (column, row) in places.items()
    }
    labels = {shortened(t.iri): _short(t, language) for t in all_terms() if t.kind == CLASS}
    above = {shortened(t.iri): t.above for t in all_terms() if t.kind == CLASS}
    boxes = []
    for name, (x, y) in middles.items():
        kinds = [shortened(a) for a in above.get(name, ()) if shortened(a) not in places]
        link = f"#{name.removeprefix('ptce:')}" if name.startswith("ptce:") else ""
        boxes.append(Box(name, labels.get(name, ""), " ".join(kinds), x, y, link))
    arrows = [_arrow(label, middles[s], middles[t]) for s, label, t in relations() if s != t]
    loops = [(s, label) for s, label, t in relations() if s == t]
    arrows += [_loop(label, middles[s]) for s, label in loops]
    last = max(y for _x, y in middles.values())
    return Picture(
        boxes,
        arrows,
        (_COLUMNS - 1) * _ACROSS + _WIDTH + 2 * _MARGIN,
        last + _HEIGHT / 2 + _MARGIN,
    )


def _short(term: Term, language: str) -> str:
    """The name of a class, or another of its names where that one does not fit."""
    name = term.labels[language]
    others = term.synonyms.get(language, ())
    return name if len(name) <= _LONGEST or not others else others[0]


def _arrow(label: str, start: tuple[float, float], end: tuple[float, float]) -> Arrow:
    """From border to border on the line between the middles, with a gap for the head."""
    (x1, y1), (x2, y2) = start, end
    x1, y1, x2, y2 = *_border(x1, y1, x2, y2, 0), *_border(x2, y2, x1, y1, 3)
    kind = label == "rdfs:subClassOf"
    return Arrow("" if kind else label, x1, y1, x2, y2, kind)


def _border(x: float, y: float, to_x: float, to_y: float, gap: float) -> tuple[float, float]:
    """Where the line from a box's middle to another point leaves the box."""
    across, down = to_x - x, to_y - y
    share = min(
        (_WIDTH / 2 + gap) / abs(across) if across else 1,
        (_HEIGHT / 2 + gap) / abs(down) if down else 1,
    )
    return round(x + across * share, 1), round(y + down * share, 1)


def _loop(label: str, middle: tuple[float, float]) -> Arrow:
    """A relation of a class with itself: told above the box, with no line."""
    x, y = middle
    above = y - _HEIGHT / 2 - 10
    return Arrow(f"↻ {label}", x, above, x, above, False)


def drawing(language: str) -> Markup:
    """The picture as an ``svg`` element with a title and a description, all texts escaped."""
    from markupsafe import Markup, escape

    words = translator(language)
    drawn = picture(language)
    title = words("The classes of the ontology and their main relations")
    described = " ".join(sentences(language))
    parts: list[Markup] = [
        Markup(
            '<svg class="picture" viewBox="0 0 {} {}" role="group" '
            'aria-labelledby="picture-title picture-text">'
            '<title id="picture-title">{}</title><desc id="picture-text">{}</desc>'
            '<defs><marker id="picture-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z"/></marker>'
            '<marker id="picture-kind" viewBox="0 0 12 12" refX="11" refY="6" markerWidth="10" '
            'markerHeight="10" orient="auto"><path class="hollow" d="M1 1 11 6 1 11z"/>'
            "</marker></defs>"
        ).format(_number(drawn.width), _number(drawn.height), title, described)
    ]
    lines, labels, boxes = Markup(""), Markup(""), Markup("")
    for arrow in drawn.arrows:
        head = "kind" if arrow.kind else "head"
        if (arrow.x1, arrow.y1) != (arrow.x2, arrow.y2):
            lines += Markup(
                '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" marker-end="url(#picture-{})"/>'
            ).format(head, *map(_number, (arrow.x1, arrow.y1, arrow.x2, arrow.y2)), head)
        if arrow.label:
            x, y = arrow.middle
            # Above a level line, which has no room beside its label.
            level = arrow.y1 == arrow.y2 and arrow.x1 != arrow.x2
            labels += Markup('<text class="relation" x="{}" y="{}">{}</text>').format(
                _number(x), _number(y - 7 if level else y + 4), arrow.label
            )
    for box in drawn.boxes:
        boxes += _box(box, escape)
    return Markup("").join([*parts, lines, labels, boxes, Markup("</svg>")])


def _box(box: Box, escape: Callable[[str], Markup]) -> Markup:
    from markupsafe import Markup

    left, top = box.x - _WIDTH / 2, box.y - _HEIGHT / 2
    rows = [("name", box.label or box.name), ("code", box.name if box.label else "")]
    rows.append(("code", f"⊑ {box.below}" if box.below else ""))
    rows = [(kind, text) for kind, text in rows if text]
    first = box.y + 4.5 - (len(rows) - 1) * 8.5
    texts = Markup("").join(
        Markup('<text class="{}" x="{}" y="{}">{}</text>').format(
            kind, _number(box.x), _number(first + at * 17), _fitting(text)
        )
        for at, (kind, text) in enumerate(rows)
    )
    shape = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>').format(
        "own" if box.link else "other", _number(left), _number(top), _WIDTH, _HEIGHT
    )
    whole = shape + texts
    return Markup('<a href="{}">{}</a>').format(escape(box.link), whole) if box.link else whole


def _fitting(text: str) -> str:
    """``text`` no longer than a box is wide; its whole is on the page below."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _number(value: float) -> str:
    return f"{value:g}"


def sentences(language: str) -> list[str]:
    """The picture in words, one sentence per relation, for those who do not see it."""
    words = translator(language)
    names = {t.iri: f"{t.labels[language]} ({shortened(t.iri)})" for t in all_terms()}

    def name(short: str) -> str:
        return names.get(expanded(short), short)

    told = []
    for subject, label, target in relations():
        if label == "rdfs:subClassOf":
            text = words("{thing} is a kind of {other}.")
            told.append(text.format(thing=name(subject), other=name(target)))
        else:
            text = words("From {thing} to {other}: {relations}.")
            values = {"thing": name(subject), "other": name(target), "relations": label}
            told.append(text.format(**values))
    return told


def class_iris() -> list[str]:
    """The IRIs of our classes in the picture."""
    return [expanded(name) for name in _places() if expanded(name).startswith(NAMESPACE)]
