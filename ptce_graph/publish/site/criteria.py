"""The criteria of a PTCE: their page, and what is found of a pole on its own page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ptce_graph.i18n import date_words, mark, number_words
from ptce_graph.poles.findings import (
    BY_ASSESSMENT,
    MET,
    NOT_DOCUMENTED,
    NOT_MET,
    Assessment,
    Evidence,
    Finding,
)
from ptce_graph.poles.shown import ANSWERS, LISTS, passages, short_name
from ptce_graph.poles.typology import (
    DERIVED,
    DIMENSIONS,
    RULES,
    STATED,
    conflicts,
    label_of,
)
from ptce_graph.publish.site.addresses import has_code, has_page
from ptce_graph.publish.site.facts import characteristic_told
from ptce_graph.publish.site.judged import profile_page
from ptce_graph.publish.site.model import (
    Answered,
    Answers,
    Article,
    Articles,
    Block,
    Fact,
    Link,
    Links,
    Matrix,
    Page,
    Parts,
    Passage,
    Properties,
    Property,
    Prose,
    Section,
)
from ptce_graph.publish.site.parts import Making, present
from ptce_graph.publish.site.paths import code_page, thing_page
from ptce_graph.publish.site.telling import filled, section_anchor
from ptce_graph.reports.pole_words import LABELS, SIGNS

if TYPE_CHECKING:
    from ptce_graph.poles.criteria import Criterion, Wording
    from ptce_graph.poles.rules import Threshold
    from ptce_graph.poles.typology import Placed
    from ptce_graph.publish.site.index import Row

PAGE = "criteria.html"
#: What is no answer on a criterion but on an exclusion has no sign.
_NO_SIGN = "–"
_MEANING = mark(
    "Met and not met are read in facts that documents tell; each answer leads to its passages. "
    "Not documented says that no document tells enough: it is not a failing, and there is no "
    "score."
)
_ASSESSED = mark("assessed by {author}, {date} ({value}): {reason}")


def criteria_page(making: Making) -> Page:
    """All criteria with their rules and thresholds, and the answers of all poles."""
    words = making.words
    every = _criteria(making)
    lists = [
        Section(
            name,
            words(title),
            (Articles(tuple(_article(making, one) for one in every if one.list == name)),),
        )
        for name, title in LISTS.items()
    ]
    about = Prose(
        (
            words(
                "Each rule is a query over the facts. A threshold is a parameter: it comes from "
                "the document named beside it, or is our convention where no document gives a "
                "number. What no fact can decide is left to an assessment, with its author, its "
                "date and its reason."
            ),
        )
    )
    return Page(
        PAGE,
        words("Criteria of a PTCE"),
        present(
            Section("poles", words("What each pole meets"), _matrix(making, every)),
            Section("rules", words("How answers are found"), (about,)),
            *lists,
        ),
        lead=(words(_MEANING),),
        trail=(making.home(),),
        current=PAGE,
        description=words(_MEANING),
    )


def _criteria(making: Making) -> tuple[Criterion, ...]:
    from ptce_graph.poles.criteria import criteria

    return criteria(making.index.facts)


def _matrix(making: Making, every: Iterable[Criterion]) -> tuple[Block, ...]:
    """Poles by criteria; first those of which most is documented, which is no ranking of poles."""
    words, judged = making.words, making.shared.judged
    if not judged.poles:
        return ()
    shown = [one for one in every if not one.is_exclusion]
    rows = []
    for pole in judged.poles:
        found = {one.criterion: one.value for one in judged.findings.of(pole)}
        values = [found[one.id] for one in shown]
        counts = [values.count(value) for value in SIGNS]
        cells = tuple((v, SIGNS[v], words(ANSWERS[v][0])) for v in values)
        rows.append((counts[-1], making.tell.actor(pole), cells, tuple(map(str, counts))))
    rows.sort(key=lambda row: (row[0], row[1].text))
    heads = tuple(
        (Link(short_name(one), f"{PAGE}#{one.id}"), one.label[making.language]) for one in shown
    )
    legend = " · ".join(f"{sign} {words(ANSWERS[value][0])}" for value, sign in SIGNS.items())
    return (
        Prose((legend,), "note"),
        Prose(
            (
                words(
                    "First come the poles of which most is documented. This is no ranking of "
                    "poles: it is that of what documents tell of them."
                ),
            ),
            "note",
        ),
        Matrix(
            words("Poles by criteria"),
            words("Pole"),
            heads,
            tuple(words(ANSWERS[value][0]) for value in SIGNS),
            tuple(row[1:] for row in rows),
        ),
    )


def _article(making: Making, one: Criterion) -> Article:
    """A criterion: both documents' wordings, the rule, its thresholds, what it leaves open."""
    words, language = making.words, making.language
    rule = one.rule
    pairs: list[tuple[str, Parts]] = [(words("Wording"), _wording(making, one.wording))]
    if one.other is not None:
        pairs.append((words("The other document's wording"), _wording(making, one.other)))
    for title, told in (
        (words("Rule"), rule.words[language]),
        (words("What the other wording changes"), rule.other[language]),
        (words("Left to judgement"), rule.judgement[language]),
    ):
        if told:
            pairs.append((title, (told,)))
    pairs += [
        (words("Threshold"), _threshold(making, threshold, threshold.default))
        for threshold in rule.thresholds
    ]
    return Article(one.id, f"{short_name(one)} – {one.label[language]}", tuple(pairs))


