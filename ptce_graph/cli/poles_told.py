"""What ``ptce-graph poles`` shows in a terminal: poles by criteria, one, two, and profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.cli.common import give, say
from ptce_graph.i18n import environment_language, mark
from ptce_graph.i18n import gettext as _
from ptce_graph.poles.findings import BY_RULE, MET, NOT_DOCUMENTED, NOT_MET
from ptce_graph.tabular import table_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ptce_graph.knowledge_graph import KnowledgeGraph
    from ptce_graph.poles.criteria import Criterion
    from ptce_graph.poles.dossier import Dossier
    from ptce_graph.poles.findings import Finding
    from ptce_graph.poles.judge import Findings
    from ptce_graph.poles.profile import Profiles

#: Fifteen criteria stand beside a name.
_NAME_WIDTH = 34
_LABEL_WIDTH = 60
_INDENT = " " * 20
HOW_TO_HAVE_POLES = mark(
    "A pole is a row of poles.csv in the folder of a document; ptce-graph init makes a folder with "
    "an example. Without --data, the bundled poles are told."
)


def tell(graph: KnowledgeGraph, things: list[str], given: Mapping[str, object]) -> None:
    """Answers for people, in the language of the environment: of all poles, of one or of two."""
    language = environment_language()
    if len(things) == 1:
        _tell_one(graph.pole(things[0], given), language)
    elif things:
        _tell_two(graph, graph.findings(given), things[0], things[1], language)
    elif not (graph.actors["type"] == "pole").any():
        say(_("These data hold no pole."))
        say(_(HOW_TO_HAVE_POLES))
    else:
        _tell_all(graph.findings(given), language)


def _tell_all(found: Findings, language: str) -> None:
    from ptce_graph.poles.shown import matrix, short_name

    heads, rows = matrix(found, language)
    give(table_text(heads, rows, _NAME_WIDTH), end="")
    say(_("The best documented poles come first: poles are not ranked, nor marked."))
    say(_("yes: met; no: not met; ?: not documented, which is not a failing."))
    say(
        _(
            "i: indispensable, t: to test, I: of the other document alone; exclusions are with "
            "the name of a pole."
        )
    )
    for criterion in found.criteria:
        if not criterion.is_exclusion:
            say(f"  {short_name(criterion):3} {criterion.label[language]}")
    say(_("What one pole lacks, and why: ptce-graph poles NAME."))


def _tell_two(graph: KnowledgeGraph, found: Findings, one: str, two: str, language: str) -> None:
    from ptce_graph.poles.alike import compare, explanation, features
    from ptce_graph.poles.shown import compared

    heads, rows = compared(found, one, two, language)
    give(table_text(heads, rows, _LABEL_WIDTH), end="")
    known = features(graph.facts)
    pair = compare(one, two, known[one], known[two])
    if pair.compared:
        give("\n" + explanation(graph.facts, pair, language))


def _tell_one(dossier: Dossier, language: str) -> None:
    """One pole: how many of each answer, then each criterion with its passages and its lack."""
    from ptce_graph.poles.shown import ANSWERS, LISTS

    give(f"{dossier.name} ({dossier.pole})")
    told = [
        f"{_(ANSWERS[value][0])} {len(dossier.with_value(value))}"
        for value in (MET, NOT_MET, NOT_DOCUMENTED)
    ]
    give(
        _("Criteria: {counts}. What is not documented is not a failing.").format(
            counts=", ".join(told)
        )
    )
    shown = ""
    for criterion, finding in dossier.answers:
        if criterion.list != shown:
            shown = criterion.list
            give("\n" + _(LISTS[shown]))
        answer = _(ANSWERS[finding.value][0])
        give(f"  {answer:15} {criterion.label[language]} [{criterion.id}]")
        for line in _about(criterion, finding, language):
            give(_INDENT + line)
    page = f"ptce-graph poles {dossier.pole} -o {dossier.pole}.html"
    say(_("On a page, with its network: {command}").format(command=page))


def _about(criterion: Criterion, finding: Finding, language: str) -> list[str]:
    """The lines under a criterion: thresholds, assessments, passages, what would decide."""
    from ptce_graph.poles.shown import ANSWERS, one_line, passages

    told = []
    if finding.parameters:
        used = "; ".join(f"{name}={v or _('not set')}" for name, v in finding.parameters)
        told.append(_("threshold: {threshold}").format(threshold=used))
    for judged in finding.assessments:
        told.append(
            _("assessed by {author}, {date} ({value}): {reason}").format(
                author=judged.author,
                date=judged.date,
                value=_(ANSWERS[judged.value][0]),
                reason=judged.reason,
            )
        )
    for document, lines in passages(finding.evidence).items():
        told.append(_("{document}: {lines}").format(document=document, lines=lines))
    aside = one_line(passages(finding.evidence, deciding=False))
    told += [_("shown, decides nothing: {passages}").format(passages=aside)] if aside else []
    if finding.value == NOT_MET and finding.by == BY_RULE:
        why = criterion.rule.why(NOT_MET, language)
        told.append(_("not met: {why}").format(why=why))
    unknown = finding.lacking_fr if language == "fr" else finding.lacking_en
    if unknown:
        told.append(_("to be known: {lacking}").format(lacking=unknown))
    return told


def tell_profiles(profiles: Profiles) -> None:
    """Profiles side by side; on stderr how they were made and what cannot be read."""
    from ptce_graph.poles.profile_shown import notes, profile_rows

    heads, rows = profile_rows(profiles)
    give(table_text(heads, rows, _LABEL_WIDTH), end="")
    if profiles.by_objective is None:
        say(_("By objective too, with a file that links indicators to objectives: --objectives."))
    for line in notes(profiles):
        say(line)
