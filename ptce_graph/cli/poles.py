"""``ptce-graph poles``: what each pole meets of the criteria, what it lacks, what is not known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.cli.common import FilePath, data_option, give
from ptce_graph.cli.poles_told import HOW_TO_HAVE_POLES, tell, tell_profiles
from ptce_graph.errors import CallError, known_language, unknown_choice
from ptce_graph.i18n import DEFAULT_LANGUAGE, environment_language
from ptce_graph.i18n import gettext as _
from ptce_graph.tabular import csv_text

if TYPE_CHECKING:
    from ptce_graph.knowledge_graph import KnowledgeGraph
    from ptce_graph.poles.judge import Findings
    from ptce_graph.poles.profile import Profiles

#: Answers as RDF: ``publish.assessments.RDF_FORMATS``.
_RDF = ("ttl", "nt", "jsonld", "trig")
_FORMATS = ("table", "csv", "json", *_RDF)
_ENDINGS = {".csv": "csv", ".json": "json", ".html": "html", ".htm": "html"}
_ENDINGS |= {f".{name}": name for name in _RDF}


@click.command(
    "poles",
    short_help=_("Tell what each pole meets of the criteria, and what is not known."),
    help=_(
        "Tell what each pole meets of the criteria of a PTCE, fails, or cannot be judged on, "
        "with the passages behind each answer. With the NAME of a pole, this one: what it lacks, "
        "what we do not know."
    ),
    epilog=_('Example: ptce-graph poles "Pôle Sud Archer" -o pole.html'),
)
@click.argument("name", metavar=_("[NAME]"), default="")
@data_option
@click.option(
    "--compare",
    "compared",
    metavar=_("A B"),
    nargs=2,
    default=None,
    help=_("Two poles side by side, and how alike they are."),
)
@click.option(
    "--threshold",
    "thresholds",
    metavar=_("CRITERION.THRESHOLD=N"),
    multiple=True,
    help=_("Another threshold of a rule (note-inc-2.min=10); may be repeated."),
)
@click.option(
    "--questionnaire",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("Write the empty questionnaire of the national plan to this file (.csv or .xlsx)."),
)
@click.option(
    "--answers",
    metavar=_("FILE"),
    type=FilePath(),
    multiple=True,
    help=_(
        "A filled questionnaire (.csv, .xlsx, .ods): the profile of the pole beside the others; "
        "may be repeated. Nothing of it is kept."
    ),
)
@click.option(
    "--objectives",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_(
        "With --answers, which objective each indicator belongs to, as you decided: a table of "
        "indicator, objective (a to i), author and date."
    ),
)
@click.option(
    "--moment",
    metavar=_("NAME"),
    default="date",
    show_default=True,
    help=_("With --answers, what is one moment: date, month or year."),
)
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="",
    help=_("table, csv, json, or RDF: ttl, nt, jsonld, trig; that of the file's name without it."),
)
@click.option(
    "--lang",
    "language",
    metavar=_("NAME"),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help=_("Language of pages, files and the questionnaire: fr or en."),
)
@click.option(
    "-o",
    "--output",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("The file to write; with NAME, .html is the profile of that pole."),
)
def command(
    name: str,
    data: Path | None,
    compared: tuple[str, str] | None,
    thresholds: tuple[str, ...],
    questionnaire: Path | None,
    format_name: str,
    language: str,
    output: Path | None,
    **of_answers: Any,
) -> None:
    """Print tables on stdout, their legend on stderr; print the path of what is written."""
    known_language(language)
    if name and compared:
        raise CallError(_("Name either a pole or two to compare."))
    format_name = _format(format_name, output, name)
    given = _thresholds(thresholds)
    answers, about = _answers(**of_answers)
    import ptce_graph

    graph = ptce_graph.load(data)
    if (name or compared) and not (graph.actors["type"] == "pole").any():
        raise CallError(_("These data hold no pole."), _(HOW_TO_HAVE_POLES))
    if questionnaire is not None:
        flags = {"-o": output, "--compare": compared, "--threshold": thresholds}
        for flag, value in (flags | {"--answers": answers}).items():
            if value:
                words = _("--questionnaire takes no other output: leave {flag} out.")
                raise CallError(words.format(flag=flag))
        give(_questionnaire(graph, questionnaire, name, language))
        return
    if format_name == "html":
        assert output is not None
        give(graph.pole_page(name, output, language, given, answers, **about))
        return
    things = [_pole(graph, one) for one in compared or ((name,) if name else ())]
    if answers:
        shown = environment_language() if format_name == "table" else language
        profiles = graph.profile(answers, language=shown, **about)
        _give_profiles(profiles.of(*things), format_name, output, thresholds)
        return
    if format_name == "table":
        tell(graph, things, given)
        return
    found = graph.findings(given)
    _out(_file_text(found, things, format_name, language), output)


def _out(text: str, output: Path | None) -> None:
    """A text on stdout, or into a file whose path is printed."""
    if output is None:
        give(text, end="")
        return
    from ptce_graph.files import write_whole

    write_whole(output, text)
    give(output)


def _answers(
    answers: tuple[Path, ...], objectives: Path | None, moment: str
) -> tuple[tuple[Path, ...], dict[str, Any]]:
    """The filled questionnaires, and how to read them; nothing without any."""
    if answers:
        return answers, {"objectives": objectives, "moment": moment}
    if objectives or moment != "date":
        flag = "--objectives" if objectives else "--moment"
        raise CallError(_("{flag} goes with --answers.").format(flag=flag))
    return (), {}


def _format(told: str, output: Path | None, name: str) -> str:
    """The format asked for, or that of the file's ending; a page is of one pole."""
    if told and told not in _FORMATS:
        message = _("There is no format named {name}.").format(name=told)
        raise unknown_choice(message, told, _FORMATS)
    if output is None:
        return told or "table"
    ending = _ENDINGS.get(output.suffix.casefold(), "")
    found = told or ending
    if not found or found == "table":
        raise CallError(
            _("The end of {path} names no format.").format(path=output),
            _("Choose one of: {all}.").format(
                all=", ".join(one for one in _ENDINGS if one != ".htm")
            ),
        )
    if found == "html" and not name:
        example = 'ptce-graph poles "Pôle Sud Archer" -o pole.html'
        raise CallError(
            _("A page is about one pole: name it."), _("Example: {command}").format(command=example)
        )
    return found