def _wording(making: Making, wording: Wording) -> Parts:
    """The words of a document, and where they stand in it."""
    words = making.words
    lines = words("lines {lines}").format(lines=wording.lines.replace("|", ", "))
    own = making.index.rows("criteria", "id", wording.id, 1)
    where = section_anchor(own[0]["section"]) if own else ""
    return (
        f"{wording.label[making.language]} – ",
        _document(making, wording.document, where),
        f", {lines}",
    )


def _document(making: Making, document: str, where: str = "") -> str | Link:
    """A document; as text where these data do not hold it (the criteria are lent then)."""
    if not has_page(making.index, "source", document):
        return document
    return Link(document, thing_page("source", document, where))


def _threshold(making: Making, threshold: Threshold, value: str) -> Parts:
    words = making.words
    number = number_words(value, making.language) if value else words(LABELS["unset"])
    told = f"{number} – {threshold.words[making.language]} ("
    if threshold.is_ours:
        return (told, words("our convention"), ")")
    lines = words("lines {lines}").format(lines=threshold.lines)
    return (told, _document(making, threshold.source), f", {lines})")


# On the page of a pole


def criteria_section(making: Making, pole: str) -> Section | None:
    """Each criterion with its answer, the passages that decide it or what is lacking."""
    words, judged = making.words, making.shared.judged
    if pole not in judged.poles:
        return None
    by_id = {one.id: one for one in judged.findings.criteria}
    found = [(by_id[one.criterion], one) for one in judged.findings.of(pole)]
    groups = []
    for name, title in LISTS.items():
        own = [(c, f) for c, f in found if c.list == name]
        told = words(title)
        if name != "exclusions":
            told += words(": ") + _counts(making, [finding.value for _c, finding in own])
        groups.append((told, tuple(_answered(making, c, f) for c, f in own)))
    blocks: list[Block] = [
        Prose((words(_MEANING),), "note"),
        Links(
            words("See also"),
            (
                Link(words("Profile on one page, to print"), profile_page(pole)),
                Link(words("All criteria and their rules"), PAGE),
            ),
        ),
        Answers(
            words("Criteria of a PTCE"),
            (words("Criterion"), words("Answer"), words("Passages, or what is lacking")),
            tuple(groups),
        ),
    ]
    return Section("criteria", words("Criteria of a PTCE"), tuple(blocks))


def _counts(making: Making, values: list[str]) -> str:
    return " · ".join(
        making.tell.of(making.words(ANSWERS[value][0]), str(values.count(value)))
        for value in (MET, NOT_MET, NOT_DOCUMENTED)
    )


