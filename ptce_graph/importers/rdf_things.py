"""What a graph says of its organisations, as the cells of the table of organisations."""

from __future__ import annotations

import re
from functools import cache

from ptce_graph.bundled import DATA_DIR
from ptce_graph.importers.identifiers import siret
from ptce_graph.importers.labels import legal_form
from ptce_graph.importers.legal_categories import LEGAL_FORMS
from ptce_graph.importers.places import Places
from ptce_graph.importers.rdf_graph import Graph
from ptce_graph.importers.rdf_terms import NETWORK
from ptce_graph.tables.cells import SHAPES, text_faults
from ptce_graph.tables.csv_file import read_rows
from ptce_graph.tables.schema import CODE_COLUMNS, SEPARATOR
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE, SLUG_PATTERN

_WIKIDATA = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)")
_INSEE_FORM = re.compile(r"https?://id\.insee\.fr/codes/cj/n3/([0-9]{4})")
_OWN = re.compile(rf"{re.escape(DEFAULT_BASE)}(?:organisation|pole)/({SLUG_PATTERN})")
_OWN_PLACE = re.compile(rf"{re.escape(DEFAULT_BASE)}place/({SLUG_PATTERN})")
NAMES = ("pref_label", "name", "legal_name", "other_name")
#: An address may lead over a site or a place to its parts.
_STEPS = 3


def own_id(node: str) -> str:
    """The identifier that one of our own addresses holds: it names the same thing everywhere."""
    found = _OWN.fullmatch(node)
    return found[1] if found else ""


def section_of(node: str) -> str:
    """The address as the locator of a passage."""
    return "sans adresse" if node.startswith("_:") else node


def described_things(graph: Graph, nodes: list[str], places: Places) -> list[dict[str, str]]:
    """One row per node, as ``things.things_frame`` takes them."""
    return [_described(graph, node, places) for node in nodes]


def _described(graph: Graph, node: str, places: Places) -> dict[str, str]:
    told = {"own_id": re.split(r"[/#:]", node.rstrip("/"))[-1], "name": "", "alt_names": ""}
    names = [name for name in (graph.best(node, one) for one in NAMES) if name]
    others = [text for one in ("alt_label", *NAMES) for text in _texts(graph, node, one)]
    if names:
        told["name"] = names[0]
        kept = dict.fromkeys(o.replace(SEPARATOR, "/") for o in (*names, *others))
        told["alt_names"] = SEPARATOR.join(one for one in kept if one != names[0])
    told |= _address(graph, node, _STEPS)
    told["place"] = _place(graph, node, places)
    told["website"] = next(iter(graph.texts(node, "homepage")), "")
    told["created"] = next(iter(graph.texts(node, "created")), "")[:10]
    told["note"] = _note(graph, node)
    told["kind"] = "reseau" if NETWORK in graph.kinds[node] else _kind(graph, node)
    told["legal_form"] = _legal_form(graph, node)
    accreditations = (own_code(v, "accreditations") for v in graph.texts(node, "accreditation"))
    told["accreditations"] = SEPARATOR.join(dict.fromkeys(filter(None, accreditations)))
    told |= _numbers(graph, node)
    return told | _elsewhere(graph, node)


def _note(graph: Graph, node: str) -> str:
    """Our own remarks come back; what others wrote freely may tell of persons."""
    texts = _texts(graph, node, "note") if own_id(node) else []
    return next((text for text in texts if not text_faults(text)), "")


def _kind(graph: Graph, node: str) -> str:
    codes = (own_code(value, "organisation-kinds") for value in graph.texts(node, "kind"))
    return next(filter(None, codes), "")


def _texts(graph: Graph, node: str, name: str) -> list[str]:
    return [text for text, _language, is_node in graph.values(node, name) if not is_node]


def _address(graph: Graph, node: str, steps: int) -> dict[str, str]:
    """The postal code, the town and the code of INSEE, of the thing or of its address."""
    found = {
        name: next(iter(_texts(graph, node, name)), "")
        for name in ("postal_code", "locality", "commune_code")
    }
    if any(found.values()) or not steps:
        return found
    for address in graph.nodes(node, "address"):
        found = _address(graph, address, steps - 1)
        if any(found.values()):
            break
    return found


