"""Whatever the data hold, the quads can be read, and nothing leaves its place."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ptce_graph.dataset.quads import iri, literal, web_iri, whole_address
from ptce_graph.dataset.store import memory_store

GRAPH = "https://w3id.org/ptce/id/graph/g"


def _read(term):
    line = f"<x:s> <x:p> {term} <{GRAPH}> .\n"
    quads = list(ox.parse(line.encode("utf-8"), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == 1
    assert quads[0].graph_name == ox.NamedNode(GRAPH)
    return quads[0].object


@given(st.text())
@example("a> <x:p> <x:o> <x:other> .\n")
@example("[::1]")
@example("100%")
@example("a#b#c")
@example("\ud800")
def test_any_text_in_an_iri_can_be_read(text):
    assert isinstance(_read(iri("https://w3id.org/ptce/id/" + text)), ox.NamedNode)


@given(st.text())
@example("a:b")
@example("http://a:b:80@c@d:8080/[x]")
@example("http://[::1]/")
@example("https://user:pw@host:99999999/")
def test_any_text_as_a_web_address_can_be_read(text):
    assert _read(web_iri(text)).value.lower().startswith(("http://", "https://"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_the_same_in_a_literal(text):
    assert _read(literal(text)).value == text


def test_what_is_encoded_already_stays():
    assert iri("http://x.fr/%C3%A9?q=100%") == "<http://x.fr/%C3%A9?q=100%25>"
    assert iri("http://x.fr/[a]") == "<http://x.fr/%5Ba%5D>"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("www.x.fr", "http://www.x.fr"),
        ("HTTP://x.fr", "HTTP://x.fr"),
        ("https://x.fr", "https://x.fr"),
        ("javascript://x", "http://javascript://x"),
        ("x.fr/?u=http://y.fr", "http://x.fr/?u=http://y.fr"),
        (" x.fr ", "http://x.fr"),
    ],
)
def test_an_address_is_made_whole(written, whole):
    assert whole_address(written) == whole


def test_separators_of_lines_in_a_literal_do_not_cut_the_merge():
    text = "un\u2028deux\u0085trois\x0bquatre"
    store = memory_store(f"<x:s> <x:p> {literal(text)} <{GRAPH}> .\n")
    values = [row["o"].value for row in store.query("SELECT ?o { <x:s> <x:p> ?o }")]
    assert values == [text]
