"""Answers as bytes, each row counted: a bound is met exactly, and no answer is cut.

The formats are those of the W3C: SPARQL 1.1 Query Results JSON, XML, CSV and
TSV, and for triples whatever pyoxigraph writes. A triple term (RDF 1.2) is
written as the SPARQL 1.2 drafts have it. CSV is that of the specification:
what a program reads, with no cell changed for spreadsheets.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring as _json_text
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ptce_graph.vocabulary import terms

_BATCH = 500
_XSD_STRING = terms.PREFIXES["xsd"] + "string"
_QUOTED = re.compile(r'[",\r\n]')
#: What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BeyondLimitError(Exception):
    """The answer is larger than it may be; ``limit`` is ``rows`` or ``bytes``."""

    def __init__(self, limit: str) -> None:
        self.limit = limit
        super().__init__(limit)


class NotInThisFormatError(Exception):
    """The format cannot hold what the answer holds."""


class Bounded(io.BytesIO):
    """Bytes up to a bound; raises ``BeyondLimitError`` beyond it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self.most:
            raise BeyondLimitError("bytes")
        return super().write(data)


def write_boolean(answer: bool, format_name: str, out: Bounded) -> None:
    """The answer to an ASK query; CSV and TSV, which define none, hold the word alone."""
    word = "true" if answer else "false"
    if format_name == "json":
        out.write(f'{{"head":{{}},"boolean":{word}}}'.encode())
    elif format_name == "xml":
        out.write(_XML_HEAD.encode() + f"<head/><boolean>{word}</boolean></sparql>".encode())
    else:
        out.write(f"{word}\n".encode())


def write_solutions(
    solutions: Any, format_name: str, rows: int, out: Bounded, order: list[int] | None = None
) -> None:
    """Write the solutions in ``json``, ``xml``, ``csv`` or ``tsv``, ``rows`` of them at most.

    ``order``: the places of the columns, in the order wanted.
    """
    names = [variable.value for variable in solutions.variables]
    moved = order if order and order != sorted(order) else None
    if moved:
        names = [names[place] for place in moved]
    head, row_of, between, tail = _SOLUTION_WRITERS[format_name](names)
    out.write(head.encode())
    count = 0
    for batch in _batches(solutions):
        count += len(batch)
        if count > rows:
            raise BeyondLimitError("rows")
        drawn: Iterable[Any] = batch
        if moved:
            drawn = ([solution[place] for place in moved] for solution in batch)
        start = between if count > len(batch) else ""
        out.write((start + between.join(map(row_of, drawn))).encode())
    out.write(tail.encode())


def write_triples(triples: Any, format_name: str, rows: int, out: Bounded) -> None:
    """Write triples, each once and in order, in a format of pyoxigraph (``TURTLE`` …)."""
    import pyoxigraph as ox

    found = set()
    for batch in _batches(triples):
        found.update(batch)
        if len(found) > rows:
            raise BeyondLimitError("rows")
    ordered = sorted(found, key=str)
    written = Bounded(out.most)
    try:
        ox.serialize(
            ordered,
            written,
            format=getattr(ox.RdfFormat, format_name),
            prefixes=dict(terms.PREFIXES) if format_name in _WITH_PREFIXES else None,
        )
    except (ValueError, OSError) as error:
        raise NotInThisFormatError(str(error)) from error
    out.write(_with_sorted_prefixes(written.getvalue()))


_WITH_PREFIXES = ("TURTLE", "TRIG", "RDF_XML")
_PREFIX_LINES = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_ROOT = re.compile(rb"(<rdf:RDF)((?: xmlns:[a-z]+=\"[^\"]*\")+)")


def _with_sorted_prefixes(data: bytes) -> bytes:
    """``data`` with its prefixes in order: pyoxigraph has them in any."""
    if lines := _PREFIX_LINES.match(data):
        return b"".join(sorted(lines[0].splitlines(keepends=True))) + data[lines.end() :]
    if root := _XML_ROOT.search(data, 0, 10_000):
        names = b" ".join(sorted(root[2].split()))
        return data[: root.start()] + root[1] + b" " + names + data[root.end() :]
    return data


