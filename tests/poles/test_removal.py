"""Removing one fact changes only the criteria that name it, and always those it decided alone.

The rows are taken out of a store: those of different poles at once, as far as no finding
names two of them.
"""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from ptce_graph.poles import judge
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import DEFAULT_BASE, thing_iri
from tests.poles.judged import bundled, bundled_findings, bundled_store

TYPE = ox.NamedNode(terms.RDF_TYPE)
POLE = ox.NamedNode(terms.PTCE_POLE)


def _named():
    """By fact and document, by thing: the criteria that name it, and those it decides alone."""
    named = defaultdict(lambda: defaultdict(set))
    alone = set()
    found = bundled_findings()
    for thing, told in found.by_thing.items():
        for finding in told:
            deciding = set()
            for one in finding.evidence:
                key = one.fact, one.document
                named[key][thing].add(finding.criterion)
                if one.weight == "decides":
                    deciding.add(key)
            if len(deciding) == 1:
                alone.add((*deciding, thing, finding.criterion))
    return named, alone


def _rounds(named):
    """The facts, in groups of which no thing knows two."""
    rounds = []
    for key, of in sorted(named.items(), key=lambda item: (-len(item[1]), item[0])):
        free = next((one for one in rounds if not one[1] & set(of)), None)
        if free is None:
            free = ([], set())
            rounds.append(free)
        free[0].append(key)
        free[1].update(of)
    return [keys for keys, _things in rounds]


def _quads(store, fact, document):
    """What the store holds of a row: all of a fact's node, or what a document says of a thing."""
    node = ox.NamedNode(fact)
    kind = fact.removeprefix(DEFAULT_BASE).partition("/")[0]
    if kind not in ("organisation", "pole"):
        return list(store.quads_for_pattern(node, None, None))
    graph = ox.NamedNode(thing_iri("graph", document))
    told = list(store.quads_for_pattern(node, None, None, graph))
    gone = list(told)
    for quad in told:
        everywhere = list(store.quads_for_pattern(node, quad.predicate, quad.object))
        elsewhere = [one for one in everywhere if one.graph_name not in (graph, ox.DefaultGraph())]
        # A thing that nobody speaks of otherwise is still what it is: other rows name it.
        if not elsewhere and quad.predicate != TYPE:
            gone.append(ox.Quad(node, quad.predicate, quad.object))
    return gone


def _answers(store, criteria, things):
    """The value of each criterion for each thing: the rules asked anew, nothing told."""
    values = {}
    for criterion in criteria:
        rows = judge._rows(store, criterion.rule, {}, DEFAULT_BASE)
        for thing in things:
            answer = judge._answer(thing, criterion, {}, rows.get(thing, []), None)
            values[thing, criterion.id] = answer.value
    return values


def test_removing_a_fact_changes_only_what_names_it():
    found, store = bundled_findings(), bundled_store()
    named, alone = _named()
    assert len(named) > 200 and len(alone) > 30
    things = list(found.by_thing)
    types = bundled().actors["type"]
    before = _answers(store, found.criteria, things)
    for keys in _rounds(named):
        gone = {quad for key in keys for quad in _quads(store, *key)}
        for quad in gone:
            store.remove(quad)
        after = _answers(store, found.criteria, things)
        for quad in gone:
            store.add(quad)
        changed = {key for key, value in before.items() if after[key] != value}
        changed = {(t, c) for t, c in changed if types[t] == "pole" or "exc" in c}
        allowed = {(t, c) for key in keys for t, of in named[key].items() for c in of}
        assert changed <= allowed, (keys, changed - allowed)
        due = {(t, c) for key, t, c in alone if key in keys}
        assert due <= changed, (keys, due - changed)
    assert _answers(store, found.criteria, things) == before
