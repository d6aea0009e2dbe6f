"""Shapes of cells: what must pass, what must not."""

from __future__ import annotations

import time

import pytest

from ptce_graph.tables.cells import PERSONAL, SHAPES


@pytest.mark.parametrize(
    "address",
    [
        "www.alpha.example",
        "a.fr",
        "www.a.fr?x=1",
        "www.a.fr/?x=1&y=a;b",
        "http://a.fr#x",
        "a.fr:8080/x",
        "http://é.fr",
        "http://xn--9ca.fr",
        "http://a.xn--p1ai/",
        "HTTP://A.FR",
        "https://a-b.c.fr/d/e_(f)/%C3%A9,g.html",
        "www.a.fr/go?u=http://b.fr",
        "https://web.archive.org/web/2010/http://a.fr/",
        "www.a.fr/pôle",
    ],
)
def test_a_web_address(address):
    assert SHAPES["web"].fits(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://a.fr",
        "a",
        "a.fr:80/x://y",
        "a..fr",
        "-a.fr",
        "a.fr:٨٠",
        "http://a.fr/[x]",
        "http://[::1]/",
        "http://a.fr/%zz",
        "http://a.fr/100%",
        "http://a.fr/x#y#z",
        "http://a.fr/\ue000",
        *(f"http://a.fr/{char}x" for char in "<>\"'{}|\\^` \t\n\x01\u00a0\u2028"),
    ],
)
def test_no_web_address(address):
    assert not SHAPES["web"].fits(address)


@pytest.mark.parametrize("kind", ["id", "date", "number", "insee", "lines", "web"])
def test_digits_of_other_scripts_are_refused(kind):
    assert not SHAPES[kind].fits("٢٠١٠")


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "a.b@" * 2500, "1 " * 5000, "a." * 5000, "01" * 5000, "+33." * 2500]
)
def test_the_longest_cell_is_read_in_no_time(text):
    """A pattern that reads a run of letters again from each of them needs seconds."""
    start = time.process_time()
    PERSONAL.search(text)
    for shape in SHAPES.values():
        shape.fits(text)
    assert time.process_time() - start < 1
