"""One server of the bundled data for all tests of this folder, with narrow limits."""

import pytest

from tests.server.serving import MEGABYTES, ROWS, SECONDS, Served


@pytest.fixture(scope="session")
def served():
    server = Served(
        *("--timeout", SECONDS, "--max-rows", ROWS, "--memory", MEGABYTES),
        *("--max-concurrency", 2),
    )
    yield server
    server.stop()
