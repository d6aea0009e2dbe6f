"""What is wrong, told to who asked: RFC 9457 for programs that read it, else plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ptce_graph.i18n import mark, note, translator
from ptce_graph.server.negotiation import Format, acceptable, language_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_TEXT = Format("text", ("text/plain",), "", "txt", "")
_JSON = Format("problem", ("application/problem+json", "application/json"), "", "json", "")
#: Where the parser stopped: line and column, from one.
_PLACE = re.compile(r"\b(?:line|ligne) ([0-9]+), (?:column|colonne) ([0-9]+)")

#: What each kind of problem is called.
TITLES = {
    "query": mark("The query cannot be answered"),
    "syntax": mark("The SPARQL query cannot be read"),
    "request": mark("The request cannot be read"),
    "read-only": mark("This server is read-only"),
    "not-acceptable": mark("No such format"),
    "not-found": mark("There is nothing here"),
    "method": mark("This method is not offered"),
    "too-large": mark("The request is too large"),
    "slow": mark("The request took too long to arrive"),
    "busy": mark("The server is busy"),
    "time": mark("The query took too long"),
    "memory": mark("The query took too much memory"),
    "crash": mark("The query ended the process that answered it"),
    "rows": mark("The answer has too many rows"),
    "bytes": mark("The answer is too large"),
    "fault": mark("A fault of this server"),
}


class ProblemError(Exception):
    """Ends a request with ``status`` and words. ``kind`` is a key of ``TITLES``.

    ``template`` is marked for the catalogue, or a text in the reader's
    language already; ``values`` fill its blanks. ``unread``: the client is
    still sending what was refused.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        template: str,
        hint: str = "",
        headers: Mapping[str, str] | None = None,
        unread: bool = False,
        **values: object,
    ) -> None:
        self.status = status
        self.kind = kind
        self.template = template
        self.hint = hint
        self.values = values
        self.unread = unread
        self.headers = dict(headers or {})
        super().__init__(f"{status} {kind}")

    def told(self, language: str) -> str:
        """The sentences of the problem."""
        words, parts = translator(language), filter(None, [self.template, self.hint])
        if not self.values:
            # Words of a worker, in which braces are those of the query.
            return " ".join(words(part) for part in parts)
        return " ".join(note(part, **self.values).told(words) for part in parts)


def problem_response(request: Request, problem: ProblemError) -> Response:
    """The response of a problem, in the format and the language that the client reads."""
    from starlette.responses import Response

    language = language_of(
        request.query_params.get("lang", ""), request.headers.get("accept-language", "")
    )
    accept = request.headers.get("accept", "")
    format_ = acceptable(accept, (_TEXT, _JSON)) if accept else _TEXT
    if format_ is None and "json" in accept:
        format_ = _JSON
    title, detail = translator(language)(TITLES[problem.kind]), problem.told(language)
    if format_ is _JSON:
        told: dict[str, Any] = {
            "type": f"urn:ptce-graph:problem:{problem.kind}",
            "title": title,
            "status": problem.status,
            "detail": detail,
        }
        if place := _PLACE.search(detail):
            told |= {"line": int(place[1]), "column": int(place[2])}
        body, media_type = json.dumps(told, ensure_ascii=False), _JSON.media_type
    else:
        body, media_type = f"{title}\n{detail}\n", _TEXT.media_type
    headers = {
        "Content-Language": language,
        "Vary": "Accept, Accept-Language",
        "Cache-Control": "no-store",
        **problem.headers,
    }
    return Response(body, problem.status, headers, media_type=media_type)
