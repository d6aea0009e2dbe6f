"""The words of the profile of a pole."""

from __future__ import annotations

from ptce_graph.i18n import mark
from ptce_graph.poles.composition import BELONGS, IS_PARTY, THROUGH
from ptce_graph.poles.findings import (
    AGAINST,
    DECIDES,
    MET,
    NOT_DOCUMENTED,
    NOT_MET,
    PLANNED,
    SUPPORTS,
)

WEIGHTS = {
    DECIDES: mark("decides"),
    SUPPORTS: mark("shown, does not decide"),
    AGAINST: mark("speaks against"),
    PLANNED: mark("only planned"),
}
TOUCHES = {
    IS_PARTY: mark("a party of the pole"),
    BELONGS: mark("the pole belongs to it"),
    THROUGH: mark("through {parties}"),
}
#: The sign of each answer: told by its form too, not by its colour alone.
SIGNS = {MET: "✓", NOT_MET: "✗", NOT_DOCUMENTED: "?"}

LABELS = {
    "skip": mark("Skip to the content"),
    "kicker": mark("Profile of a pole, from published documents"),
    "place": mark("Place"),
    "carrier": mark("Carrier"),
    "stage": mark("Stage"),
    "names": mark("Also called"),
    "since": mark("Since"),
    "unknown": mark("not documented"),
    "criteria": mark("What the criteria say"),
    "criterion": mark("Criterion"),
    "answer": mark("Answer"),
    "passages": mark("Passages"),
    "lacking": mark("What is lacking, what we do not know"),
    "fails": mark("Not met, as a document or an organisation says"),
    "fails_none": mark("No document says that a criterion is not met."),
    "to_know": mark("Not known: what would have to be documented"),
    "to_judge": mark("Not known: what only an assessment can answer"),
    "known_all": mark("Every criterion has an answer."),
    "exclusions": mark("Exclusions"),
    "exclusions_help": mark("A scale of its own: what is not a pole."),
    "typology": mark("Typology"),
    "derived": mark("derived"),
    "planned": mark("to come"),
    "composition": mark("Who takes part"),
    "networks": mark("Networks touched"),
    "composition_note": mark("Counts of what documents name: no list is known to be complete."),
    "map": mark("Its own network"),
    "map_note": mark(
        "What documents observe: the pole, those who take part, and what ties two of them or more."
    ),
    "map_command": mark("The interactive map, with what is planned:"),
    "map_table": mark("The ties of this map, with their passages"),
    "brokers": mark("Who brings others together"),
    "brokers_note": mark(
        "In the pole's own network without the pole: the share of pairs whose shortest paths go "
        "through it (betweenness, 0 to 1)."
    ),
    "brokers_none": mark("As documents tell it, nothing but the pole ties those who take part."),
    "shared": mark("Shared with other poles"),
    "shared_none": mark("No document names anybody who is in another pole too."),
    "candidacies": mark("Candidacies, its own and those of who takes part"),
    "framework": mark("Profile on the action framework"),
    "general": mark("Its general objectives:"),
    "objectives": mark("Its main objectives:"),
    "fill": mark("The pole can answer for itself. The questionnaire, then the page with answers:"),
    "illegible": mark("What the source leaves illegible, and how to read an answer"),
    "figure_table": mark("The same numbers as a table"),
    "alike": mark("Poles alike"),
    "alike_none": mark("Too little is known to compare it with another."),
    "sources": mark("Sources"),
    "facts": mark("The facts behind each answer"),
    "facts_none": mark("No fact of these data speaks of it."),
    "rule": mark("Rule"),
    "other": mark("The other document's wording"),
    "judgement": mark("Left to judgement"),
    "thresholds": mark("Thresholds"),
    "unset": mark("not set"),
    "assessed": mark("Assessed by {author}, {date} ({value}): {reason}"),
    "by_rule": mark("By the rule alone: {value}."),
    "nothing": mark("These data hold nothing on it."),
    "legend": mark("[n] is a source, listed below; the numbers after it are its lines."),
    "no_mark": mark(
        "No score: what is not documented is not a failing, and no document lists all there is."
    ),
}
