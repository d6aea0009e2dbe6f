"""Shared by the tests of the criteria: the bundled findings, and the data with rows taken out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import ptce_graph
from ptce_graph.dataset.store import memory_store
from ptce_graph.dataset.triples import quads_of
from ptce_graph.poles.judge import findings
from ptce_graph.tables.facts import facts

N, A, E, C, P = (
    "note-labo-ess",
    "article-coorace",
    "article-eco-sol-brest",
    "cahier-rtes",
    "plan-action-2013",
)
MARKS = {"met": "+", "not-met": "-", "not-documented": ".", "excluded": "X", "not-excluded": "o"}


@cache
def bundled():
    return ptce_graph.load()


@cache
def bundled_store():
    return memory_store(bundled().quads)


@cache
def bundled_findings():
    return findings(bundled_store(), bundled().facts)


def values_of(found, thing):
    """``{criterion: +, -, ., X or o}`` of one thing."""
    return {finding.criterion: MARKS[finding.value] for finding in found.of(thing)}


def without(*rows, parameters=None, cells=()):
    """The findings of the bundled tables without some rows.

    A row is ``(document, table, number)``, the number as in a spreadsheet (header: 1);
    ``cells`` are ``(document, table, number, column)``, made empty, or with a value at the end.
    """
    tables = bundled().facts.tables
    frames = dict(tables.frames)
    for table, frame in frames.items():
        # The plan tells of poles and organisations, and of plans: less to make anew without these.
        if "source" in frame and table not in ("poles", "organisations"):
            frames[table] = frame[frame["source"] != P]
    for document, table, number in rows:
        frame = frames[table]
        gone = (frame["source"] == document) & (frame["row"].astype(int) == number)
        assert gone.sum() == 1, (document, table, number)
        frames[table] = frame[~gone]
    for document, table, number, column, *value in cells:
        frame = frames[table] = frames[table].copy()
        at = (frame["source"] == document) & (frame["row"].astype(int) == number)
        assert at.sum() == 1 and frame.loc[at, column].iloc[0], (document, table, number, column)
        frame.loc[at, column] = value[0] if value else ""
    made = facts(replace(tables, frames=frames))
    return findings(memory_store(quads_of(made)), made, parameters)


def changed(before, after, thing):
    """The criteria whose value is another for ``thing``, with the new value."""
    old, new = values_of(before, thing), values_of(after, thing)
    return {criterion: new[criterion] for criterion in old if old[criterion] != new[criterion]}
