"""A problem in one line: where, what stood there, what is wrong."""

from __future__ import annotations

from ptce_graph import errors
from ptce_graph.errors import Problem

FRENCH = {
    ', column "{name}"': ", colonne «\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»",
    "{place}:": "{place}\N{NO-BREAK SPACE}:",
    " « {value} »": " «\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»",
}


def test_a_problem_in_english_and_in_french_typography(monkeypatch):
    problem = Problem("a.csv", 3, "SIRET", "k", "12", "is too short.")
    assert str(problem) == 'a.csv:3, column "SIRET": « 12 » is too short.'
    assert str(Problem("a.csv", 0, "", "k", "", "is empty.")) == "a.csv: is empty."
    monkeypatch.setattr(errors, "_", lambda text: FRENCH.get(text, text))
    told = str(problem).replace("\N{NO-BREAK SPACE}", "~")
    assert told == "a.csv:3, colonne «~SIRET~»~: «~12~» is too short."
