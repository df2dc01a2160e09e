"""A real Chromium for tests, the two ways in which a journey is walked, and what is wrong with a page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# A journey is walked twice. With script, each page is also looked at as a phone shows it in the dark,
# which is much quicker than a third walk; axe is a script, and so looks at nothing on the other one.
WALKS: dict[str, dict[str, Any]] = {
    "with script": {"viewport": DESK, "reduced_motion": "reduce"},
    "without script": {"viewport": PHONE, "java_script_enabled": False},
}
# A page lives for a second here: what makes long-lived pages fast only costs.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-gpu-rasterization", "--js-flags=--no-opt --max-lazy"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open a browser for as long as it is needed: CORNEUM_CHROMIUM, or the one that the driver brought."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ.get("CORNEUM_CHROMIUM") or _debian(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _debian() -> str | None:
    return "/usr/bin/chromium" if os.path.exists("/usr/bin/chromium") else None  # noqa: PTH110 -- a string is asked for


def faults(page: Page) -> list[str]:
    """Say what axe finds wrong with a page, one line each: the rule, then where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # What passed stays in the browser: carrying it over takes longer than finding it.
    found = page.evaluate("rules => axe.run(rules).then(results => results.violations)", RULES)
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]


def sideways(page: Page) -> int:
    """Say by how many pixels a page can be scrolled sideways, once its sheets and its face are there."""
    page.wait_for_load_state("load")
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def barriers(page: Page, *, scripted: bool) -> list[str]:
    """Say what keeps somebody from a page: as it stands, and with script also on a phone in the dark."""
    if not scripted:
        return _too_wide(page)
    found = faults(page) + _too_wide(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"on a phone in the dark: {each}" for each in faults(page) + _too_wide(page)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def _too_wide(page: Page) -> list[str]:
    return [f"{page.url} scrolls sideways by {by} pixels"] if (by := sideways(page)) else []
