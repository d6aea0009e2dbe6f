"""The page in a browser, offline: nothing asked, nothing refused, readable on a phone."""

from __future__ import annotations

from ptce_graph.reports.build import write_report


def _opened(browser, path, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_offline(True)
    context.add_init_script(
        "window.violations = [];"
        "document.addEventListener('securitypolicyviolation',"
        " (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    page = context.new_page()
    heard = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    assert heard == [path.as_uri()]
    assert page.evaluate("window.violations") == []
    return page


def test_the_page_is_quiet_and_fits(made, browser, tmp_path):
    path = write_report(made, tmp_path)
    for width, height in ((1200, 900), (390, 844)):
        page = _opened(browser, path, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    colours = page.evaluate(
        "[...new Set([...document.querySelectorAll('#figure-network [fill]')]"
        ".map((e) => getComputedStyle(e).fill))]"
    )
    # Okabe and Ito's blue: attributes are applied under the policy, where style would not be.
    assert "rgb(0, 114, 178)" in colours


def test_hostile_names_never_run(hostile, browser, tmp_path):
    page = _opened(browser, write_report(hostile, tmp_path), 1200, 900)
    assert page.locator("h1").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("img").count() == 0
