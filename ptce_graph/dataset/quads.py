"""RDF terms and quads as N-Quads text, built column by column.

Text by column is what makes the large data affordable: a row-by-row graph
object takes more than ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pandas import Series

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\x00-\x1f\x7f]')
#: What an IRI may hold as it stands, so that no text from data closes the brackets.
#: Square brackets belong to addresses of machines only (``[::1]``): data hold none.
_IRI_SAFE = ":/?#@!$&'()*+,;=%-._~"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_AUTHORITY = re.compile("(?<=://)[^/?#]*")
_PORT = re.compile(":[0-9]*$")

_DATE_TYPES = {4: terms.XSD_G_YEAR, 7: terms.XSD_G_YEAR_MONTH, 10: terms.XSD_DATE}


def iri(value: str) -> str:
    """``<value>``, with every character that an IRI may not hold percent-encoded."""
    value = _LONE_PERCENT.sub("%25", value)
    # Halves of characters have no UTF-8; they are told as one that is missing.
    safe = quote(value, safe=_IRI_SAFE, errors="replace")
    whole, hash_sign, fragment = safe.partition("#")
    whole = _AUTHORITY.sub(_authority, whole, count=1)
    return f"<{whole}{hash_sign}{fragment.replace('#', '%23')}>"


def _authority(found: re.Match[str]) -> str:
    """``user@host:port`` with one ``@`` and one ``:`` at most after it, as IRIs have it."""
    user, at, host = found[0].rpartition("@")
    port = _PORT.search(host)
    name = host[: port.start()] if port else host
    name = name.replace(":", "%3A")
    return user.replace("@", "%40") + at + name + (port[0] if port else "")


def literal(text: str, language: str = "", datatype: str = "") -> str:
    """``"text"``, ``"text"@language`` or ``"text"^^<datatype>``."""
    escaped = _ESCAPED.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), text)
    if language:
        return f'"{escaped}"@{language}'
    return f'"{escaped}"^^<{datatype}>' if datatype else f'"{escaped}"'


def date_literal(date: str) -> str:
    """A date typed by its precision: year, month or day."""
    return literal(date, datatype=_DATE_TYPES[len(date)])


def whole_address(text: str) -> str:
    """A web address as the source writes it, made whole: ``www.x.fr`` -> ``http://www.x.fr``."""
    text = text.strip()
    return text if text.lower().startswith(("http://", "https://")) else f"http://{text}"


def web_iri(address: str) -> str:
    """The IRI of a web address, which the source may write without its ``http://``."""
    return iri(whole_address(address))


class Quads:
    """A set of quads, as lines of N-Quads."""

    def __init__(self) -> None:
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, obj: str, graph: str) -> None:
        """One quad; ``subject``, ``obj`` and ``graph`` are terms, ``predicate`` an IRI."""
        self._lines.add(f"{subject} <{predicate}> {obj} {graph} .\n")

    def add_column(self, subjects: Series, predicate: str, objects: Series, graphs: Series) -> None:
        """One quad per row of ``objects``; a missing object gives none."""
        kept = objects.index[objects.notna()]
        if kept.empty:
            # A column of nothing has no type of text to be joined to.
            return
        objects = objects[kept]
        column = subjects[kept] + f" <{predicate}> " + objects + " " + graphs[kept] + " .\n"
        self._lines.update(column)

    def update(self, lines: Iterable[str]) -> None:
        self._lines.update(lines)

    def __len__(self) -> int:
        return len(self._lines)

    def canonical(self) -> str:
        """Sorted N-Quads, the canonical form: same facts, same bytes."""
        return "".join(sorted(self._lines))
