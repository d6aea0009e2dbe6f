"""The store: quads in pyoxigraph, and SPARQL over them. On disk: see ``build``."""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ptce_graph.dataset.history import is_history_graph
from ptce_graph.dataset.quads import Lines, Quads
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

    from ptce_graph.dataset.remote import Endpoint

#: Pieces of text that may wait to be loaded.
_MOST_WAITING = 4

#: What a query may ask of the parser, which is recursive and would end the process.
_LONGEST_QUERY = 100_000
_DEEPEST_QUERY = 100
_MOST_OPERATORS = 1000

TOKEN = re.compile(
    r"""(?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')"""
    r"""|(?P<iri><[^\s<>"{}|^`]*>)|(?P<comment>\#[^\n\r]*)""",
    re.DOTALL,
)
#: Variables, the ends of prefixed names and languages, which may be called anything.
_NAME = re.compile(r"[?$]\w+|:(?:[\w%:.-]*[\w%:-])?|@[\w-]+")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")
_OPERATOR = re.compile(r"\|\||&&|[/|!^*+-]|UNION|OPTIONAL|MINUS|FILTER|BIND", re.IGNORECASE)


_PARSER_PLACE = re.compile(r"error at ([0-9]+):([0-9]+): expected (?:one of )?")
#: Of the parser's own sentences, what they mean.
_PARSER_WORDS = {
    "variable that is unbound": mark(
        "SELECT names a variable that the pattern does not bind, or that GROUP BY leaves out."
    ),
    '"\\\\U"': mark("A text begins and does not end: a quotation mark is missing."),
    "IRI parsing failed": mark("What stands between < and > is no IRI."),
}
_CLASSES = re.compile(r"\[[^\]]*\]")
#: Signs alone: the keywords it names are often not those that could stand there.
_EXPECTED = re.compile(r'"([^"\\\s]+)"')
_DIGITS = "['0'..='9']"
_MOST_EXPECTED = 8
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_PREFIX = re.compile(r"(?<![\w?$:%.@-])((?:[^\W\d_][\w.-]*)?):")


class UnreadableQueryError(CallError):
    """The text of a query is no SPARQL."""


def memory_store(quads: Quads | str) -> Store:
    """A store in memory that holds ``quads`` (N-Quads, where a text), ready for ``run_query``."""
    from pyoxigraph import Store

    store = Store()
    load(store, as_quads(quads).sorted(in_merge))
    return store


def as_quads(quads: Quads | str) -> Quads:
    """``quads``, read where they are N-Quads as text."""
    if not isinstance(quads, str):
        return quads
    found = Quads()
    for line in quads.split("\n"):
        if line:
            # Graph names are IRIs, and an IRI holds no space: the last one ends the triple.
            triple, graph, _dot = line.rsplit(" ", 2)
            found.add_triple(triple, graph)
    return found


def in_merge(graph: str) -> bool:
    """Whether what the graph ``<IRI>`` says belongs to the merge that queries see."""
    return not is_history_graph(graph)


def load(store: Store, quads: Iterable[Lines]) -> None:
    """Load the named graphs, and their merge as the default graph, side by side.

    A query over the union of graphs would count a triple once per document
    that says it; over the merge it counts once, as RDF means it. The lines are
    loaded as they come, so that few of them are in memory at once.
    """
    from concurrent.futures import Future, ThreadPoolExecutor

    from pyoxigraph import RdfFormat

    def part(text: bytes, of: RdfFormat) -> None:
        if text:
            # Whoever made the lines has escaped them: lenient means not looking at it again.
            store.bulk_load(text, of, lenient=True)

    with ThreadPoolExecutor(1) as named, ThreadPoolExecutor(1) as merged:
        waiting: deque[Future[None]] = deque()
        for lines in quads:
            waiting.append(named.submit(part, lines.quads, RdfFormat.N_QUADS))
            waiting.append(merged.submit(part, lines.merged, RdfFormat.N_TRIPLES))
            while len(waiting) > _MOST_WAITING:
                waiting.popleft().result()
        for one in waiting:
            one.result()


