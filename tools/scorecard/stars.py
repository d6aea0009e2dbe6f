"""The five stars of linked open data."""

from __future__ import annotations

from scorecard.evidence import VOID, Evidence
from scorecard.model import Answer, Checklist, answered

#: Formats that a program reads as data, and whose specification anyone may implement.
OPEN = {
    "application/trig": "W3C",
    "application/n-quads": "W3C",
    "application/n-triples": "W3C",
    "application/ld+json": "W3C",
    "text/turtle": "W3C",
    "application/rdf+xml": "W3C",
    "text/csv": "RFC 4180",
    "application/json": "RFC 8259",
    "application/vnd.apache.parquet": "Apache",
    "application/gexf+xml": "GEXF",
    "application/graphml+xml": "GraphML",
}


def structured(told: Evidence) -> Answer:
    """Distributions in a format that a program reads."""
    kinds = told.formats()
    known = sorted(kinds & OPEN.keys())
    return bool(known), f"catalog.ttl: {len(told.distributions())} files in {len(known)} formats"


def not_proprietary(told: Evidence) -> Answer:
    """Every distribution in an open format."""
    closed = sorted(told.formats() - OPEN.keys())
    open_ = [name for name in told.formats() if name in OPEN]
    if closed or not open_:
        return False, f"no open specification is known of: {', '.join(closed) or 'no format'}"
    return True, f"all {len(open_)} formats are open, such as text/csv, text/turtle"


def _online(told: Evidence) -> Answer:
    licensed, licence = told.licence()
    online, where = told.released()
    return (online if licensed else False), f"{where}; {licence}"


def addressed(told: Evidence) -> Answer:
    """Every thing has an IRI: no blank node."""
    blank = {s for s, _p, _o, _g in told.quads if s.startswith("_:")}
    blank |= {o for _s, _p, o, _g in told.quads if o.startswith("_:")}
    spaces = ", ".join(told.spaces)
    told_ = f"data/dataset.nq: {len(told.things)} things under {spaces}; {len(blank)} blank nodes"
    return bool(told.things) and not blank, told_


def linked(told: Evidence) -> Answer:
    """Links to datasets of others, as VoID counts them."""
    sets = set(told.void.subjects(VOID.objectsTarget))
    targets = {str(target) for target in told.void.objects(None, VOID.objectsTarget)}
    links = sum(int(str(told.void.value(node, VOID.triples))) for node in sets)
    if not links:
        return False, "void.ttl: no linkset"
    return True, f"void.ttl: {links} links in {len(sets)} linksets, to {', '.join(sorted(targets))}"


STARS = Checklist(
    "stars",
    "5-star open data",
    "Les cinq étoiles des données ouvertes",
    "Tim Berners-Lee, Linked Data, 2006, stars added 2010",
    "https://5stardata.info/en/",
    "Each star is judged by itself; by the rule of the list a star counts with those before it.",
    answered(
        (
            ("★", "on the Web under an open licence", _online),
            ("★★", "machine-readable structured data", structured),
            ("★★★", "in a non-proprietary format", not_proprietary),
            ("★★★★", "things are named by URIs", addressed),
            ("★★★★★", "linked to the data of others", linked),
        )
    ),
)
