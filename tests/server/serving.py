"""A server of ours in a process of its own, and requests to it as a stranger makes them."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

ROWS = 2000
SECONDS = 1.5
MEGABYTES = 200


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def type(self):
        return self.headers["Content-Type"]


class Served:
    """``ptce-graph serve`` at a free port."""

    def __init__(self, *arguments, errors=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ptce_graph", "serve", "--port", "0", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()
        assert self.address, "the server did not start"
        self.host, self.port = urlsplit(self.address).hostname, urlsplit(self.address).port

    def ask(self, path, headers=None, method="GET", body=None, timeout=30):
        """One request on a connection of its own; nothing is followed."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def query(self, text, accept="", language="en", **more):
        """A query by GET."""
        path = f"/sparql?query={quote(text)}" + "".join(f"&{n}={quote(v)}" for n, v in more.items())
        headers = {"Accept-Language": language} | ({"Accept": accept} if accept else {})
        return self.ask(path, headers)

    def metric(self, name):
        lines = self.ask("/metrics").text.splitlines()
        return float(next(line.split()[-1] for line in lines if line.startswith(name + " ")))

    def workers(self):
        """The processes that answer queries, by number."""
        parent = str(self.process.pid)
        told = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True)
        rows = [line.split() for line in told.stdout.splitlines()]
        return [int(row[0]) for row in rows if row[1] == parent]

    def stop(self, sign=signal.SIGTERM):
        """End the server as a system does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            self.process.stdout.close()
            if self.process.stderr:
                self.process.stderr.close()


def wait_until(true, seconds=20):
    """Wait until ``true()`` holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
