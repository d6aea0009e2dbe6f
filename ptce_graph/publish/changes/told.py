"""The difference of two releases, for a person to read and for a program."""

from __future__ import annotations

from typing import Any

from ptce_graph.i18n import mark, number_words, translator
from ptce_graph.publish.changes.changes import Change, Changes, Detail

#: What happened, as a sign at the start of a line.
SIGNS = {
    "added": "+",
    "gone": "-",
    "changed": "~",
    "renamed": "~",
    "merged": "=",
    "split": "/",
}
_KINDS = {
    "organisation": mark("organisation"),
    "pole": mark("pole"),
    "call": mark("call"),
    "source": mark("document"),
    "place": mark("place"),
    "membership": mark("membership"),
    "cooperation": mark("cooperation"),
    "participation": mark("participation"),
    "candidacy": mark("candidacy"),
    "figure": mark("figure"),
    "characterisation": mark("characteristic"),
    "criterion": mark("criterion"),
    "framework": mark("item of the framework"),
    "definition": mark("definition"),
    "identity": mark("judgement on identity"),
    "code": mark("code"),
}
_NOTES = {
    "renamed": mark("renamed, was {gone}"),
    "merged": mark("now one with {added}"),
    "split": mark("no longer one with {gone}"),
}
_GRAPHS = {
    "codes": mark("Code lists"),
    "documents": mark("Descriptions of the documents"),
    "labels": mark("The name shown of each thing"),
    "places": mark("Places"),
    "identities": mark("Judgements on what is the same thing"),
}


def told(changes: Changes, language: str) -> str:
    """The difference in words: first the dataset as a whole, then document by document."""
    words = translator(language)
    numbers = {name: number_words(str(n), language) for name, n in changes.statements.items()}
    if changes.none:
        return words("No change: {before} statements in both.").format(**numbers) + "\n"
    lines = [
        words("{before} statements before, {after} after: {added} added, {gone} gone.").format(
            **numbers
        )
    ]
    if changes.things:
        lines += ["", words("In the dataset as a whole")]
        lines += [line for change in changes.things for line in _lines(change, language)]
    # Documents first, then what they share.
    for graph, found in sorted(changes.facts.items(), key=lambda part: part[0] in _GRAPHS):
        title = words(_GRAPHS[graph]) if graph in _GRAPHS else graph
        if graph not in _GRAPHS:
            title = words("According to {document}").format(document=graph)
        lines += ["", f"{title} ({_summary(found)})"]
        lines += [line for change in found for line in _lines(change, language)]
    follow = words(
        "{derived} more statements are made from these facts again (shortcuts, coverage), "
        "{support} are their passages and dates."
    )
    lines += ["", follow.format(derived=changes.derived, support=changes.support)]
    return "\n".join(lines) + "\n"


def _summary(found: tuple[Change, ...]) -> str:
    """How many of each sign: ``+3 -1 ~2``."""
    signs = [SIGNS[change.what] for change in found]
    return " ".join(
        f"{sign}{signs.count(sign)}" for sign in dict.fromkeys(SIGNS.values()) if sign in signs
    )


def _lines(change: Change, language: str) -> list[str]:
    words = translator(language)
    kind = words(_KINDS.get(change.kind, change.kind))
    head = words("{sign} {kind}: {text}").format(
        sign=SIGNS[change.what], kind=kind, text=change.text
    )
    if change.what in _NOTES:
        detail = change.details[0]
        note = words(_NOTES[change.what]).format(gone=_list(detail.gone), added=_list(detail.added))
        return [f"  {head} ({note})"]
    return [f"  {head}", *(f"      {line}" for line in _details(change, words))]


def _details(change: Change, words: Any) -> list[str]:
    """A line per property: what it says now, or what it said and what it says."""
    lines = []
    for detail in change.details:
        if change.what == "changed":
            template = words("{name}: {gone} → {added}")
            text = template.format(
                name=detail.name, gone=_list(detail.gone), added=_list(detail.added)
            )
        else:
            text = words("{name}: {values}").format(
                name=detail.name, values=_list(detail.added or detail.gone)
            )
        lines.append(text)
    return lines


def _list(values: tuple[str, ...]) -> str:
    return " | ".join(values) or "—"


def as_json(changes: Changes) -> dict[str, Any]:
    """The difference as plain data, in the order it is told."""
    return {
        "statements": dict(changes.statements),
        "derived": changes.derived,
        "support": changes.support,
        "things": [_plain(change) for change in changes.things],
        "facts": {
            graph: [_plain(change) for change in found] for graph, found in changes.facts.items()
        },
    }


def _plain(change: Change) -> dict[str, Any]:
    return {
        "what": change.what,
        "kind": change.kind,
        "iri": change.iri,
        "text": change.text,
        "details": [_plain_detail(detail) for detail in change.details],
    }


def _plain_detail(detail: Detail) -> dict[str, Any]:
    return {"property": detail.name, "gone": list(detail.gone), "added": list(detail.added)}