def _batches(results: Any) -> Iterator[list[Any]]:
    drawn = iter(results)
    while batch := list(islice(drawn, _BATCH)):
        yield batch


_Writer = tuple[str, Callable[[Any], str], str, str]


def _json_writer(names: list[str]) -> _Writer:
    keys = [_json_text(name) + ":" for name in names]

    def row(solution: Any) -> str:
        cells = [
            key + _json_term(term)
            for key, term in zip(keys, solution, strict=True)
            if term is not None
        ]
        return "{" + ",".join(cells) + "}"

    head = ",".join(map(_json_text, names))
    return f'{{"head":{{"vars":[{head}]}},"results":{{"bindings":[', row, ",", "]}}"


def _json_term(term: Any) -> str:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{_json_text(term.value)}}}'
    if isinstance(term, ox.Literal):
        about = ""
        if term.language:
            about = f',"xml:lang":{_json_text(term.language)}'
        elif term.datatype.value != _XSD_STRING:
            about = f',"datatype":{_json_text(term.datatype.value)}'
        return f'{{"type":"literal","value":{_json_text(term.value)}{about}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{_json_text(term.value)}}}'
    parts = ",".join(f'"{part}":{_json_term(getattr(term, part))}' for part in _PARTS)
    return f'{{"type":"triple","value":{{{parts}}}}}'


#: Of a triple term.
_PARTS = ("subject", "predicate", "object")
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml_writer(names: list[str]) -> _Writer:
    attributes = [quoteattr(name) for name in names]

    def row(solution: Any) -> str:
        cells = [
            f"<binding name={name}>{_xml_term(term)}</binding>"
            for name, term in zip(attributes, solution, strict=True)
            if term is not None
        ]
        return "<result>" + "".join(cells) + "</result>"

    head = "".join(f"<variable name={name}/>" for name in attributes)
    return f"{_XML_HEAD}<head>{head}</head><results>\n", row, "\n", "\n</results></sparql>\n"


def _xml_term(term: Any) -> str:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml_text(term.value)}</bnode>"
    if isinstance(term, ox.Literal):
        about = ""
        if term.language:
            about = f" xml:lang={quoteattr(term.language)}"
        elif term.datatype.value != _XSD_STRING:
            about = f" datatype={quoteattr(term.datatype.value)}"
        return f"<literal{about}>{_xml_text(term.value)}</literal>"
    inner = "".join(f"<{part}>{_xml_term(getattr(term, part))}</{part}>" for part in _PARTS)
    return f"<triple>{inner}</triple>"


def _xml_text(text: str) -> str:
    if _NOT_XML.search(text):
        raise NotInThisFormatError("XML 1.0: control character")
    # A reader of XML would turn a bare return into a new line.
    return escape(text, {"\r": "&#13;"})


def _csv_writer(names: list[str]) -> _Writer:
    def row(solution: Any) -> str:
        return ",".join("" if term is None else _csv_cell(term) for term in solution) + "\r\n"

    return ",".join(names) + "\r\n", row, "", ""


def _csv_cell(term: Any) -> str:
    import pyoxigraph as ox

    text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _tsv_writer(names: list[str]) -> _Writer:
    def row(solution: Any) -> str:
        # As N-Triples: tabs and ends of lines are escaped in it.
        return "\t".join("" if term is None else str(term) for term in solution) + "\n"

    return "\t".join(f"?{name}" for name in names) + "\n", row, "", ""


_SOLUTION_WRITERS: dict[str, Callable[[list[str]], _Writer]] = {
    "json": _json_writer,
    "xml": _xml_writer,
    "csv": _csv_writer,
    "tsv": _tsv_writer,
}
