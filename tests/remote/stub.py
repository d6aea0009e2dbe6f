"""A SPARQL 1.1 server for the tests: a pyoxigraph store behind the three protocols.

It keeps to the letter of the protocols (an empty default graph, a dataset by
``default-graph-uri`` and ``named-graph-uri``), and it can be told to fail.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

#: Told the method, the path and the text of each request; an answer is given in its place.
Fault = Callable[["Handler", str, str], bool]


class Stub:
    """What the tests see of the server: its address, store, requests and faults."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.requests: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.fault: Fault | None = None
        self.user = ""
        self.digest = False
        self.url = ""

    def count(self, graph: str) -> int:
        return len(list(self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))))

    def graphs(self) -> set[str]:
        return {name.value for name in self.store.named_graphs() if self.count(name.value)}

    def sent(self, word: str) -> list[str]:
        return [text for _method, _path, text in self.requests if word in text]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: Stub

    def log_message(self, *_told):
        pass

    def reply(self, status, body=b"", kind="text/plain", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def handle_one(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode("utf-8")
        parts = urlsplit(self.path)
        given = parse_qs(parts.query)
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            given |= parse_qs(body)
        text = given.get("query", [body])[0]
        stub = self.stub
        stub.requests.append((self.command, parts.path, text))
        stub.headers.append(dict(self.headers))
        if stub.fault and stub.fault(self, self.command, text):
            return
        if stub.user and not self.known():
            return
        try:
            if parts.path == "/store":
                self.graph_store(given["graph"][0], body)
            elif parts.path == "/update":
                stub.store.update(body)
                self.reply(204)
            elif parts.path == "/sparql" and "query" in given:
                self.answer(text, given)
            else:
                self.reply(404)
        except SyntaxError as error:
            self.reply(400, str(error).encode())

    do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - as http.server calls them

    def known(self):
        told = self.headers.get("Authorization", "")
        if not self.stub.digest:
            pair = base64.b64encode(self.stub.user.encode()).decode()
            if told == f"Basic {pair}":
                return True
            self.reply(401, WWW_Authenticate='Basic realm="stub"')
            return False
        if told.startswith("Digest ") and self.digest_is_right(told):
            return True
        challenge = 'Digest realm="stub", nonce="abc", qop="auth", algorithm=MD5'
        self.reply(401, WWW_Authenticate=challenge)
        return False

    def digest_is_right(self, told):
        """RFC 2617, section 3.2.2.1, from the parts the client tells."""
        part = dict(re.findall(r'(\w+)="?([^",]*)"?', told))
        user, _colon, password = self.stub.user.partition(":")

        def md5(text):
            return hashlib.md5(text.encode()).hexdigest()

        first = md5(f"{user}:stub:{password}")
        second = md5(f"{self.command}:{self.path}")
        whole = f"{first}:abc:{part['nc']}:{part['cnonce']}:auth:{second}"
        return part["response"] == md5(whole) and part["username"] == user

    def graph_store(self, graph, body):
        name, store = ox.NamedNode(graph), self.stub.store
        if self.command == "GET":
            quads = list(store.quads_for_pattern(None, None, None, name))
            if not quads:
                self.reply(404)
                return
            triples = [quad.triple for quad in quads]
            told = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
            self.reply(200, told, "application/n-triples")
            return
        if self.command in ("PUT", "DELETE"):
            store.remove_graph(name)
        if self.command in ("PUT", "POST"):
            store.load(body.encode(), format=ox.RdfFormat.TURTLE, to_graph=name)
        self.reply(204)

    def answer(self, text, given):
        default = [ox.NamedNode(g) for g in given.get("default-graph-uri", [])]
        named = [ox.NamedNode(g) for g in given.get("named-graph-uri", [])]
        dataset = {"default_graph": default, "named_graphs": named} if default or named else {}
        found = self.stub.store.query(text, **dataset)
        if isinstance(found, ox.QueryTriples):
            told = found.serialize(format=ox.RdfFormat.N_TRIPLES)
            self.reply(200, told, "application/n-triples")
            return
        told = found.serialize(format=ox.QueryResultsFormat.JSON)
        self.reply(200, told, "application/sparql-results+json")


@contextmanager
def running():
    """A server on a free port of this machine, stopped at the end."""
    stub = Stub()
    handler = type("Bound", (Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
