"""A real browser, without a network, that remembers all it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ptce_graph.maps.html import render_html
from ptce_graph.maps.model import MapModel


@dataclass
class Opened:
    """A page in the browser, and everything it did that a map must not do."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """No request but the file itself, no error, no policy violation, no dialog."""
        own = self.address.split("#")[0]
        assert [r for r in self.requests if r.split("#")[0] != own] == []
        assert self.complaints == []
        assert self.dialogs == []
        assert self.page.evaluate("window.violations") == []


@pytest.fixture
def open_map(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Write a model as a page and open it offline."""
    contexts = []

    def opener(
        model: MapModel,
        fragment: str = "",
        width: int = 1280,
        height: int = 800,
        others: tuple[MapModel, ...] = (),
        motion: str = "reduce",
        unbound: bool = False,
    ) -> Opened:
        """``unbound`` lets a test add its own script (axe) past the page's policy."""
        file = tmp_path / "map.html"
        file.write_text(render_html(model, *others), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion=motion,
            bypass_csp=unbound,
        )
        contexts.append(context)
        context.set_offline(True)
        context.add_init_script(
            "window.violations = [];"
            "document.addEventListener('securitypolicyviolation',"
            " (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));"
        )
        page = context.new_page()
        opened = Opened(page, file.as_uri() + fragment)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))

        def listen(message: Any) -> None:
            if message.type in ("error", "warning"):
                opened.complaints.append(message.text)

        def dismiss(dialog: Any) -> None:
            opened.dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("console", listen)
        page.on("dialog", dismiss)
        page.goto(opened.address)
        page.wait_for_selector("#canvas canvas")
        return opened

    yield opener
    for context in contexts:
        context.close()
