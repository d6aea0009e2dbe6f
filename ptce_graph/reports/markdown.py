"""The report as Markdown that GitHub and pandoc read alike.

Definitions of columns are footnotes, at their first use; figures are linked.
What comes from data is text: every character that Markdown could read as
markup is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ptce_graph.reports import numbers
from ptce_graph.reports.model import (
    Block,
    Column,
    Counts,
    Definitions,
    Figure,
    Heading,
    Items,
    Report,
    Section,
    Table,
    Text,
)

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$^@&!])")
#: What makes a list, a rule or a heading at the start of a line.
_START = re.compile(r"^(?:[-+=]|\d+(?=[.)](?:\s|$)))")
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def escaped(text: str) -> str:
    """``text`` on one line and as text only, wherever it stands in a Markdown file."""
    text = _MARKUP.sub(r"\\\1", _NOT_TEXT.sub(" ", text).strip())
    return _START.sub(lambda start: _behind_escape(start[0]), text)


def _behind_escape(start: str) -> str:
    """A sign is escaped; of a number, the point or parenthesis after it would have to be."""
    return f"\\{start}" if not start[0].isdigit() else f"&#{ord(start[0])};{start[1:]}"


def markdown_text(report: Report) -> str:
    """The whole report."""
    return _Writer(report).whole(report.sections)


def methods_text(report: Report) -> str:
    """Limits, methods, references and documents, on their own."""
    sections = [section for section in report.sections if section.id in report.methods]
    return _Writer(report).whole(sections, with_lead=False)


class _Writer:
    """One Markdown file being written; footnotes gather at its end."""

    def __init__(self, report: Report) -> None:
        self.report, self.labels = report, report.labels
        self.notes: dict[str, str] = {}

    def whole(self, sections: Sequence[Section], with_lead: bool = True) -> str:
        lines = [f"# {escaped(self.report.title)}", escaped(self.report.subtitle)]
        if with_lead:
            lines += [escaped(text) for text in self.report.lead]
        for section in sections:
            lines.append(f"## {escaped(section.title)}")
            for block in section.blocks:
                lines.append(self.block(block))
        lines += [f"[^{anchor}]: {text}" for anchor, text in self.notes.items()]
        return "\n\n".join(line for line in lines if line) + "\n"

    def block(self, block: Block) -> str:
        for kind, write in (
            (Table, self.table),
            (Figure, self.figure),
            (Counts, self.counts),
            (Items, self.items),
            (Definitions, self.definitions),
        ):
            if isinstance(block, kind):
                return write(block)  # type: ignore[arg-type]
        assert isinstance(block, Text | Heading)
        return f"{'### ' if isinstance(block, Heading) else ''}{escaped(block.text)}"

    def counts(self, block: Counts) -> str:
        return "\n".join(f"- {self.pair(label, value)}" for label, value in block.pairs)

    def items(self, block: Items) -> str:
        return "\n".join(f"- {escaped(item)}" for item in block.items)

    def pair(self, label: str, text: str) -> str:
        return escaped(self.labels.pair.format(label=label, text=text))

    def definitions(self, block: Definitions) -> str:
        lines = []
        for entry in block.entries:
            lines.append(f"**{escaped(entry.label)}.** {escaped(entry.text)}")
            parts = [f"- {self.pair(part.label, part.definition)}" for part in entry.parts]
            lines.append("\n".join(parts))
            lines.append(escaped(self.labels.source.format(source=entry.source)))
        return "\n\n".join(line for line in lines if line)

    def table(self, table: Table) -> str:
        number = self.labels.table.format(n=table.number)
        head = "| " + " | ".join(map(self.heading, table.columns)) + " |"
        rule = "|" + "|".join("---:" if c.number else "---" for c in table.columns) + "|"
        rows = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in table.rows]
        return "\n\n".join(
            [
                f"**{escaped(number)}. {escaped(table.title)}**",
                "\n".join([head, rule, *rows]),
                f"{escaped(table.basis)} {self.file(table)}",
            ]
        )

    def heading(self, column: Column) -> str:
        """The label, with its definition as a footnote the first time it is met."""
        label = escaped(column.label)
        if not column.anchor or column.anchor in self.notes:
            return label
        self.notes[column.anchor] = escaped(column.definition)
        return f"{label}[^{column.anchor}]"

    def file(self, table: Table) -> str:
        text = self.labels.more if table.more else self.labels.whole
        more = numbers.whole(table.more, self.report.language)
        before, after = text.replace("{n}", more).split("{file}")
        return f"{escaped(before)} [{escaped(table.file)}]({table.file}){after}"

    def figure(self, figure: Figure) -> str:
        number = self.labels.figure.format(n=figure.number)
        title = escaped(f"{number}. {figure.title}")
        pdf = f"figures/{figure.id}.pdf"
        return "\n\n".join(
            [
                f"![{title}]({figure.file})",
                f"**{title}.** {escaped(figure.description)} {escaped(figure.caption)} "
                f"([SVG]({figure.file}), [PDF]({pdf}))",
            ]
        )
