"""A source that is there already: what a file changes in it is shown, then asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.cli.common import FilePath, give, say
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.importers.run import Import


#: What may be typed, in French or English.
_YES, _NO = ("y", "yes", "o", "oui"), ("n", "no", "non")


def edition_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an import into a source that is there already."""
    for option in (
        click.option(
            "--changes",
            "changes_file",
            metavar=_("FILE"),
            type=FilePath(),
            default=None,
            help=_("Write to this CSV file all that is new, changed or gone."),
        ),
        click.option("--yes", is_flag=True, help=_("Take the changes of a source without asking.")),
    ):
        function = option(function)
    return function


@dataclass
class Edition:
    """What the person said of updates: ``yes`` to all, and where the changes are to go."""

    yes: bool
    changes_file: Path | None
    _told: bool = field(default=False, init=False)
    _asked: bool = field(default=False, init=False)

    def accept(self, done: Import) -> bool:
        """Show what would change and ask; ``CallError`` where there is nobody to answer."""
        self.tell(done)
        if done.update is not None:
            done.update.check_dates()
        if self.yes:
            return True
        if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
            raise CallError(
                _("Nothing was taken: the source is there already, and there is nobody to ask."),
                _("Take these changes with --yes; look at them all with --changes FILE."),
            )
        self._asked = True
        # click.confirm knows the letters of English only.
        answers = click.Choice([*_YES, *_NO], case_sensitive=False)
        question = _("Take these changes? (y: yes, n: no)")
        told = click.prompt(
            question, type=answers, default="n", show_choices=False, show_default=False, err=True
        )
        return told.lower() in _YES

    def tell(self, done: Import) -> None:
        """The changes, once; all of them in a file where one was asked for."""
        update = done.update
        if self._told or update is None:
            return
        self._told = True
        if update.standing is not None and not update.identical:
            source = done.imported.source
            if update.same_file:
                say(
                    _("The same file of {source}, read otherwise; nothing ends.").format(
                        source=source
                    )
                )
            else:
                say(_("What this file changes in {source}:").format(source=source))
            for line in update.changes.told() if update.changes else ():
                say(line)
        if self.changes_file is not None:
            self._write(done)

    def over(self, done: Import) -> bool:
        """Whether nothing is left to do, though nothing was written; told in a sentence."""
        update = done.update
        if update is None:
            return False
        if update.identical:
            give(_("{file} was imported before: nothing to add.").format(file=done.path.name))
            return True
        if update.standing is not None and self._asked:
            give(_("Nothing was taken; the source stays as it was."))
            return True
        return False

    def _write(self, done: Import) -> None:
        from ptce_graph.files import write_whole
        from ptce_graph.importers.compare import compare

        assert self.changes_file is not None and done.update is not None
        changes = done.update.changes or compare({}, done.imported.frames)
        write_whole(self.changes_file, changes.csv())
        give(self.changes_file)
