"""Every word a person reads exists in French, with the same fields, and is compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ptce_graph.i18n import environment_language, translator

TOOL = Path(__file__).parent.parent / "tools" / "compile_messages.py"


def test_the_french_catalogue_is_whole_and_compiled():
    done = subprocess.run(
        [sys.executable, TOOL, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_catalogue_travels_with_the_package():
    assert translator("fr")("Legal form") == "Forme juridique"
    assert translator("en")("Legal form") == "Legal form"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_BE.UTF-8"}, "fr"),
        ({"LANGUAGE": "de:fr", "LANG": "fr_FR"}, "en"),
    ],
)
def test_the_command_follows_the_environment(monkeypatch, environment, language):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert environment_language() == language
