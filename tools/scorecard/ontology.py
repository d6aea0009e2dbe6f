"""FOOPS! and OOPS!, as ``publish/ontology/checks.py`` answers them."""

from __future__ import annotations

from collections.abc import Callable

from ptce_graph.publish.ontology.checks import ontology_checks
from scorecard.evidence import Evidence
from scorecard.model import Checklist, Line

#: The pitfall that a look at the Web decides, and that the project may decide before.
_ON_THE_WEB = "P37"


def _decided(line: Line, told: Evidence) -> Line:
    """The line, told apart where the project itself says that the address leads nowhere yet."""
    if line.id == _ON_THE_WEB and line.met is None:
        registered, where = told.registered()
        return line._replace(met=registered, evidence=f"{line.evidence}; {where}")
    return line


def _lines(tool: str) -> Callable[[Evidence], list[Line]]:
    def lines(told: Evidence) -> list[Line]:
        found = [check for check in ontology_checks() if check.id.startswith(f"{tool} ")]
        return [
            _decided(
                Line(check.id.removeprefix(f"{tool} "), check.name, check.met, check.evidence), told
            )
            for check in found
        ]

    return lines


FOOPS = Checklist(
    "foops",
    "FOOPS!, the tests on a file",
    "FOOPS!, les tests qui portent sur un fichier",
    "Garijo, Corcho and Poveda-Villalón, FOOPS!: An Ontology Pitfall Scanner for the FAIR "
    "Principles, ISWC 2021",
    "https://foops.linkeddata.es/",
    "Our own tests after the descriptions of the tool, on `ontology/ptce.ttl`. PURL1 looks at "
    "the host of the address only, as the tool does.",
    _lines("FOOPS"),
)
OOPS = Checklist(
    "oops",
    "OOPS!, the pitfalls found by program",
    "OOPS!, les écueils qu’un programme détecte",
    "Poveda-Villalón, Gómez-Pérez and Suárez-Figueroa, OOPS!, IJSWIS 10(2), 2014",
    "https://oops.linkeddata.es/catalogue.jsp",
    "Our own tests after the catalogue; met means that the pitfall is avoided.",
    _lines("OOPS"),
)
