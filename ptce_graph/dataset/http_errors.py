"""What goes wrong between us and a SPARQL server, in words, with what to do."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from email.message import Message

from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

USER_VARIABLE = "PTCE_ENDPOINT_USER"
PASSWORD_VARIABLE = "PTCE_ENDPOINT_PASSWORD"  # noqa: S105 - the name of a variable


class ServerError(CallError):
    """A server did not do what it was asked; ``status`` is its HTTP status, 0 without answer."""

    def __init__(self, message: str, hint: str = "", status: int = 0) -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True)
class Limits:
    """How long and how much a request may take: seconds, bytes, attempts after the first."""

    seconds: float = 120.0
    bytes: int = 1 << 28
    retries: int = 3
    pause: float = 0.5


@dataclass(frozen=True)
class Answer:
    """What a server answered: status 2xx or 404, headers, the whole body."""

    status: int
    headers: Message
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body without its parameters, in lower case."""
        return self.headers.get_content_type()


def shown_url(url: str) -> str:
    """``url`` for a message: without user, password or query, and not endless."""
    shown = re.sub(r"(?<=://)[^/?#]*@", "", url.partition("?")[0].partition("#")[0])
    return _short(shown)[:120]


def unreachable(url: str, error: Exception, limits: Limits) -> ServerError:
    """What it means that no whole answer came, and what to do."""
    reason = getattr(error, "reason", error)
    shown = shown_url(url)
    if isinstance(reason, TimeoutError):
        return ServerError(
            _("{url} did not answer within {n} seconds.").format(
                url=shown, n=f"{limits.seconds:g}"
            ),
            _("Ask for less, or give it more time with --timeout."),
        )
    if isinstance(reason, ssl.SSLCertVerificationError):
        return ServerError(
            _("The certificate of {url} cannot be trusted: {error}").format(
                url=shown, error=reason.verify_message
            ),
            _("Have the server's certificate corrected; it is not passed over."),
        )
    if isinstance(reason, ssl.SSLError):
        return ServerError(
            _("{url} does not speak TLS as it should: {error}").format(
                url=shown, error=reason.reason or reason
            ),
            _("A server without TLS has an address that begins with http://."),
        )
    if isinstance(reason, socket.gaierror):
        return ServerError(
            _("{url}: no server has this name.").format(url=shown),
            _("Correct the address, or see to the connection."),
        )
    if isinstance(reason, ConnectionRefusedError):
        return ServerError(
            _("{url}: nothing answers there.").format(url=shown),
            _("Start the server, or correct the address and its port."),
        )
    return ServerError(
        _("{url} broke off: {error}").format(url=shown, error=_short(str(reason) or repr(reason))),
        _("Run the command again."),
    )


def refused(url: str, answer: Answer, known: bool) -> ServerError:
    """What a status that is no success means, and what to do."""
    shown, told = shown_url(url), _told(answer)
    if answer.status == 401:
        message = _("{url} asks for a user and a password.").format(url=shown)
        if known:
            message = _("{url} does not accept the user and the password.").format(url=shown)
        hint = _("Set {user} and {password} in the environment.").format(
            user=USER_VARIABLE, password=PASSWORD_VARIABLE
        )
        return ServerError(message, hint, answer.status)
    words = {
        403: (
            _("{url} does not allow this.").format(url=shown),
            _("Ask who runs the server for the right to do it."),
        ),
        404: (
            _("{url}: there is nothing at this address.").format(url=shown),
            _("Name the address that takes SPARQL; it often ends in /sparql or /query."),
        ),
        405: (
            _("{url} does not take this kind of request.").format(url=shown),
            _("A server may have one address for queries and another for updates."),
        ),
        413: (_("The request is too large for {url}.").format(url=shown), ""),
    }
    message, hint = words.get(
        answer.status,
        (
            _("{url} answered {status}.").format(url=shown, status=answer.status),
            _("Run the command again later.") if answer.status >= 500 else "",
        ),
    )
    return ServerError(message + (f" {told}" if told else ""), hint, answer.status)


def _told(answer: Answer) -> str:
    """The first words of a plain answer; a page is for browsers."""
    if answer.media_type not in ("text/plain", "application/problem+json", "application/json"):
        return ""
    return _short(answer.body[:2000].decode("utf-8", "replace"))


def _short(text: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= 200 else plain[:199] + "…"
