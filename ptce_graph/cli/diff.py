"""``ptce-graph diff``: what changed from one release to another, fact by fact."""

from __future__ import annotations

from pathlib import Path

import click

from ptce_graph.cli.common import give
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import environment_language
from ptce_graph.i18n import gettext as _

_FORMATS = ("text", "json")


@click.command(
    "diff",
    short_help=_("Tell what changed between two releases, fact by fact."),
    help=_(
        "Tell what changed from the release OLD to NEW: things that came, went or took another "
        "name, and the facts that each document gives or gives no longer. Each is the folder of "
        "a release, or a file of N-Quads or TriG (.nq, .trig, also with .gz)."
    ),
    epilog=_("Example: ptce-graph diff release-1 release-2"),
)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    metavar=_("NAME"),
    default="text",
    show_default=True,
    help=_("text or json."),
)
def command(old: Path, new: Path, format_name: str) -> None:
    """Print the difference on stdout."""
    if format_name not in _FORMATS:
        message = _("There is no format named {name}.").format(name=format_name)
        raise unknown_choice(message, format_name, _FORMATS)
    import json

    from ptce_graph.publish.changes.changes import changes, read_release
    from ptce_graph.publish.changes.told import as_json, told

    language = environment_language()
    found = changes(read_release(old), read_release(new), language)
    if format_name == "json":
        give(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        give(told(found, language), end="")
