"""A picture of the map, for the README, by headless Chromium.

    python tools/screenshot.py ptce-map.html docs/images/map.png

Chromium is the system's (on Debian: ``apt install chromium``), or the one that
the variable ``PTCE_CHROMIUM`` names.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1440, 900


def main(page_path: str, image_path: str) -> int:
    chromium = os.environ.get("PTCE_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("No Chromium found; on Debian: apt install chromium", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
        context.set_offline(True)
        page = context.new_page()
        page.goto(Path(page_path).resolve().as_uri())
        page.wait_for_timeout(1500)
        Path(image_path).parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=image_path)
        browser.close()
    print(image_path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
