"""What is written beside a node: a long name gives way to a shorter one of the same thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from ptce_graph.network.network import Network
from ptce_graph.tables.facts import values

#: Usual abbreviations, for what is written beside a node only.
_ABBREVIATIONS = (
    ("pôle territorial de coopération économique", "PTCE"),
    ("pôle territorial de coopération economique", "PTCE"),
    ("communauté d'agglomération", "CA"),
    ("communauté de communes", "CC"),
    ("communauté urbaine", "CU"),
)
#: Names longer than this give way, beside their node, to a shorter name of theirs.
_LONG_NAME = 24


def short_names(network: Network) -> dict[str, str]:
    """For things with a long name, the shortest name of theirs that is nobody else's."""
    actors = network.facts.actors
    uses = Counter(
        name
        for shown, others in zip(actors["name"], actors["names"], strict=True)
        for name in {one.casefold() for one in (shown, *others)}
    )
    given = _names_under_the_kept_identifier(network)
    shorts = {node: str(data["name"]) for node, data in network.graph.nodes(data=True)}
    for node in [node for node in shorts if node in actors.index]:
        if len(shorts[node]) > _LONG_NAME:
            own = [name for name in given.get(node, ()) if uses[name.casefold()] == 1]
            shorts[node] = _abbreviated(min([shorts[node], *own], key=lambda n: (len(n), n)))
    return shorts


def _names_under_the_kept_identifier(network: Network) -> dict[str, list[str]]:
    """The names of each thing, without those of what it was merged with (often misspelt)."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in ("organisations", "poles"):
        frame = network.facts.frames[table]
        own = frame[frame["id"] == frame["raw_id"]]
        for node, name, others in zip(own["id"], own["name"], own["alt_names"], strict=True):
            found[node] += [name, *values(others)]
    return found


def _abbreviated(name: str) -> str:
    if len(name) > _LONG_NAME:
        for long, short in _ABBREVIATIONS:
            name = re.sub(re.escape(long), short, name, flags=re.IGNORECASE)
    return name