def _answered(making: Making, criterion: Criterion, finding: Finding) -> Answered:
    language, words = making.language, making.words
    told: list[Parts] = []
    if finding.value != NOT_DOCUMENTED:
        told += _where(finding.evidence)
    lacking = finding.lacking_fr if language == "fr" else finding.lacking_en
    if lacking:
        told.append((making.tell.of(words("lacking"), lacking),))
    if finding.by == BY_ASSESSMENT:
        told += [_assessed(making, one) for one in finding.assessments]
    used = dict(finding.parameters)
    thresholds = tuple(
        "".join(
            p if isinstance(p, str) else p.text for p in _threshold(making, one, used[one.name])
        )
        for one in criterion.rule.thresholds
    )
    return Answered(
        Link(criterion.label[language], f"{PAGE}#{criterion.id}"),
        finding.value,
        SIGNS.get(finding.value, _NO_SIGN),
        words(ANSWERS[finding.value][0]),
        making.tell.joined(told, "\N{NARROW NO-BREAK SPACE}; " if language == "fr" else "; "),
        thresholds,
    )


def _assessed(making: Making, one: Assessment) -> Parts:
    kept = making.index.facts.same.get(one.author, one.author)
    author = making.tell.actor(kept) if kept in making.index.types else one.author
    date = date_words(one.date, making.language)
    value = making.words(ANSWERS[one.value][0])
    return filled(
        making.words(_ASSESSED),
        {"author": author, "date": date, "value": value, "reason": one.reason},
    )


def _where(evidence: Iterable[Evidence]) -> list[Parts]:
    """The passages that decide: by document the lines of each section, as a link to it."""
    found: dict[str, dict[str, list[Evidence]]] = {}
    for one in evidence:
        # Names that differ by accents or capitals only are those of one section.
        where = section_anchor(one.section)
        found.setdefault(one.document, {}).setdefault(where, []).append(one)
    told: list[Parts] = []
    for document, sections in sorted(found.items()):
        links = [
            Link(lines, thing_page("source", document, where))
            for where, of in sorted(sections.items())
            for lines in passages(of).values()
        ]
        if links:
            between = [part for link in links for part in (", ", link)][1:]
            told.append((f"{document} ", *between))
    return told


def placed(making: Making, pole: str) -> tuple[Placed, ...]:
    """Where a pole stands in the typology; nothing for what is none."""
    judged = making.shared.judged
    return judged.types.get(pole, ()) if pole in judged.poles else ()


def typology_section(making: Making, pole: str) -> Section | None:
    """Where the pole stands in the typology: stated by documents, or derived by a rule."""
    words, facts, found = making.words, making.index.facts, placed(making, pole)
    if not found:
        return None
    contrary = {code for one in conflicts(found) for code in one.codes}
    rows: dict[str, list[Row]] = {}
    for row in making.index.rows("characteristics", "thing", pole):
        rows.setdefault(row["characteristic"], []).append(row)
    by_dimension: dict[str, list[Fact]] = {}
    for one in found:
        scheme = DIMENSIONS[one.dimension].scheme
        label = label_of(facts, one, making.language)
        known = has_code(making.index, scheme, one.code)
        told = Link(label, code_page(scheme, one.code)) if known else label
        badges = [words(mark("to come"))] if one.planned else []
        if one.how == STATED and one.code in contrary:
            badges.append(words(mark("documents disagree")))
        how = words(mark("derived by a rule") if one.how == DERIVED else mark("stated"))
        passages_of: tuple[Passage, ...] = _passages(making, one.evidence)
        anchors: tuple[str, ...] = ()
        dates = ""
        if one.how == STATED:
            passages_of, anchors, dates = characteristic_told(making, rows[one.code])
        by_dimension.setdefault(one.dimension, []).append(
            Fact((told,), passages_of, anchors, dates, tuple(badges), how)
        )
    properties = tuple(
        Property(words(DIMENSIONS[name].label), tuple(told)) for name, told in by_dimension.items()
    )
    used = dict.fromkeys(one.rule for one in found if one.rule)
    notes = [Prose((making.tell.of(words("Rule"), words(RULES[n])),), "note") for n in used]
    return Section("typology", words("Typology"), (Properties(properties), *notes))


def _passages(making: Making, evidence: Iterable[Evidence]) -> tuple[Passage, ...]:
    rows = [
        {"source": e.document, "section": e.section, "lines": e.lines, "note": ""} for e in evidence
    ]
    return making.tell.passages(rows)
