"""From facts to a report, and from a report to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ptce_graph.analysis.result import Request
from ptce_graph.errors import CallError
from ptce_graph.files import write_bytes_whole, write_whole
from ptce_graph.i18n import DEFAULT_LANGUAGE, LANGUAGES
from ptce_graph.i18n import gettext as _
from ptce_graph.network.actors import find_actor
from ptce_graph.progress import Progress
from ptce_graph.reports import groups_part, memberships_part, methods_part, nodes_part, ties_part
from ptce_graph.reports.context import Context, observed_only
from ptce_graph.reports.html import html_text
from ptce_graph.reports.markdown import markdown_text, methods_text
from ptce_graph.reports.model import Labels, Report, Section

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.tables.facts import Facts

#: From question to answer; each part is told as progress.
_PARTS = (
    nodes_part.key_figures,
    nodes_part.central,
    memberships_part.memberships,
    memberships_part.overlap,
    ties_part.bridges,
    groups_part.brokerage,
    ties_part.cuts,
    groups_part.mixing,
    groups_part.communities,
    nodes_part.sensitivity,
    methods_part.limits,
    methods_part.methods,
    methods_part.references,
    methods_part.documents,
)
_METHODS = ("limits", "methods", "references", "documents")


def report(
    facts: Facts,
    links: DataFrame,
    request: Request | None = None,
    *,
    language: str = DEFAULT_LANGUAGE,
    title: str = "",
    progress: Progress | None = None,
) -> Report:
    """The report of the network that ``request`` asks for: all observed links without it.

    Read of ``request``: ``projection``, ``filters``, ``engine``, ``pivots``,
    ``seed``, and ``between``, the two networks whose bridges are looked into
    (by name or identifier; those with most bridges without it). ``language``
    is ``fr`` or ``en``. The same data give the same report, byte for byte.
    Raises ``CallError`` for anything that names nothing.
    """
    if language not in LANGUAGES:
        raise CallError(
            _("Reports do not speak {language}.").format(language=language),
            _("Choose one of: {all}.").format(all=", ".join(LANGUAGES)),
        )
    request = request or Request()
    if request.between and len({find_actor(facts, name) for name in request.between}) != 2:
        raise CallError(_("It takes two different names."))
    context = Context(facts, links, request, language, progress)
    sections: list[Section] = []
    for number, part in enumerate(_PARTS):
        if progress:
            progress(part.__name__.replace("_", " "), number, len(_PARTS))
        sections.append(part(context))
    if progress:
        progress("", len(_PARTS), len(_PARTS))
    return Report(
        language=language,
        title=title or context.words("Cooperation networks: an analysis"),
        subtitle=context.basis(),
        lead=_lead(context),
        sections=tuple(sections),
        methods=_METHODS,
        labels=_labels(context),
    )


def write_report(made: Report, folder: Path) -> Path:
    """Write ``made`` under ``folder``; return the path of ``report.html``.

    Each file is written whole; what else is in the folder stays. Raises
    ``CallError`` where ``folder`` is a file.
    """
    folder = Path(folder)
    if folder.is_file():
        raise CallError(_("{path} is a file, not a folder.").format(path=folder))
    for table in made.tables:
        write_whole(folder / table.file, table.csv)
    for figure in made.figures:
        write_whole(folder / figure.file, f'<?xml version="1.0" encoding="utf-8"?>\n{figure.svg}')
        write_bytes_whole((folder / figure.file).with_suffix(".pdf"), figure.pdf)
    write_whole(folder / "methods.md", methods_text(made))
    write_whole(folder / "report.md", markdown_text(made))
    path = folder / "report.html"
    # Last: who sees it finds all that it leads to.
    write_whole(path, html_text(made))
    return path


def _lead(context: Context) -> tuple[str, ...]:
    """The key for reading: what is measured, on what, and what it is not."""
    words = context.words
    what = words(
        "This report measures who is tied to whom among organisations, networks and poles, as "
        "documents tell it: each number comes from links that a document tells, each with its "
        "section and lines."
    )
    if observed_only(context.request):
        kept = words("Only observed links count; what a document merely plans is left out.")
    else:
        kept = words("Links that a document merely plans are counted with those it observes.")
    missing = words(
        "A missing link is not a no. Ranks tell of the documents as much as of the field: read "
        "each with its interval, and each number with its definition, to which the heading of "
        "its column leads."
    )
    return (f"{what} {kept} {missing}",)


def _labels(context: Context) -> Labels:
    words = context.words
    return Labels(
        contents=words("Contents"),
        table=words("Table {n}"),
        figure=words("Figure {n}"),
        more=words("More rows in {file}: {n}."),
        whole=words("In full: {file}."),
        source=words("Source: {source}."),
        pair=words("{label}: {text}"),
        skip=words("Skip to the content"),
    )
