"""What is found of a pole on a criterion, and the facts that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

#: The three answers on a criterion. Absence of data is never "not met".
MET, NOT_MET, NOT_DOCUMENTED = "met", "not-met", "not-documented"
#: The three answers on an exclusion.
EXCLUDED, NOT_EXCLUDED = "excluded", "not-excluded"

#: How an answer came about: by the rule, or by somebody's assessment.
BY_RULE, BY_ASSESSMENT = "rule", "assessment"

#: What a fact does for an answer: the values of ``Evidence.weight``.
DECIDES, SUPPORTS, AGAINST, PLANNED = "decides", "supports", "against", "planned"


@dataclass(frozen=True)
class Evidence:
    """A fact that an answer rests on, or that speaks of it without deciding.

    ``fact`` is the IRI of its node, ``told`` what it says, in a few words and in
    both languages, ``document`` and ``lines`` its passage. ``weight`` is
    ``decides``, ``supports`` (shown, does not decide), ``against`` or ``planned``.
    """

    fact: str
    told_fr: str
    told_en: str
    document: str
    section: str
    lines: str
    weight: str = "decides"


@dataclass(frozen=True)
class Assessment:
    """The judgement of an organisation on one criterion: a row of ``assessments.csv``."""

    value: str
    author: str
    date: str
    reason: str


@dataclass(frozen=True)
class Finding:
    """The answer on one criterion for one thing.

    ``criterion`` is an identifier of the table of criteria (``note-inc-8``),
    ``value`` one of the answers above, ``by`` the rule or an assessment;
    ``parameters`` are the thresholds used, by name; ``lacking`` says in both
    languages what would have to be known, where the answer is not documented.
    An assessment wins over the rule, whose own answer stays in ``rule_value``;
    ``assessments`` holds all of them, the one that counts first.
    """

    thing: str
    criterion: str
    value: str
    by: str
    evidence: tuple[Evidence, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    lacking_fr: str = ""
    lacking_en: str = ""
    rule_value: str = ""
    assessments: tuple[Assessment, ...] = ()
