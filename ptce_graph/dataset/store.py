"""The store: quads in pyoxigraph, in memory or on disk, and SPARQL over them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.files import locked, write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

    from ptce_graph.dataset.remote import Endpoint

NQUADS_FILE = "dataset.nq"
CURRENT = "current"
_LOCK = ".lock"
#: The folders that are ours to remove; all others belong to the person.
_STORE_NAME = re.compile("store-[0-9a-f]{16}")
_PARTIAL_NAME = re.compile(r"\.store-[0-9a-f]{16}-[0-9]+")

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


def memory_store(nquads: str) -> Store:
    """A store in memory that holds ``nquads``, ready for ``run_query``."""
    from pyoxigraph import Store

    store = Store()
    _load(store, nquads)
    return store


def _load(store: Store, nquads: str) -> None:
    """Load the named graphs, and their merge as the default graph.

    A query over the union of graphs would count a triple once per document
    that says it; over the merge it counts once, as RDF means it.
    """
    from pyoxigraph import RdfFormat

    store.bulk_load(nquads.encode("utf-8"), RdfFormat.N_QUADS)
    # Graph names are IRIs, and an IRI holds no space: the last one ends the triple.
    triples = {line.rsplit(" ", 2)[0] for line in nquads.split("\n") if line}
    merged = "".join(f"{triple} .\n" for triple in sorted(triples))
    store.bulk_load(merged.encode("utf-8"), RdfFormat.N_TRIPLES)


def write_build(nquads: str, folder: Path) -> Path:
    """Write ``dataset.nq`` and an on-disk store under ``folder``; return the store's path.

    The store stands in a folder named by its content, with the ``dataset.nq``
    it was made from; ``current`` names the one in use and is replaced in one
    step, so that a build stopped at any moment leaves the previous one usable.
    The ``dataset.nq`` beside ``current`` is a copy for people: for the moment
    between the two writes it is already the new one. Builds of one folder wait
    for each other.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(nquads.encode("utf-8")).hexdigest()[:16]
    final = folder / f"store-{digest}"
    with locked(folder / _LOCK):
        # Whoever left a partial store is dead, or it would hold the lock.
        _remove(folder, _PARTIAL_NAME)
        if not final.exists():
            _write_store(nquads, folder / f".{final.name}-{os.getpid()}", final)
        write_whole(folder / NQUADS_FILE, nquads)
        write_whole(folder / CURRENT, final.name + "\n")
        _remove(folder, _STORE_NAME, but=final)
    return final


def _write_store(nquads: str, partial: Path, final: Path) -> None:
    from pyoxigraph import Store

    try:
        store = Store(str(partial))
        _load(store, nquads)
        store.flush()
        del store
        write_whole(partial / NQUADS_FILE, nquads)
        partial.rename(final)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _remove(folder: Path, name: re.Pattern[str], but: Path | None = None) -> None:
    for other in folder.iterdir():
        if name.fullmatch(other.name) and other != but:
            shutil.rmtree(other, ignore_errors=True)


def open_build(folder: Path) -> Store:
    """The store that the last finished build left under ``folder``, read-only."""
    from pyoxigraph import Store

    current = folder / CURRENT
    # A build may replace the store between the two reads: then look again.
    for _attempt in range(3):
        name = current.read_text(encoding="utf-8").strip() if current.is_file() else ""
        if _STORE_NAME.fullmatch(name) and (folder / name).is_dir():
            with contextlib.suppress(OSError):
                return Store.read_only(str(folder / name))
    raise CallError(
        _("{folder} holds no build.").format(folder=folder),
        _("Make one: ptce-graph build -o {folder}").format(folder=folder),
    )


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