def _place(graph: Graph, node: str, places: Places) -> str:
    """The place that our own exports name, by its official code and type."""
    for place in graph.nodes(node, "place"):
        code = next(iter(_texts(graph, place, "commune_code")), "")
        type_ = _code(graph, place, "place_type")
        name = graph.best(place, "pref_label")
        if type_ == "commune":
            found = places.commune(code, name)
        elif type_ == "departement":
            found = places.department(code)
        elif type_ == "region":
            found = places.region(code)
        else:
            found = places.named(name, (type_,)) if type_ else ""
        if found:
            return found
    return ""


def _code(graph: Graph, node: str, name: str) -> str:
    return next(iter(value.rpartition("/")[2] for value in graph.texts(node, name)), "")


def own_code(iri: str, scheme: str) -> str:
    start = f"{CODE_BASE}{scheme}/"
    code = iri.removeprefix(start)
    return code if iri.startswith(start) and code in bundled_codes(scheme) else ""


def _legal_form(graph: Graph, node: str) -> str:
    """The legal form, where one is told and only one: a code, a category, or its label."""
    found = set()
    for name in ("legal_form", "structure"):
        for value, _language, is_node in graph.values(node, name):
            category = _INSEE_FORM.fullmatch(value)
            if category:
                found.add(LEGAL_FORMS.get(category[1], ""))
            elif is_node:
                label = graph.best(value, "pref_label")
                own = own_code(value, "legal-forms") or _matched(value)
                found.add(own or (legal_form(label) if label else ""))
            else:
                found.add(legal_form(value))
    found.discard("")
    if len(found) == 1:
        return found.pop()
    graph.unmatched.update(graph.texts(node, "legal_form"))
    return ""


@cache
def bundled_codes(scheme: str) -> dict[str, str]:
    """The codes of a bundled list, each with its exact matches."""
    path = DATA_DIR / "codelists" / f"{scheme}.csv"
    names = [column.name for column in CODE_COLUMNS]
    at = names.index("exact_match")
    return {str(row[0]): str(row[at]) for row in read_rows(path, path.name, CODE_COLUMNS, "", [])}


def _matched(iri: str) -> str:
    """The legal form that a concept of others matches exactly."""
    for code, matches in bundled_codes("legal-forms").items():
        if iri in matches.split(SEPARATOR):
            return code
    return ""


def _numbers(graph: Graph, node: str) -> dict[str, str]:
    """SIREN, SIRET and RNA, where the file says that they are."""
    told: dict[str, list[str]] = {"siren": [], "siret": [], "rna": []}
    for value, _language, is_node in graph.values(node, "identifier"):
        if is_node:
            agency = " ".join(
                text
                for name in ("other_name", "pref_label", "name", "property_id")
                for text in graph.texts(value, name)
            )
            numbers = _texts(graph, value, "notation")
            named = f"{agency} {value}".casefold()
        else:
            numbers, named = [value], value.casefold()
        for kind in told:
            if re.search(rf"\b{kind}\b", named):
                told[kind] += numbers
    # A French VAT number holds the SIREN; what is written otherwise is another country's.
    vat = [t for t in _texts(graph, node, "tax_id") if re.match(r"\s*FR", t, re.IGNORECASE)]
    sirets = list(dict.fromkeys(filter(None, (siret(text).value for text in told["siret"]))))
    return {
        "siren": next(iter([*told["siren"], *vat]), ""),
        "siret": sirets[0] if len(sirets) == 1 else "",
        "rna": next(iter(told["rna"]), ""),
    }


def _elsewhere(graph: Graph, node: str) -> dict[str, str]:
    """The thing's own address, and those that the file says are the same."""
    told = [*graph.texts(node, "same_as"), *graph.texts(node, "schema_same_as")]
    items = [found[1] for found in map(_WIKIDATA.fullmatch, told) if found]
    addresses = [node, *graph.texts(node, "same_as")]
    fits = SHAPES["iri"].fits
    kept = [a for a in addresses if fits(a) and not _WIKIDATA.fullmatch(a) and not own_id(a)]
    return {
        "wikidata": items[0] if len(set(items)) == 1 else "",
        "same_as": SEPARATOR.join(dict.fromkeys(kept)),
    }
