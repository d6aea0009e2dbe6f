"""The mapping file: what each column of a spreadsheet becomes, written and read as YAML.

It is the guess, to be corrected by hand where it is wrong, and it stays with
the source. It is read from the nodes of the YAML parser, never built into
objects; every key that is none is told with its line and the nearest right one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import EXAMPLES_PER_KIND, CallError, Problem, nearest
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark
from ptce_graph.importers.labels import ACCREDITATIONS, accreditation

if TYPE_CHECKING:
    from yaml import MappingNode, Node

MEMBERS, LINKS = "members", "links"
SHAPES = (MEMBERS, LINKS)
LEFT_OUT = "left-out"

#: What a column can become, in words.
USES: dict[str, str] = {
    "name": mark("name"),
    "alt_names": mark("other names"),
    "siren": mark("SIREN"),
    "siret": mark("SIRET"),
    "rna": mark("RNA number"),
    "legal_form": mark("legal form"),
    "accreditations": mark("accreditations"),
    "accredited": mark("has this accreditation"),
    "postal_code": mark("postal code"),
    "commune": mark("municipality"),
    "insee_code": mark("INSEE code of the municipality"),
    "department": mark("department"),
    "region": mark("region"),
    "website": mark("website"),
    "created": mark("date of creation"),
    "network": mark("networks it belongs to"),
    "member-of": mark("member of this network"),
    "role": mark("role in the network"),
    "start": mark("since when"),
    "end": mark("until when"),
    "a": mark("first organisation"),
    "b": mark("second organisation"),
    "kind": mark("kind of link"),
    LEFT_OUT: mark("left out"),
}
#: Those that several columns may have.
SEVERAL = ("siret", "alt_names", "accreditations", "accredited", "network", "member-of", LEFT_OUT)
_MAX_BYTES = 1 << 20
_HEAD = (
    "# Ce que devient chaque colonne. Corrigez, puis : ptce-graph import spreadsheet … --mapping\n"
    "# What each column becomes. Correct it, then: ptce-graph import spreadsheet … --mapping\n"
    f"# {' · '.join(USES)}\n"
)


@dataclass(frozen=True)
class Column:
    """A column and its ``use`` (of ``USES``).

    ``network`` is the one that a column of crosses stands for, ``accreditation``
    (a code) likewise; ``separator`` stands between the values of its cells.
    ``why`` and ``examples`` are for who reads the guess.
    """

    column: str
    use: str = LEFT_OUT
    network: str = ""
    separator: str = ""
    accreditation: str = ""
    why: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """How a sheet is read: ``header`` is its row, 0 where there is none.

    ``network`` is the network whose members all rows are, ``role`` their role
    (a code); ``kinds`` maps words of a column of kinds to codes, ``kind`` is the
    code of all links.
    """

    sheet: str = ""
    header: int = 1
    shape: str = MEMBERS
    network: str = ""
    role: str = ""
    kind: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()

    def of(self, use: str) -> list[Column]:
        """The columns of that use, in the order of the sheet."""
        return [column for column in self.columns if column.use == use]

    def one(self, use: str) -> str:
        """The name of the column of that use, or ``""``."""
        return next((column.column for column in self.of(use)), "")


_TOP = tuple(f.name for f in fields(Mapping))
_OF_COLUMN = ("use", "network", "separator", "accreditation")


def mapping_text(mapping: Mapping) -> str:
    """The mapping as YAML: same mapping, same text."""
    lines = [_HEAD.rstrip("\n")]
    for name in ("sheet", "header", "shape", "network", "role", "kind"):
        value = getattr(mapping, name)
        if value != "":
            lines.append(f"{name}: {value if name in ('header', 'shape') else _quoted(value)}")
    if mapping.kinds:
        lines.append("kinds:")
        lines += [f"  {_quoted(word)}: {_quoted(code)}" for word, code in mapping.kinds.items()]
    lines.append("columns:")
    lines += [f"  {_quoted(column.column)}: {_column_text(column)}" for column in mapping.columns]
    return "\n".join(lines) + "\n"


def _column_text(column: Column) -> str:
    more = [(n, getattr(column, n)) for n in _OF_COLUMN[1:] if getattr(column, n)]
    if not more:
        return column.use
    return "{" + ", ".join([f"use: {column.use}", *(f"{n}: {_quoted(v)}" for n, v in more)]) + "}"


def _quoted(text: str) -> str:
    # All but ASCII letters as escapes where a YAML reader would stumble over the sign.
    plain = json.dumps(text, ensure_ascii=False)
    return plain if plain.isprintable() else json.dumps(text)


def read_mapping(path: Path) -> Mapping:
    """The mapping that a file holds; ``CallError`` with everything that is wrong in it."""
    import yaml

    try:
        data = path.read_bytes()
        if len(data) > _MAX_BYTES:
            raise CallError(_("{file} is too long for a mapping.").format(file=path.name))
        node = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        told = " ".join(str(error).split())
        raise CallError(
            _("{file} cannot be read as YAML in UTF-8: {error}").format(file=path.name, error=told),
            _("Write one with --write-mapping FILE, then correct that."),
        ) from error
    problems: list[Problem] = []
    mapping = _Reader(path.name, problems).mapping(node)
    if problems:
        told = "\n".join(str(problem) for problem in sorted(problems)[:EXAMPLES_PER_KIND])
        raise CallError(told, _("Correct the mapping, then run the command again."))
    return mapping


class _Reader:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems

    def _problem(self, node: Node | None, key: str, message: str, near: str = "") -> None:
        row = node.start_mark.line + 1 if node is not None else 0
        # Only a text is shown: a list may hold itself many times over.
        value = getattr(node, "value", "")
        shown = value[:80] if isinstance(value, str) else ""
        self.problems.append(Problem(self.file, row, key, "mapping", shown, message, near))

    def mapping(self, node: Node | None) -> Mapping:
        found: dict[str, Any] = {}
        for key, value in self._pairs(node, "", _TOP):
            if key == "columns":
                found[key] = tuple(self._columns(value))
            elif key == "kinds":
                found[key] = {k: self._text(v, k) for k, v in self._pairs(value, key)}
            elif key == "header":
                found[key] = self._number(value)
            elif key == "shape":
                found[key] = self._choice(value, key, SHAPES)
            else:
                found[key] = self._text(value, key)
        if not found.get("columns"):
            self._problem(None, "columns", _("is missing."))
        return Mapping(**found)

    def _columns(self, node: Node) -> Iterator[Column]:
        used: dict[str, str] = {}
        for name, value in self._pairs(node, "columns"):
            column = self._column(name, value)
            if column.use not in SEVERAL and used.setdefault(column.use, name) != name:
                message = _("has the same use as the column “{other}”: only one may have it.")
                self._problem(value, name, message.format(other=used[column.use]))
            yield column

    def _column(self, name: str, node: Node) -> Column:
        from yaml import MappingNode

        if not isinstance(node, MappingNode):
            return Column(name, self._choice(node, name, tuple(USES)))
        column = Column(name)
        for key, value in self._pairs(node, name, _OF_COLUMN):
            if key == "use":
                column = replace(column, use=self._choice(value, name, tuple(USES)))
            elif key == "network":
                column = replace(column, network=self._text(value, key))
            elif key == "separator":
                column = replace(column, separator=self._text(value, key))
            else:
                column = replace(column, accreditation=self._accreditation(value, name))
        return column

    def _pairs(
        self, node: Node | None, key: str, known: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Node]]:
        from yaml import MappingNode, ScalarNode

        if not isinstance(node, MappingNode):
            self._problem(node, key, _("must hold lines of the form key: value."))
            return
        there: set[str] = set()
        for key_node, value in self._nodes(node):
            name = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            if known and name not in known:
                message = _("is not a key of a mapping.")
                self._problem(key_node, name, message, nearest(name, known))
            elif name in there:
                self._problem(key_node, name, _("stands twice."))
            else:
                there.add(name)
                yield name, value

    @staticmethod
    def _nodes(node: MappingNode) -> list[tuple[Node, Node]]:
        pairs: list[tuple[Node, Node]] = node.value
        return pairs

    def _text(self, node: Node, key: str) -> str:
        from yaml import ScalarNode

        if isinstance(node, ScalarNode):
            return "" if node.tag.endswith(":null") else str(node.value)
        self._problem(node, key, _("must be one text: no list, no reference, no type."))
        return ""

    def _choice(self, node: Node, key: str, choices: tuple[str, ...]) -> str:
        told = self._text(node, key) or LEFT_OUT
        if told not in choices:
            message = _("is none of: {all}.").format(all=", ".join(choices))
            self._problem(node, key, message, nearest(told, choices))
            return choices[0]
        return told

    def _accreditation(self, node: Node, key: str) -> str:
        told = self._text(node, key)
        code = accreditation(told)
        if not code:
            choices = sorted(set(ACCREDITATIONS.values()))
            message = _("is none of: {all}.").format(all=", ".join(choices))
            self._problem(node, key, message, nearest(told, choices))
        return code

    def _number(self, node: Node) -> int:
        told = self._text(node, "header")
        if not (told.isascii() and told.isdigit() and len(told) < 8):
            self._problem(node, "header", _("must be the number of a row, 0 for none."))
            return 1
        return int(told)
