"""The options that say which links a network is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ptce_graph.i18n import gettext as _

if TYPE_CHECKING:
    from ptce_graph.network.filters import Filters

#: Each option, the field of ``Filters`` it fills, its blank and its help.
_OPTIONS = (
    ("--kind", "kinds", _("KIND"), _("Links of this kind: membership, carrying or cooperation.")),
    ("--role", "roles", _("ROLE"), _("Links with this role.")),
    ("--network", "networks", _("NETWORK"), _("Links that touch this network or its members.")),
    ("--pole", "poles", _("POLE"), _("Links that touch this pole or its members.")),
    (
        "--region",
        "regions",
        _("PLACE"),
        _("Links that touch this region (of today or of before 2016), department or town."),
    ),
    ("--statut", "statuts", _("STATUT"), _("Links that touch an organisation of this statut.")),
    ("--source", "sources", _("DOCUMENT"), _("Links that this document tells.")),
    ("--without-source", "without_sources", _("DOCUMENT"), _("Leave this document out.")),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters to a command; each may be repeated, ``read_filters`` gathers them."""
    planned = click.option(
        "--planned", is_flag=True, help=_("With the links that a document only plans.")
    )
    return link_options(planned(command))


def link_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters to a command that says itself whether planned links count."""
    command = click.option(
        "--as-of",
        "as_of",
        metavar=_("DATE"),
        default="",
        help=_("Links that hold on this date (2013, 2013-01, 2013-01-31), and undated ones."),
    )(command)
    for flag, name, metavar, words in reversed(_OPTIONS):
        command = click.option(flag, name, metavar=metavar, multiple=True, help=words)(command)
    return command


def read_filters(given: dict[str, Any]) -> Filters:
    """The ``Filters`` of the options given, which are taken out of ``given``."""
    from ptce_graph.network.filters import OBSERVED, Filters

    names = [name for _flag, name, _metavar, _words in _OPTIONS]
    told = {name: tuple(given.pop(name)) for name in names}
    states = () if given.pop("planned") else OBSERVED.states
    return Filters(states=states, as_of=given.pop("as_of"), **told)
