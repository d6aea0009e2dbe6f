"""The report as one HTML page that needs nothing else: no request, no script, no other file.

The template is autoescaped; the figures, which we draw ourselves and whose
texts are escaped by the XML writer, are set in as they are.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

from ptce_graph.reports import numbers
from ptce_graph.reports.model import Counts, Definitions, Figure, Heading, Items, Report, Table

_SURROGATES = re.compile("[\ud800-\udfff]")


def html_text(report: Report) -> str:
    """The page of ``report``: write it as UTF-8, open it by double-click."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    style = (resources.files("ptce_graph.reports") / "report.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=PackageLoader("ptce_graph.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        kind=_kind,
        whole=numbers.whole,
        style=Markup(style),  # noqa: S704
        policy=content_policy(style),
        drawing=lambda figure: Markup(figure.svg),  # noqa: S704
    )
    page = environment.get_template("report.html.j2").render(report=report, labels=report.labels)
    # A lone surrogate cannot be written as UTF-8.
    return _SURROGATES.sub("\ufffd", page)


def _kind(block: object) -> str:
    """What a block is, for the template."""
    for kind, name in (
        (Table, "table"),
        (Figure, "figure"),
        (Counts, "counts"),
        (Items, "items"),
        (Definitions, "definitions"),
        (Heading, "heading"),
    ):
        if isinstance(block, kind):
            return name
    return "text"


def content_policy(style: str) -> str:
    """Nothing but our own style; the empty icon keeps browsers from asking a server for one."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
