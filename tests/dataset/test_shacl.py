"""The data of the project conform to its own shapes, checked by pySHACL."""

from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import Graph

from ptce_graph.bundled import ONTOLOGY_DIR


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(ONTOLOGY_DIR / "shapes.ttl")


def _merged(graph):
    return Graph().parse(data=graph.export_text("ttl"), format="turtle")


@pytest.mark.parametrize("name", ["tiny", "numbered", "bundled"])
def test_the_data_conform(name, request, shapes):
    conforms, _report, text = validate(_merged(request.getfixturevalue(name)), shacl_graph=shapes)
    assert conforms, text


def test_a_fact_without_its_passage_does_not_conform(tiny, shapes):
    merged = _merged(tiny)
    merged.update(
        """PREFIX prov: <http://www.w3.org/ns/prov#>
        DELETE WHERE {
          <https://w3id.org/ptce/id/membership/livret.org-un.reseau-alpha.adherent>
            prov:wasDerivedFrom ?passage }"""
    )
    conforms, _report, text = validate(merged, shacl_graph=shapes)
    assert not conforms
    assert "livret.org-un.reseau-alpha.adherent" in text
