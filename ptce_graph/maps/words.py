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
        "noResult": _("No result for “{text}”."),
        "nearestNames": _("The nearest names:"),
        "alsoNamed": _("also named {name}"),
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
        "linkedMean": _(
            "Different actors and actions at the other end of its links, planned links included, "
            "whatever the filters."
        ),
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
        **_time_words(_),
    }


def _time_words(_: Callable[[str], str]) -> dict[str, str]:
    """What a year of the slider leaves on the map, and on whose word."""
    return {
        "allYears": _("all years"),
        "hideUndated": _("Hide links without a date"),
        "withoutDate": _("Link without a date: it may hold in another year"),
        "oneDated": _("{n} dated link"),
        "manyDated": _("{n} dated links"),
        "timeAll": _("{dated}, {undated} without a date."),
        "timeSaid": _(
            "Valid in {year}, according to the documents{of}: {dated}; {undated} without a date, "
            "drawn thinner."
        ),
        "timeHidden": _(
            "Valid in {year}, according to the documents{of}: {dated}; {undated} without a date, "
            "not shown."
        ),
        "timeGone": _("Actors without such a link, not shown: {n}."),
        "documentsOf": _(" (of {years})"),
        "documentsSome": _(" (of {years}, or undated)"),
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
        "oneLinked": _("{n} actor linked"),
        "manyLinked": _("{n} actors linked"),
        **_count_words(_),
        "line": _("line {lines}"),
        "lines": _("lines {lines}"),
        "ownMap": _("Its own map"),
        "pathTo": _("Path to…"),
        "pathAim": _("From {name} to… Choose the other end by the search or on the map."),
        "pathTitle": _("From {from} to {to}"),
        "pathOver": _("Shortest path over the links now shown."),
        "noPath": _("The links now shown make no path between the two."),
        "oneStep": _("{n} step"),
        "manySteps": _("{n} steps"),
        "otherPaths": _("{n} paths as short."),
        "oneMoreWay": _("… and {n} other."),
        "moreWays": _("… and {n} others."),
        "inCommon": _("What the two have in common: {n}"),
        "observed": _("Observed"),
        "planned": _("Planned"),
        "partlyPlanned": _("Partly planned"),
    }


def _count_words(_: Callable[[str], str]) -> dict[str, str]:
    """What a card counts, folds and shows against the filters."""
    return {
        "linksShown": _("On the map: {links} to {actors}"),
        "noLinkShown": _("On the map: no link"),
        "oneEnd": _("{n} actor or action"),
        "manyEnds": _("{n} actors or actions"),
        "onePlanned": _("one of them planned"),
        "manyPlanned": _("{n} of them planned"),
        "oneHidden": _("one hidden by your filters or the year"),
        "manyHidden": _("{n} hidden by your filters or the year"),
        "oneOutside": _("one towards an actor that this layout does not place"),
        "manyOutside": _("{n} towards actors that this layout does not place"),
        "nearOnly": _("Show only its neighbours"),
        "askedFor": _("Shown because you chose it: your filters or the year hide it."),
        "undated": _("date not said"),
        "more": _("Other statements"),
        "criteria": _("Criteria of a PTCE"),
        "criteriaIndispensable": _("Indispensable criteria"),
        "criteriaToTest": _("Criteria to test"),
        "criteriaEach": _("Criterion by criterion"),
        "criteriaMean": _(
            "From all documents and assessments, whatever the filters. What is not documented is "
            "not a failing: no document lists all there is."
        ),
        "met": _("met"),
        "notMet": _("not met"),
        "notDocumented": _("not documented"),
        "judged": _("assessed by an organisation"),
        "otherNames": _("Other names"),
        "precisionRow": _("On the map of places"),
        "measuresMean": _(
            "Measures are taken on the links that documents tell as done, planned ones left aside."
        ),
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
        "unsaid": _("not said"),
        "anyValue": _("All"),
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
        **_picture_words(_),
    }


def _picture_words(_: Callable[[str], str]) -> dict[str, str]:
    """Pictures of the whole map or of a part, and links to what is shown."""
    return {
        "picturePart": _("Pictures of"),
        "pictureWhole": _("the whole map"),
        "pictureView": _("the current view"),
        "wholeSaid": _("Whole map."),
        "partSaid": _("Part of the map: the view as it was on the screen."),
        "notShown": _("Not shown: {names}."),
        "viewFile": _("view"),
        "copyLink": _("Copy the link to this view"),
        "linkAddress": _("Address of this view"),
        "linkCopied": _("The link is copied."),
        "linkByHand": _("The browser does not allow copying: copy the address below."),
        "linkOfFile": _(
            "This page is a file on your computer: send the file too. The part from # on "
            "can be added to the address of any copy of this map."
        ),
    }
