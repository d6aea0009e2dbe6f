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
        "map": _("Map of the network"),
        "mapHelp": _(
            "Arrow keys move the map, + and - zoom, 0 shows everything. "
            "Every actor can also be reached by the search and the table."
        ),
        "viewAll": _("View all"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "close": _("Close"),
        "cancel": _("Cancel"),
        "selected": _("Selected: {name}"),
        "cleared": _("Selection cleared"),
        "shown": _("{n} of {total} actors shown"),
        "notes": _("Reading this map"),
        "sources": _("Sources"),
        "colon": _(": "),
        "noScript": _(
            "This map needs JavaScript. It runs in this page and asks nothing of a server."
        ),
        "newTab": _("opens in a new tab"),
        **_legend_words(_),
        **_card_words(_),
        **_table_words(_),
    }


def _legend_words(_: Callable[[str], str]) -> dict[str, str]:
    """What may be shown, and what it means."""
    return {
        "layout": _("Layout"),
        "layoutNetwork": _("Links"),
        "layoutGeo": _("Geography"),
        "layoutOverview": _("Between networks"),
        "display": _("Display"),
        "colorBy": _("Colour"),
        "sizeBy": _("Size"),
        "sizeDefault": _("Number of actors linked"),
        "groups": _("Groups"),
        "measures": _("Measures"),
        "areas": _("Areas"),
        "noAreas": _("None"),
        "areasMean": _(
            "Each area holds the members of a group; it can also cover others that lie "
            "between them."
        ),
        "areasSome": _("Drawn: {n} of {total}, the largest with two members or more."),
        "noGroup": _("None documented"),
        "severalGroups": _("Several groups: one fills, another rings"),
        "undefinedValue": _("Not defined"),
        "legend": _("Legend and filters"),
        "nodeKinds": _("Actors"),
        "edgeKinds": _("Links"),
        "showAll": _("Show all"),
        "commonMembers": _("Members in common"),
        "time": _("Time"),
        "play": _("Play the years"),
        "year": _("Year"),
        "timeSaid": _(
            "Dated links that hold in {year}: {n}. Links without a date stay shown: {undated}."
        ),
    }


def _card_words(_: Callable[[str], str]) -> dict[str, str]:
    """Cards and paths."""
    return {
        "facts": _("What the documents say"),
        "passages": _("Sources"),
        "neighbours": _("Linked to"),
        "website": _("Website"),
        "iri": _("Identifier"),
        "oneLink": _("{n} link"),
        "manyLinks": _("{n} links"),
        "noLink": _("no link"),
        "lines": _("lines {lines}"),
        "ownMap": _("Its own map"),
        "pathTo": _("Path to…"),
        "pathAim": _("From {name} to… Choose the other end by the search or on the map."),
        "pathTitle": _("From {from} to {to}"),
        "pathOver": _("Shortest path over the links now shown."),
        "noPath": _("The links now shown make no path between the two."),
        "oneStep": _("{n} step"),
        "manySteps": _("{n} steps"),
        "otherPaths": _("One of {n} paths as short."),
    }


def _table_words(_: Callable[[str], str]) -> dict[str, str]:
    """Tables and files."""
    return {
        "tables": _("Tables and downloads"),
        "table": _("Table of the actors"),
        "tableCaption": _("{n} of {total} actors, by the filters of the legend"),
        "linkTable": _("Table of the links"),
        "linkCaption": _("{n} of {total} links, by the filters of the legend"),
        "tableFilter": _("Rows that hold"),
        "name": _("Name"),
        "category": _("Category"),
        "kindColumn": _("Kind"),
        "statutColumn": _("Legal form"),
        "placeColumn": _("Place"),
        "regionColumn": _("Region"),
        "links": _("Number of links"),
        "from": _("From"),
        "to": _("To"),
        "linkKind": _("Kind of link"),
        "role": _("Role"),
        "years": _("Years"),
        "download": _("Download"),
        "image": _("Image (PNG)"),
        "vector": _("Drawing (SVG)"),
        "sheet": _("Actors (CSV)"),
        "linkSheet": _("Links (CSV)"),
        "linksFile": _("links"),
    }
