"""HTTP to a SPARQL server: bounded in time, size, redirects and retries; errors in words.

The standard library asks; what it leaves open is closed here: a server that
sends a byte now and then meets a deadline, an answer has a greatest size, a
redirect never carries a password to another address, and digest
authentication does not send every body twice.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import socket
import ssl
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit, urlunsplit

from ptce_graph.dataset.http_errors import (
    PASSWORD_VARIABLE,
    USER_VARIABLE,
    Answer,
    Limits,
    ServerError,
    refused,
    shown_url,
    unreachable,
)
from ptce_graph.dataset.http_exchange import exchange
from ptce_graph.dataset.quads import iri
from ptce_graph.errors import CallError
from ptce_graph.i18n import gettext as _

_MOST_REDIRECTS = 5
#: Answers after which the same request may succeed.
_PASSING = (429, 502, 503, 504)
_LONGEST_WAIT = 30.0


@dataclass
class HttpClient:
    """Sends requests; keeps the challenge of a server that asks for a password."""

    user: str = ""
    password: str = field(default="", repr=False)
    limits: Limits = field(default_factory=Limits)
    _challenge: str = field(default="", repr=False)
    _asked: int = field(default=0, repr=False)
    _trusted: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, limits: Limits | None = None) -> HttpClient:
        """A client with the user and password of the environment, never of a command line."""
        user = os.environ.get(USER_VARIABLE, "")
        password = os.environ.get(PASSWORD_VARIABLE, "")
        return cls(user, password, limits or Limits())

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        missing: bool = False,
        reading: bool = False,
    ) -> Answer:
        """The answer to a request that may be sent twice (reading, replacing, adding to a set).

        With ``missing`` a 404 is an answer and no error. ``reading`` says that a
        POST only asks, so that a redirect may lead it to another server. Raises ``ServerError``
        in words for all else that goes wrong, after bounded retries.
        """
        self._trusted = self._trusted or _origin(url)
        for attempt in range(self.limits.retries + 1):
            last = attempt == self.limits.retries
            try:
                answer = self._followed(method, url, body, dict(headers or {}), reading)
            except (OSError, http.client.HTTPException) as error:
                if last or not _may_pass(error):
                    raise unreachable(url, error, self.limits) from error
                time.sleep(self.limits.pause * 2**attempt)
                continue
            if answer.status in _PASSING and not last:
                time.sleep(_wait(answer.headers, self.limits.pause * 2**attempt))
                continue
            if answer.status < 300 or (missing and answer.status == 404):
                return answer
            raise refused(url, answer, bool(self.user))
        raise AssertionError("the last attempt returns or raises")

    def _followed(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], reading: bool
    ) -> Answer:
        for _step in range(_MOST_REDIRECTS):
            answer = self._authorised(method, url, body, headers)
            target = answer.headers.get("Location", "")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            before, url = url, _safe_target(url, target)
            # Another server is asked without a password, and never told to change.
            if _origin(before) != _origin(url) and method != "GET" and not reading:
                raise ServerError(
                    _("{url} sends us on to another server, {other}.").format(
                        url=shown_url(before), other=shown_url(url)
                    ),
                    _("If you trust it, name that address."),
                )
            if answer.status == 303:
                method, body = "GET", None
        raise ServerError(_("{url} sends us round in circles.").format(url=shown_url(url)))

    def _authorised(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        own = bool(self.user) and _origin(url) == self._trusted
        sent = dict(headers)
        if own and self._challenge:
            sent["Authorization"] = self._authorisation(method, url)
        answer = exchange(method, url, body, sent, self.limits)
        if answer.status != 401 or not own:
            return answer
        challenge = _best_challenge(answer.headers.get_all("WWW-Authenticate") or [], url)
        stale = "stale=true" in challenge.replace(" ", "").replace('"', "").lower()
        if not challenge or (self._challenge and "Authorization" in sent and not stale):
            return answer
        self._challenge, self._asked = challenge, 0
        sent["Authorization"] = self._authorisation(method, url)
        return exchange(method, url, body, sent, self.limits)

    def _authorisation(self, method: str, url: str) -> str:
        scheme, _space, rest = self._challenge.partition(" ")
        if scheme.lower() == "basic":
            pair = f"{self.user}:{self.password}".encode()
            return "Basic " + base64.b64encode(pair).decode("ascii")
        told = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
        self._asked += 1
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return digest_authorisation(
            {name.lower(): value for name, value in told.items()},
            (self.user, self.password),
            (method, target),
            (self._asked, os.urandom(8).hex()),
        )


def digest_authorisation(
    challenge: Mapping[str, str], who: tuple[str, str], what: tuple[str, str], one: tuple[int, str]
) -> str:
    """The header that answers a digest challenge (RFC 7616): user and password in UTF-8.

    ``what`` is the method and the target, ``one`` the number of the request and
    a text of our own. An algorithm that is not known gives an empty text.
    """
    algorithm = challenge.get("algorithm", "MD5")
    hashed = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}.get(algorithm.upper())
    realm, nonce = challenge.get("realm", ""), challenge.get("nonce", "")
    if hashed is None or '"' in who[0]:
        return ""

    def digest(*texts: str) -> str:
        return hashed(":".join(texts).encode("utf-8")).hexdigest()

    secret, request = digest(who[0], realm, who[1]), digest(*what)
    fields = f'username="{who[0]}", realm="{realm}", nonce="{nonce}", uri="{what[1]}"'
    if "auth" in [way.strip() for way in challenge.get("qop", "").split(",")]:
        count = f"{one[0]:08x}"
        response = digest(secret, nonce, count, one[1], "auth", request)
        fields += f', qop=auth, nc={count}, cnonce="{one[1]}"'
    else:
        response = digest(secret, nonce, request)
    fields += f', response="{response}", algorithm={algorithm}'
    if "opaque" in challenge:
        fields += f', opaque="{challenge["opaque"]}"'
    return "Digest " + "".join(fields.splitlines())


def checked_url(url: str) -> str:
    """``url`` as it can be asked; ``CallError`` where it is none, or holds a password."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - it is read when asked for
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CallError(
            _("{url} is not the address of a server.").format(url=shown_url(url)),
            _("An address begins with http:// or https://."),
        )
    if "@" in parts.netloc:
        raise CallError(
            _("A password in an address is seen by others; it is not used."),
            _("Set {user} and {password} in the environment.").format(
                user=USER_VARIABLE, password=PASSWORD_VARIABLE
            ),
        )
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    path = iri(f"http://h{parts.path or '/'}")[len("<http://h") : -1]
    query = iri(f"http://h/?{parts.query}")[len("<http://h/?") : -1]
    return urlunsplit((parts.scheme, host or parts.netloc, path, query, ""))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _safe_target(url: str, target: str) -> str:
    try:
        found = checked_url(urljoin(url, target))
    except (CallError, ValueError):
        found = ""
    if not found or (url.startswith("https:") and found.startswith("http:")):
        raise ServerError(
            _("{url} sends us on to an address that is not safe.").format(url=shown_url(url))
        )
    return found


def _best_challenge(challenges: list[str], url: str) -> str:
    """A digest where the server offers one; basic, which shows the password, else."""
    for wanted in ("digest", "basic"):
        for challenge in challenges:
            if challenge.lower().startswith(wanted + " "):
                return challenge
            if wanted == "basic" and challenge.lower() == "basic":
                return "Basic "
    return ""


def _may_pass(error: Exception) -> bool:
    reason = getattr(error, "reason", error)
    return not isinstance(reason, ssl.SSLError | socket.gaierror | TimeoutError)


def _wait(headers: Message, usual: float) -> float:
    told = headers.get("Retry-After", "").strip()
    return min(float(told), _LONGEST_WAIT) if told.isdecimal() else usual