def run_query(store: Store | Endpoint, text: str) -> Any:
    """The results of a SPARQL query: solutions, triples or a boolean of pyoxigraph.

    Patterns outside ``GRAPH`` match the merge of all graphs; ``GRAPH ?g`` tells
    which document says what. The usual prefixes need not be declared. Raises
    ``CallError`` where the query cannot be read or asks another service; what
    goes wrong later, as results are drawn, is for ``query_errors``.
    """
    refuse_unsafe(text)
    with query_errors(text):
        return store.query(text, prefixes=dict(terms.PREFIXES))


@contextlib.contextmanager
def query_errors(text: str = "") -> Iterator[None]:
    """What goes wrong inside, told as ``CallError``: results are drawn one by one.

    Where the query ``text`` cannot be read, as ``UnreadableQueryError``.
    """
    try:
        yield
    except SyntaxError as error:
        raise _unreadable(str(error), text) from error
    except (ValueError, OSError, RuntimeError) as error:
        told = str(error)
        raise CallError(
            _("The SPARQL query cannot be answered: {error}").format(
                error=told if len(told) <= 200 else told[:199] + "…"
            )
        ) from error


def _unreadable(told: str, text: str) -> UnreadableQueryError:
    """What the parser says, in words: its list of what it expected is of no use to people."""
    place = _PARSER_PLACE.match(told)
    where = {"line": place[1], "column": place[2]} if place else {"line": "1", "column": "1"}
    message = _("The SPARQL query cannot be read: line {line}, column {column}.").format(**where)
    if (prefix := _unknown_prefix(told, text)) is not None:
        return UnreadableQueryError(
            f"{message} " + _("The prefix {prefix}: is not known.").format(prefix=prefix),
            _("Declare it: PREFIX {prefix}: <…>. Known without: {known}.").format(
                prefix=prefix, known=", ".join(f"{name}:" for name in sorted(terms.PREFIXES))
            ),
        )
    expected = told[place.end() :] if place else told
    if expected == "CONSTRUCT":
        meant = _("A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its prefixes.")
        return UnreadableQueryError(f"{message} {meant}")
    for said, meant in _PARSER_WORDS.items():
        if said in expected:
            return UnreadableQueryError(f"{message} {_(meant)}")
    signs = _EXPECTED.findall(_CLASSES.sub("", expected))
    if _DIGITS in expected:
        signs.append("0–9")
    if signs:
        shown = " ".join(signs[:_MOST_EXPECTED]) + (" …" if len(signs) > _MOST_EXPECTED else "")
        message += " " + _("Expected there, one of: {signs}.").format(signs=shown).replace(
            "….", "…"
        )
    return UnreadableQueryError(message)


def _unknown_prefix(told: str, text: str) -> str | None:
    bare = TOKEN.sub(" ", text)
    if "Prefix not found" not in told and set("'\"") & set(bare):
        # A text without its end: what stands in it is no name.
        return None
    known = {*terms.PREFIXES, *_DECLARED.findall(bare)}
    return next((name for name in _PREFIX.findall(bare) if name not in known), None)


def refuse_unsafe(text: str) -> None:
    """Raise ``CallError`` for a query that asks another server, or that would end the process.

    Escapes (``\\u0053``) may stand anywhere in a query: it is looked at before
    and after they are read.
    """
    if len(text) > _LONGEST_QUERY:
        raise CallError(
            _("The query is too long: {n} characters at most.").format(n=_LONGEST_QUERY)
        )
    for seen in (text, _CODEPOINT.sub(_character, text)):
        bare = TOKEN.sub(" ", seen)
        iris = "".join(m["iri"] or "" for m in TOKEN.finditer(seen))
        # ``<`` may also compare; then what looks like an IRI may hide words from us,
        # but only with a quote or a parenthesis in it.
        words = seen if set("')") & set(iris) else _NAME.sub(" ", bare)
        if "service" in words.lower():
            raise CallError(_("SERVICE is refused: a query asks nothing of other servers."))
        if _depth(bare) > _DEEPEST_QUERY or len(_OPERATOR.findall(bare)) > _MOST_OPERATORS:
            raise CallError(_("The query is too deep: write it with fewer nested parts."))


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number <= 0x10FFFF else ""


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text.replace("<<", "(").replace(">>", ")"):
        if character in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth = max(0, depth - 1)
    return deepest