def _thresholds(told: tuple[str, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in told:
        name, sign, value = one.partition("=")
        if not sign or not value:
            raise CallError(
                _("{given} is no threshold.").format(given=one),
                _("Write it as {example}.").format(example="note-inc-2.min=10"),
            )
        found[name.strip()] = value.strip()
    return found


def _pole(graph: KnowledgeGraph, name: str) -> str:
    from ptce_graph.network.actors import find_actor

    return find_actor(graph.facts, name, ("pole",))


def _questionnaire(graph: KnowledgeGraph, path: Path, name: str, language: str) -> Path:
    from ptce_graph.poles.framework import framework
    from ptce_graph.poles.questionnaire import write_questionnaire

    pole = _pole(graph, name) if name else ""
    return write_questionnaire(path, framework(graph.facts), language, pole)


def _give_profiles(
    profiles: Profiles, format_name: str, output: Path | None, thresholds: tuple[str, ...]
) -> None:
    from ptce_graph.poles.profile_shown import profile_frame, profile_record

    if thresholds:
        raise CallError(_("A profile decides on no criterion: leave --threshold out."))
    if format_name == "table":
        tell_profiles(profiles)
    elif format_name == "json":
        _out(json.dumps(profile_record(profiles), ensure_ascii=False, indent=1) + "\n", output)
    elif format_name == "csv":
        frame = profile_frame(profiles)
        _out(csv_text([str(column) for column in frame.columns], frame.values.tolist()), output)
    else:
        raise CallError(
            _("A profile is not told as {name}.").format(name=format_name),
            _("Choose one of: {all}.").format(all="table, csv, json, html"),
        )


def _file_text(found: Findings, things: list[str], format_name: str, language: str) -> str:
    from ptce_graph.poles.shown import answers_frame, records

    if format_name in _RDF:
        from ptce_graph.publish.assessments import assessment_quads, assessments_as

        return assessments_as(assessment_quads(found, things=things), format_name)
    if format_name == "json":
        return json.dumps(records(found, things), ensure_ascii=False, indent=1) + "\n"
    frame = answers_frame(found, language, things)
    return csv_text([str(column) for column in frame.columns], frame.values.tolist())
