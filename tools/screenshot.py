"""Pictures of the map, for the README, by headless Chromium.

    python tools/screenshot.py ptce-map.html docs/images/map.png
    python tools/screenshot.py ptce-map.html docs/images/phone.png --size 390x844
    python tools/screenshot.py ptce-map.html docs/images/places.png --hash layout=geo
    python tools/screenshot.py ptce-map.html docs/images --all

``--hash`` is what the page writes behind the # of its address. With ``--all``
the second argument is a folder, which gets one picture of each kind. Chromium
is the system's (on Debian: ``apt install chromium``), or the one that the
variable ``PTCE_CHROMIUM`` names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright


class Shot(NamedTuple):
    """A picture to take: its file, the window, and what the address asks for."""

    path: Path
    width: int = 1440
    height: int = 900
    fragment: str = ""


KINDS = (
    Shot(Path("map.png")),
    Shot(Path("places.png"), fragment="layout=geo&color=networks"),
    Shot(Path("areas.png"), fragment="color=networks&areas=networks"),
    Shot(Path("phone.png"), 390, 844),
    Shot(Path("frame.png"), 600, 400),
)
"""What ``--all`` takes."""


def main(arguments: list[str]) -> int:
    """Take the pictures and print their paths; 2 where there is no Chromium."""
    asked = _parser().parse_args(arguments)
    chromium = os.environ.get("PTCE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("No Chromium found; on Debian: apt install chromium", file=sys.stderr)
        return 2
    width, height = asked.size
    shots = [Shot(asked.image, width, height, asked.hash)]
    if asked.all:
        shots = [kind._replace(path=asked.image / kind.path) for kind in KINDS]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in shots:
            take(browser, asked.page, shot)
            print(shot.path)
        browser.close()
    return 0


def take(browser: Any, page_path: Path, shot: Shot) -> None:
    """One picture of the page, offline and without motion, so that it is done when taken."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height}, reduced_motion="reduce"
    )
    context.set_offline(True)
    page = context.new_page()
    address = page_path.resolve().as_uri()
    page.goto(f"{address}#{shot.fragment}" if shot.fragment else address)
    page.wait_for_timeout(1500)
    shot.path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shot.path)
    context.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Pictures of a map.")
    parser.add_argument("page", type=Path, help="the map")
    parser.add_argument("image", type=Path, help="the picture, or with --all their folder")
    parser.add_argument("--size", type=_size, default=(1440, 900), help="of the window: 1440x900")
    parser.add_argument("--hash", default="", help="what the address asks for: layout=geo")
    parser.add_argument("--all", action="store_true", help="a picture of each kind")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
