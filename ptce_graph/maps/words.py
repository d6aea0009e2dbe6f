"""What the page itself says: its titles, buttons and announcements."""

from __future__ import annotations

from collections.abc import Callable


def words(_: Callable[[str], str]) -> dict[str, str]:
    """The page's own words by key, through the translator ``_``."""
    return {
        "skip": _("Skip to the table"),
        "search": _("Search"),
        "searchHint": _("Name of an organisation…"),
        "suggestion": _("{n} suggestion"),
        "suggestions": _("{n} suggestions"),
        "legend": _("Legend and filters"),
        "nodeKinds": _("Actors"),
        "edgeKinds": _("Links"),
        "showAll": _("Show all"),
        "map": _("Map of the network"),
        "mapHelp": _(
            "Arrow keys move the map, + and - zoom, 0 shows everything. "
            "Every actor can also be reached by the search and the table."
        ),
        "viewAll": _("View all"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "image": _("Image (PNG)"),
        "sheet": _("Table (CSV)"),
        "table": _("Table of the actors"),
        "tableCaption": _("{n} of {total} actors, by the filters of the legend"),
        "name": _("Name"),
        "category": _("Category"),
        "links": _("Number of links"),
        "facts": _("What the documents say"),
        "passages": _("Sources"),
        "neighbours": _("Linked to"),
        "website": _("Website"),
        "iri": _("Identifier"),
        "close": _("Close"),
        "oneLink": _("{n} link"),
        "manyLinks": _("{n} links"),
        "noLink": _("no link"),
        "lines": _("lines {lines}"),
        "selected": _("Selected: {name}"),
        "cleared": _("Selection cleared"),
        "shown": _("{n} of {total} actors shown"),
        "notes": _("Reading this map"),
        "sources": _("Sources"),
        "noScript": _(
            "This map needs JavaScript. It runs in this page and asks nothing of a server."
        ),
        "newTab": _("opens in a new tab"),
    }
