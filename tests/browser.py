"""A real Chromium for tests, and what is wrong with a page according to axe."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
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
    """Say by how many pixels a page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
