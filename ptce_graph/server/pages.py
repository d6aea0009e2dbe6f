"""The pages of the server's own: the query editor, and a plain page for a thing.

Nothing of the data or of a request becomes markup or code: the templates are
autoescaped, the data of the editor travel as JSON that cannot close its
element, its script writes text nodes only, and the Content-Security-Policy
names the script and the style by their hashes and lets no other request out
than those to this server.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from itertools import dropwhile
from typing import Any

from ptce_graph.dataset.questions import Question, questions
from ptce_graph.i18n import LANGUAGES, mark, number_words, translator
from ptce_graph.server.limits import Limits
from ptce_graph.server.negotiation import SOLUTION_FORMATS
from ptce_graph.vocabulary import terms
from ptce_graph.vocabulary.iris import CODE_BASE, DEFAULT_BASE

_LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
_FIRST_QUERY = """SELECT ?pole ?name
WHERE {
  ?pole a ptce:Pole ; skos:prefLabel ?name .
}
ORDER BY ?name
LIMIT 20
"""

#: What the templates say: texts in them would not be found for the catalogue.
_PAGE_WORDS = {
    "nav": mark("Languages and pages"),
    "home": mark("Home"),
    "about": mark(
        "Write a query in SPARQL, or choose a question and change it. "
        "The usual prefixes (ptce:, org:, skos: …) are known."
    ),
    "question": mark("Question of the catalogue"),
    "choose": mark("Choose a question…"),
    "query": mark("Query"),
    "run": mark("Run"),
    "stop": mark("Stop"),
    "format": mark("Format"),
    "shortcut": mark("Ctrl+Enter runs the query."),
    "save_csv": mark("Download CSV"),
    "save_json": mark("Download JSON"),
    "answer": mark("Answer"),
    "description": mark("Description of this endpoint"),
    "formats": mark("In other formats:"),
    "statements": mark("Statements"),
    "subject": mark("Subject"),
    "property": mark("Property"),
    "value": mark("Value"),
    "limits": mark(
        "A query has {seconds} seconds, {megabytes} MB of memory and {rows} rows at most."
    ),
}

_TITLE = mark("Query the graph")
_EDITOR_WORDS = {
    "answer": mark("Answer"),
    "running": mark("Running…"),
    "stopped": mark("Stopped."),
    "unreachable": mark("The server does not answer."),
    "row": mark("One row."),
    "rows": mark("{n} rows."),
    "some": mark("The first {n} are shown; the files hold all."),
    "triples": mark("Triples, as Turtle."),
    "yes": mark("Yes."),
    "no": mark("No."),
    "took": mark("{seconds} s"),
    "place": mark("Line {line}, column {column}:"),
    "saveJson": mark("Download JSON"),
    "saveTurtle": mark("Download Turtle"),
}


@cache
def _file(name: str) -> str:
    return resources.files("ptce_graph.server").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def page_policy() -> str:
    """The Content-Security-Policy of the server's own pages."""
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(_file('editor.js'))}'; "
        f"style-src 'sha256-{_digest(_file('pages.css'))}'; img-src data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def _templates() -> Any:
    from jinja2 import Environment, FunctionLoader

    return Environment(loader=FunctionLoader(_file), autoescape=True)


def editor_page(language: str, base_iri: str, limits: Limits, query: str = "") -> str:
    """The query editor at ``/sparql``, with ``query`` in it."""
    return _page(
        "page_editor.html.j2",
        language,
        translator(language)(_TITLE),
        root="./",
        other_address="sparql?lang={other}",
        is_endpoint=True,
        query=query or _FIRST_QUERY,
        choices=_choices(language),
        formats=[(format_.name, format_.label) for format_ in SOLUTION_FORMATS],
        data=_editor_data(language, base_iri),
        script=_safe(_file("editor.js")),
        seconds=number_words(f"{limits.seconds:g}", language),
        megabytes=number_words(str(limits.megabytes), language),
        rows=number_words(str(limits.rows), language),
    )


def _choices(language: str) -> list[tuple[str, str]]:
    return sorted(
        ((name, question.words[language]) for name, question in questions().items()),
        key=lambda choice: choice[1].casefold(),
    )


@cache
def _editor_data(language: str, base_iri: str) -> Any:
    words = translator(language)
    data = {
        "language": language,
        "words": {name: words(text) for name, text in _EDITOR_WORDS.items()},
        "bases": [[base_iri, "id/"], [CODE_BASE, "code/"]],
        "questions": {
            name: {
                "sparql": _shown(question, language).replace(DEFAULT_BASE, base_iri),
                "note": question.notes[language],
            }
            for name, question in questions().items()
        },
    }
    # "<" could close the element or open a comment in it.
    return _safe(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def _shown(question: Question, language: str) -> str:
    """Its query under its words in one language, without the head of the file."""
    lines = question.text.splitlines(keepends=True)
    return f"# {question.words[language]}\n" + "".join(
        dropwhile(lambda line: line.startswith("#"), lines)
    )


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own script, or JSON without "<"


def thing_page(
    iri: str,
    statements: Sequence[tuple[Any, Any, Any]],
    language: str,
    base_iri: str,
    alternates: Sequence[tuple[str, str]],
    root: str,
    other_address: str,
) -> str:
    """A plain page of what is said of ``iri``.

    ``root`` leads from it to the server's root, ``other_address`` to the same
    page in the other language.
    """

    def cell(term: Any) -> tuple[str, str, str]:
        return _cell(term, base_iri, root)

    names = [
        o.value
        for s, p, o in statements
        if s.value == iri and p.value in (terms.SKOS_PREF_LABEL, terms.DCTERMS_TITLE)
    ]
    title = names[0] if names else iri.rsplit("/", 1)[-1]
    return _page(
        "page_thing.html.j2",
        language,
        title,
        root=root,
        other_address=other_address,
        lead=iri,
        alternates=alternates,
        rows=[tuple(map(cell, statement)) for statement in statements],
    )


def plain_page(language: str, title: str, lead: str, links: Sequence[tuple[str, str]]) -> str:
    """A page of a title, a sentence and links: where there is no site."""
    return _page(
        "page_thing.html.j2",
        language,
        translator(language)(title),
        root="./",
        other_address="?lang={other}",
        lead=translator(language)(lead),
        alternates=links,
        rows=[],
    )


def _cell(term: Any, base_iri: str, root: str) -> tuple[str, str, str]:
    """Text, link (or nothing) and language (or nothing) of a term of pyoxigraph."""
    import pyoxigraph as ox

    if isinstance(term, ox.Literal):
        return term.value, "", term.language or ""
    if not isinstance(term, ox.NamedNode):
        return str(term), "", ""
    iri = term.value
    for start, folder in ((base_iri, "id/"), (CODE_BASE, "code/")):
        if iri.startswith(start):
            return folder + iri.removeprefix(start), f"{root}{folder}{iri.removeprefix(start)}", ""
    for prefix, start in terms.PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}", iri, ""
    return iri, iri if iri.startswith(("http://", "https://")) else "", ""


def _page(template: str, language: str, title: str, **values: Any) -> str:
    words: Callable[[str], str] = translator(language)
    other = next(name for name in LANGUAGES if name != language)
    values["other_address"] = values["other_address"].format(other=other)
    page: str = (
        _templates()
        .get_template(template)
        .render(
            {"alternates": (), "is_endpoint": False, **values},
            language=language,
            told={name: words(text) for name, text in _PAGE_WORDS.items()},
            title=title,
            other=other,
            other_name=_LANGUAGE_NAMES[other],
            style=_safe(_file("pages.css")),
        )
    )
    return page
