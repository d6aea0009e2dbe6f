"""``ptce-graph reconcile``: one organisation under several names, found and judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.cli.common import FilePath, FolderPath, data_option, give, say
from ptce_graph.cli.progress import progress_line
from ptce_graph.errors import CallError
from ptce_graph.i18n import environment_language
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.importers.reconcile.candidates import Pair
    from ptce_graph.importers.reconcile.folder import Folder

_SHOWN = 20


@click.command(
    "reconcile",
    short_help=_("Find one organisation under several names, and judge it."),
    help=_(
        "Find the same organisation across the sources of a data folder, or of it against another "
        "graph: by SIREN, SIRET, RNA and Wikidata, then by name, place, website and legal form. "
        "Each pair has a score from 0 to 1 and its reasons. Judgements (same, different, unsure) "
        "are given in the review file or in the terminal, kept in identities.csv, and can be "
        "taken back."
    ),
    epilog=_("Example: ptce-graph reconcile --data my-folder -o review.csv"),
)
@data_option
@click.option(
    "--against",
    metavar=_("DIR"),
    default="",
    help=_("Another data folder, or “bundled”: pairs of a thing here and one there."),
)
@click.option(
    "-o",
    "--output",
    "output",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("Write the review file: fill its column “judgement”, in a spreadsheet."),
)
@click.option(
    "--judgements",
    metavar=_("FILE"),
    type=FilePath(),
    default=None,
    help=_("Read a filled review file into identities.csv."),
)
@click.option("--review", is_flag=True, help=_("Judge in the terminal, one pair at a time."))
@click.option(
    "--accept",
    metavar=_("SCORE"),
    type=click.FloatRange(0.5, 1.0),
    default=None,
    help=_("Judge the same all pairs from this score on; 0.98: what an identifier makes certain."),
)
@click.option(
    "--undo", metavar=_("LEFT RIGHT"), nargs=2, default=None, help=_("Take a judgement back.")
)
@click.option(
    "--source",
    "sources",
    metavar=_("DOCUMENT"),
    multiple=True,
    help=_("Pairs that touch this document only."),
)
@click.option(
    "--minimum",
    metavar=_("SCORE"),
    type=click.FloatRange(0.0, 1.0),
    default=0.1,
    show_default=True,
    help=_("Pairs from this score on."),
)
@click.option("--again", is_flag=True, help=_("Pairs that were judged unsure, too."))
def command(data: Path | None, against: str, **options: Any) -> None:
    """Do one thing of: undo, read judgements, accept, review, write the file, show."""
    from ptce_graph.importers.reconcile.candidates import Search
    from ptce_graph.importers.reconcile.folder import Folder

    output, judgements, undo = (options[name] for name in ("output", "judgements", "undo"))
    accept, review = options["accept"], options["review"]
    if sum(map(bool, [undo, judgements, accept is not None, review, output])) > 1:
        raise CallError(
            _("--output, --judgements, --review, --accept and --undo go one at a time."),
        )
    folder = Folder.opened(data, _other(against))
    if undo:
        say(_("Taken back: {row}").format(row=folder.undo(*undo)))
        return
    if judgements:
        new = folder.take_review(judgements)
        say(_("Judgements written: {n}.").format(n=len(new)))
        return
    with progress_line() as progress:
        search = Search(options["minimum"], options["again"], options["sources"])
        pairs = folder.pairs(search, progress)
    if accept is not None:
        _accept(folder, pairs, accept)
    elif review:
        _review(folder, pairs)
    elif output:
        folder.write_review(pairs, output, environment_language())
        _say_written(pairs, output, data)
    else:
        _show(pairs, data)


def _other(against: str) -> Path | str:
    if not against or against == "bundled":
        return against
    return FolderPath().convert(against, None, None)


def _show(pairs: list[Pair], data: Path | None) -> None:
    """The first pairs on stdout, and what to do with all of them."""
    from ptce_graph.importers.reconcile.candidates import frame_of
    from ptce_graph.tabular import table_text

    if not pairs:
        say(_("No pair is left to judge."))
        return
    frame = frame_of(pairs[:_SHOWN], environment_language())
    columns = ["score", "left", "right", "left_name", "right_name", "why"]
    give(table_text(columns, frame[columns].to_numpy().tolist(), width=60), end="")
    say(_("Pairs to judge: {n}, shown: {shown}.").format(n=len(pairs), shown=len(frame)))
    of_data = f"--data {data} " if data else ""
    file = _("review.csv")
    told = f"ptce-graph reconcile {of_data}-o {file}"
    say(_("All of them, to fill in a spreadsheet: {command}").format(command=told))


def _say_written(pairs: list[Pair], output: Path, data: Path | None) -> None:
    told = f"ptce-graph reconcile --data {data or _('DIR')} --judgements {output}"
    say(
        _(
            "Pairs in {path}: {n}. Write same, different or unsure in its column “judgement”, "
            "then: {command}"
        ).format(n=len(pairs), path=output, command=told)
    )


def _accept(folder: Folder, pairs: list[Pair], score: float) -> None:
    new, refused = folder.accept(pairs, score)
    for error in refused:
        say(error.message)
    say(
        _("Judged the same: {n}. Refused, since other judgements contradict: {refused}.").format(
            n=len(new), refused=len(refused)
        )
    )


#: What is typed, in French or English, and the judgement it is. "d" is different in both.
_ANSWERS = {"s": "same", "m": "same", "d": "different", "u": "unsure", "i": "unsure"}


def _review(folder: Folder, pairs: list[Pair]) -> None:
    """One pair after the other until none is left or the person stops; each answer is kept."""
    from ptce_graph.importers.reconcile.judgements import ContradictionError

    done = 0
    for number, pair in enumerate(pairs, start=1):
        if folder.is_settled(pair):
            continue
        give(_side_by_side(pair, number, len(pairs)), end="")
        answer = _asked()
        if answer == "q":
            break
        if answer == "n":
            continue
        reason = click.prompt(
            _("Reason (Enter: what was found)"), default="", show_default=False, err=True
        )
        try:
            done += folder.judge(pair, _ANSWERS[answer], reason)
        except ContradictionError as error:
            say(error)
    say(_("Judgements written: {n}.").format(n=done))


def _asked() -> str:
    question = _("s same, d different, u unsure, n next, q quit")
    answers = click.Choice([*_ANSWERS, "n", "q"], case_sensitive=False)
    try:
        told = click.prompt(question, type=answers, show_choices=False, err=True)
    except click.Abort:
        # Ctrl-C, or the end of what is typed: all answers so far are kept.
        return "q"
    return str(told).lower()


def _side_by_side(pair: Pair, number: int, total: int) -> str:
    from ptce_graph.importers.reconcile.candidates import frame_of
    from ptce_graph.tabular import table_text

    row = frame_of([pair], environment_language()).iloc[0]
    labels = {
        "": _("identifier here"),
        "_name": _("name"),
        "_place": _("place"),
        "_identifiers": _("identifiers"),
        "_sources": _("documents"),
    }
    rows = [[label, row[f"left{of}"], row[f"right{of}"]] for of, label in labels.items()]
    head = ["", "A", "B"]
    found = _("score {score}: {why}").format(score=row["score"], why=row["why"])
    return f"\n{number}/{total}\n{table_text(head, rows, width=50)}{found}\n"
