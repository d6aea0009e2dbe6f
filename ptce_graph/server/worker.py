"""A process that answers queries one by one: ``python -m ptce_graph.server.worker FOLDER MB``.

It opens the last build of FOLDER for reading, reads requests on its standard
input and writes answers on its standard output, both as frames: four bytes of
length, then JSON; an answer's JSON is followed by as many bytes as its
``bytes`` says. Whatever a query does (endless, too large, too deep for the
parser) ends this process only: ``workers`` starts another.
"""

from __future__ import annotations

import faulthandler
import gzip
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ptce_graph.dataset.build import CURRENT, open_build
from ptce_graph.dataset.store import (
    TOKEN,
    UnreadableQueryError,
    query_errors,
    refuse_unsafe,
)
from ptce_graph.errors import CallError, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.server.limits import limit_own_memory
from ptce_graph.server.writers import (
    BeyondLimitError,
    Bounded,
    NotInThisFormatError,
    write_boolean,
    write_solutions,
    write_triples,
)
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

#: Smaller answers are not worth compressing; level 5 gives most of what 9 does.
_GZIP_FROM, _GZIP_LEVEL = 1400, 5
#: The first is the outermost one.
_SELECT = re.compile(
    r"(?<![?$\w:.-])SELECT(?![\w:.-])(?P<every>\s*(?:(?:DISTINCT|REDUCED)\s*)?\*)?", re.IGNORECASE
)
_VARIABLE = re.compile(r"[?$]([\w\u00b7\u0300-\u036f\u203f\u2040]+)")
_FROM = re.compile(r"(?<![?$\w:])FROM\b(?!\s+NAMED\b)", re.IGNORECASE)


def current_build(folder: Path) -> str:
    """The name of the store that the last finished build left under ``folder``, or empty."""
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def main(folder: str, megabytes: str) -> None:
    """Answer until the standard input ends."""
    requests, answers = sys.stdin.buffer, _own_stdout()
    store, name = _opened(Path(folder))
    limit_own_memory(int(megabytes))
    send(answers, {"ready": name, "quads": _counts(store)})
    silence = Path(os.devnull).open("w")  # noqa: SIM115
    while (request := receive(requests)) is not None:
        # Should the supervisor be gone, this process ends by itself, whatever the query does.
        faulthandler.dump_traceback_later(request["seconds"], exit=True, file=silence)
        header, body = answer(store, request)
        faulthandler.cancel_dump_traceback_later()
        send(answers, {**header, "bytes": len(body)}, body)


def _own_stdout() -> BinaryIO:
    """The standard output for our frames alone: whoever prints, prints nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(own.fileno(), os.O_BINARY)
        msvcrt.setmode(0, os.O_BINARY)
    else:
        # The web side comes first.
        os.nice(5)
    return own


def _opened(folder: Path) -> tuple[Store, str]:
    """The store and its name, which a build may change between the two reads."""
    while True:
        name = current_build(folder)
        store = open_build(folder)
        if name == current_build(folder):
            return store, name


def _counts(store: Store) -> dict[str, int]:
    """How many triples each named graph holds; the merge of all by an empty name."""
    every: Any = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    named: Any = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    counts = {row["g"].value: int(row["n"].value) for row in named}
    return {"": int(next(iter(every))["n"].value), **counts}


def answer(store: Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The header and the body of what ``request`` asks.

    ``request``: ``query``, ``language``, ``default_graphs`` and ``named_graphs``
    (both empty: the whole dataset), ``solutions`` and ``triples`` (the formats
    wanted, or None where none is acceptable), ``rows``, ``bytes``, ``gzip``.
    ``status`` of the header: ``ok``, ``wrong`` (with ``problem``, ``message``, ``hint``),
    ``unacceptable``, ``unwritable``, ``rows`` or ``bytes``.
    """
    # Words follow the environment, and this process serves one reader at a time.
    os.environ["LANGUAGE"] = request["language"]
    out = Bounded(request["bytes"])
    try:
        kind = _write_answer(store, request, out)
    except CallError as error:
        kind = "syntax" if isinstance(error, UnreadableQueryError) else "query"
        return {
            "status": "wrong",
            "problem": kind,
            "message": error.message,
            "hint": error.hint,
        }, b""
    except BeyondLimitError as error:
        return {"status": error.limit}, b""
    except NotInThisFormatError:
        return {"status": "unwritable"}, b""
    if not kind:
        return {"status": "unacceptable"}, b""
    body = out.getvalue()
    zipped = bool(request["gzip"]) and len(body) >= _GZIP_FROM
    if zipped:
        body = gzip.compress(body, _GZIP_LEVEL, mtime=0)
    return {"status": "ok", "kind": kind, "gzip": zipped}, body


def _write_answer(store: Store, request: dict[str, Any], out: Bounded) -> str:
    """Write what the query gives; return its kind, or nothing where no format suits it."""
    import pyoxigraph as ox

    results = _results(store, request)
    kind = "triples" if isinstance(results, ox.QueryTriples) else "solutions"
    wanted = request[kind]
    if wanted is None:
        return ""
    with query_errors():
        if isinstance(results, ox.QueryTriples):
            write_triples(results, wanted, request["rows"], out)
        elif isinstance(results, ox.QueryBoolean):
            write_boolean(bool(results), wanted, out)
        else:
            names = [variable.value for variable in results.variables]
            order = column_order(request["query"], names)
            write_solutions(results, wanted, request["rows"], out, order)
    return kind


def column_order(text: str, names: list[str]) -> list[int]:
    """The places of ``names`` in the order of an answer's columns.

    That of the query's own list, and for ``SELECT *``, where the engine has
    none, the order in which the query ``text`` names them (SPARQL 1.1 leaves it open).
    """
    given = list(range(len(names)))
    bare = TOKEN.sub(" ", text)
    projection = _SELECT.search(bare)
    if projection is None or projection["every"] is None:
        return given
    seen = {name: place for place, name in enumerate(dict.fromkeys(_VARIABLE.findall(bare)))}
    return sorted(given, key=lambda place: seen.get(names[place], len(seen)))


def _results(store: Store, request: dict[str, Any]) -> Any:
    import pyoxigraph as ox

    text, chosen, named = request["query"], request["default_graphs"], request["named_graphs"]
    refuse_unsafe(text)
    if len(chosen) > 1 or len(_FROM.findall(TOKEN.sub(" ", text))) > 1:
        raise CallError(
            _("One default graph at most: over several, engines count a triple once for each."),
            _("Leave them out to ask the merge of all graphs, or name graphs with GRAPH."),
        )
    known = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    for name in [*chosen, *named]:
        if name not in known:
            near = nearest(name, sorted(known)) or sorted(known)[0]
            raise CallError(
                _("This dataset has no graph named {name}.").format(name=name[:200]),
                _("Did you mean {nearest}?").format(nearest=near),
            )
    dataset: dict[str, Any] = {}
    if chosen or named:
        dataset = {
            "default_graph": [ox.NamedNode(name) for name in chosen],
            "named_graphs": [ox.NamedNode(name) for name in named],
        }
    with query_errors(text):
        return store.query(text, prefixes=dict(terms.PREFIXES), **dataset)


def send(stream: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame and its body."""
    head = json.dumps(header).encode("ascii")
    stream.write(len(head).to_bytes(4, "big") + head + body)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The JSON of the next frame, or None at the end."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    return json.loads(stream.read(int.from_bytes(size, "big")))


if __name__ == "__main__":
    main(*sys.argv[1:])
