"""RDF terms as text, and quads as columns of such text, sorted and written as N-Quads.

Text by column is what makes the large data affordable: a row-by-row graph
object takes more than ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    import numpy as np
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


#: Quads that are put into words at once: some dozens of megabytes.
_AT_ONCE = 200_000

#: Texts in columns of Arrow (``pyarrow.LargeStringArray``), which comes without types.
Texts = Any


@dataclass(frozen=True)
class Lines:
    """Some sorted lines: ``quads`` as N-Quads, and ``merged``, the triples new to the merge.

    ``count`` is the number of quads; of all ``of``, ``done`` have come with these.
    """

    quads: bytes
    merged: bytes
    count: int
    done: int
    of: int


class Quads:
    """A set of quads, each graph a list of columns of triples (``s <p> o``)."""

    def __init__(self) -> None:
        self._few: dict[str, list[str]] = {}
        self._columns: dict[str, list[Texts]] = {}

    def add(self, subject: str, predicate: str, obj: str, graph: str) -> None:
        """One quad; ``subject``, ``obj`` and ``graph`` are terms, ``predicate`` an IRI."""
        self.add_triple(f"{subject} <{predicate}> {obj}", graph)

    def add_triple(self, triple: str, graph: str) -> None:
        """One quad from its triple as N-Triples write it, without the end of the line."""
        self._few.setdefault(graph, []).append(triple)

    def add_column(
        self, subjects: Series, predicate: str, objects: Series, graphs: Series | str
    ) -> None:
        """One quad per row of ``objects``; a missing object gives none.

        ``subjects`` and ``graphs`` have the rows of ``objects`` or, by their
        index, more; ``graphs`` may be one graph for all.
        """
        if not objects.index.equals(subjects.index):
            subjects = subjects.loc[objects.index]
        if not isinstance(graphs, str) and not objects.index.equals(graphs.index):
            graphs = graphs.loc[objects.index]
        kept = objects.notna().to_numpy()
        if not kept.any():
            return
        if not kept.all():
            subjects, objects = subjects[kept], objects[kept]
            graphs = graphs if isinstance(graphs, str) else graphs[kept]
        triples = joined(f" <{predicate}> ", texts(subjects), texts(objects))
        for graph, rows in _by_graph(graphs):
            found = triples if rows is None else triples.filter(rows)
            self._columns.setdefault(graph, []).append(found)

    def __len__(self) -> int:
        return sum(some.count for some in self.sorted())

    def canonical(self) -> str:
        """Sorted N-Quads, the canonical form: same facts, same bytes."""
        return b"".join(some.quads for some in self.sorted()).decode("utf-8")

    def sorted(self, in_merge: Callable[[str], bool] = lambda _graph: True) -> Iterator[Lines]:
        """The quads in their order, some at once, each once.

        ``in_merge`` tells of a graph (``<IRI>``) whether its triples belong to
        the merge. The order of triples and then of graphs is that of the lines,
        since the space that ends a triple comes before all that could follow.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        graphs = sorted({*self._few, *self._columns})
        if not graphs:
            return
        triples, graph_of = self._all(graphs)
        # A stable sort: triples that are equal stay in the order of their graphs.
        order = pc.sort_indices(triples).to_numpy()
        names = pa.array(graphs, pa.large_string())
        merged = np.array([in_merge(graph) for graph in graphs])
        before = _Before(merged)
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            some, of = triples.take(pa.array(rows)), graph_of[rows]
            new, new_in_merge = before.new(some, of)
            quads = some.filter(pa.array(new))
            told = joined(" ", quads, names.take(pa.array(of[new])))
            yield Lines(
                _told(told),
                _told(some.filter(pa.array(new_in_merge))),
                int(np.sum(new)),
                min(start + _AT_ONCE, len(order)),
                len(order),
            )

    def _all(self, graphs: list[str]) -> tuple[Texts, np.ndarray[Any, Any]]:
        """The triples of all graphs one after the other, and the number of each one's graph."""
        import numpy as np
        import pyarrow as pa

        columns, sizes = [], []
        for graph in graphs:
            of = [*self._columns.get(graph, ())]
            if graph in self._few:
                of.append(pa.array(self._few[graph], pa.large_string()))
            columns += of
            sizes.append(sum(map(len, of)))
        return pa.concat_arrays(columns), np.repeat(np.arange(len(graphs), dtype=np.int32), sizes)


