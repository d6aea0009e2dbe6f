"""The line of progress: after a while, on a terminal, and gone before anything else is said."""

from __future__ import annotations

import pytest

from ptce_graph.cli import progress


class Clock:
    now = 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    told = Clock()
    monkeypatch.setattr(progress, "time", told)
    return told


def test_nothing_without_a_terminal():
    with progress.progress_line() as line:
        assert line is None


def test_a_line_after_two_seconds_that_goes_when_its_step_is_done(clock, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress.progress_line() as line:
        clock.now = 1.0
        line("reading", 1, 10)
        assert capsys.readouterr().err == ""
        clock.now = 3.0
        line("reading", 5, 10)
        told = capsys.readouterr().err
        assert "█" * 15 + "·" * 15 + " 5/10 reading" in told and "\n" not in told
        line("reading", 10, 10)
        # Somebody may be asked something now.
        assert capsys.readouterr().err == "\r\x1b[K"
    assert capsys.readouterr().err == ""
