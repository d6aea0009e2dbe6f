"""The command: a folder, its page's path on stdout, wrong calls in words."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ptce_graph.cli.report import command
from ptce_graph.errors import CallError

from .conftest import TINY


def run(*words):
    return CliRunner().invoke(
        command, ["--data", str(TINY), *words], standalone_mode=False, catch_exceptions=False
    )


def test_writes_the_folder_and_tells_the_page(tmp_path):
    folder = tmp_path / "report"
    done = run("-o", str(folder), "--lang", "en", "--title", "Ours", "--kind", "membership")
    assert done.output.strip() == str(folder / "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<title>Ours</title>" in page and 'lang="en"' in page
    assert "Kinds of links: membership." in (folder / "report.md").read_text(encoding="utf-8")
    assert {p.name for p in folder.iterdir()} == {
        "report.html",
        "report.md",
        "methods.md",
        "figures",
        "tables",
    }


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "taken").write_text("x")
    with pytest.raises(CallError, match="is a file"):
        run("-o", str(tmp_path / "taken"))