class _Before:
    """What of sorted triples is new: as a quad, and as a triple of the merge."""

    def __init__(self, merged: np.ndarray[Any, Any]) -> None:
        self.merged = merged
        self.last: tuple[str, int] | None = None
        self.last_merged: str | None = None

    def new(
        self, triples: Texts, of: np.ndarray[Any, Any]
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """For each of ``triples``, whose graphs are ``of``: is the quad new, is the triple."""
        import numpy as np

        other = _differs(triples)
        quad = other.copy()
        quad[1:] |= of[1:] != of[:-1]
        first = triples[0].as_py()
        quad[0] = self.last != (first, of[0])
        # One of the same triples of the merge is enough: the first whose graph is in it.
        belongs = self.merged[of]
        merged = np.zeros(len(of), dtype=bool)
        at = np.flatnonzero(belongs)
        if len(at):
            group = np.cumsum(other)
            _groups, firsts = np.unique(group[at], return_index=True)
            merged[at[firsts]] = True
            if triples[int(at[0])].as_py() == self.last_merged:
                merged[at[0]] = False
            self.last_merged = triples[int(at[-1])].as_py()
        self.last = (triples[len(of) - 1].as_py(), of[-1])
        return quad, merged


def _differs(triples: Texts) -> np.ndarray[Any, Any]:
    """Whether each text is another than the one before; the first is."""
    import numpy as np
    import pyarrow.compute as pc

    other = np.ones(len(triples), dtype=bool)
    if len(triples) > 1:
        other[1:] = pc.not_equal(triples[1:], triples[:-1]).to_numpy(zero_copy_only=False)
    return other


def texts(column: Series | list[str]) -> Texts:
    """A column of texts as Arrow holds it."""
    import pyarrow as pa

    kind = pa.large_string()
    found = column if isinstance(column, list) else column.array
    if not isinstance(column, list) and column.dtype == "object":
        found = column.to_numpy()
    made = pa.array(found, from_pandas=True)
    chunks = made.chunks if isinstance(made, pa.ChunkedArray) else [made]
    # Pandas makes one column of several, and not always of one type.
    return pa.concat_arrays([chunk.cast(kind) for chunk in chunks] or [pa.array([], kind)])


def joined(separator: str, *columns: Texts | str) -> Texts:
    """Texts side by side, row by row; a text alone stands in every row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = pa.large_string()
    told = [pa.scalar(column, kind) if isinstance(column, str) else column for column in columns]
    return pc.binary_join_element_wise(*told, pa.scalar(separator, kind))


def _by_graph(graphs: Series | str) -> Iterator[tuple[str, Texts | None]]:
    """Each graph and which rows are its own (a mask); without mask where all are."""
    import pandas as pd
    import pyarrow as pa

    if isinstance(graphs, str):
        yield graphs, None
        return
    codes, names = pd.factorize(graphs)
    for number, name in enumerate(names):
        yield str(name), pa.array(codes == number) if len(names) > 1 else None


def _told(lines: Texts) -> bytes:
    """The lines of N-Quads or N-Triples that stand for ``lines``."""
    if not len(lines):
        return b""
    import numpy as np

    # The buffer of a column holds its texts one after the other.
    _nulls, offsets, data = joined("", lines, " .\n").buffers()
    end = int(np.frombuffer(offsets, np.int64)[len(lines)])
    return memoryview(data)[:end].tobytes()


def things(prefix: str, identifiers: Series) -> Series:
    """The IRI ``<prefix/identifier>`` of every row: at once where identifiers are plain."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    made = texts(identifiers)
    if pc.all(pc.match_substring_regex(made, "^[a-z0-9.-]*$")).as_py() is False:
        made = texts([iri(f"{prefix}{identifier}") for identifier in identifiers])
    else:
        made = joined("", iri(prefix)[:-1], made, ">")
    return pd.Series(made, index=identifiers.index, dtype=pd.ArrowDtype(pa.large_string()))


def literals(column: Series, language: str = "") -> Series:
    """``literal`` of every filled cell, at once where no cell needs an escape; the rest missing."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    made = texts(column)
    if pc.any(pc.match_substring_regex(made, _ESCAPED.pattern)).as_py():
        return spread(column, lambda text: literal(text, language) if text else None)
    told = pc.if_else(pc.equal(made, ""), pa.scalar(None, pa.large_string()), made)
    end = f'"@{language}' if language else '"'
    quoted = joined("", '"', told, end)
    return pd.Series(quoted, index=column.index, dtype=pd.ArrowDtype(pa.large_string()))


def spread(column: Series, make: Callable[[str], str | None]) -> Series:
    """``make`` of every cell, called once per different text; missing where it gives ``None``."""
    import pandas as pd
    import pyarrow as pa

    kind = pa.large_string()
    codes, found = pd.factorize(column)
    made = pa.array([make(text) for text in found], kind)
    spread_out = made.take(pa.array(codes, mask=codes < 0))
    return pd.Series(spread_out, index=column.index, dtype=pd.ArrowDtype(kind))
