"""Every kind of public page in a real Chromium: no barrier, no scrolling sideways, nothing that shifts, and on paper."""

import pytest
import time_machine

from tests.browser import DESK, barriers, sideways
from tests.factories.cast import NOW
from tests.factories.guides import publish_sample

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/", "/treatments/", "/treatments/microdermabrasion/", "/concerns/spots/", "/articles/",
    "/articles/what-happens-at-a-consultation/", "/team/", "/prices/", "/visit/", "/search/?q=scars", "/privacy/",
    "/accessibility/", "/complaints/", "/complaints/make/", "/results/", "/registration/", "/questions/", "/contact/",
)  # fmt: skip
# WCAG 2.2, 1.4.12: what a reader may set, and nothing may be lost by it.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SHIFTED = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=True):
        yield


def test_every_public_page_is_for_everybody(browser, live_server, cast):
    publish_sample(cast)
    context = browser.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce", bypass_csp=True)
    page, found = context.new_page(), []

    for path in PAGES:
        page.goto(path)
        if shifted := page.evaluate(SHIFTED):
            found.append(f"{path} shifts by {shifted}")
        found += [f"{path}: {each}" for each in barriers(page, scripted=True)]
        page.set_viewport_size({"width": 320, "height": 640})  # also what 1280 is at 400 %
        page.add_style_tag(content=SPACED)
        page.emulate_media(forced_colors="active")
        found += [f"{path} at 320 pixels, spaced out, scrolls by {by}"] if (by := sideways(page)) else []
        page.emulate_media(forced_colors="none", media="print")
        found += (
            [f"{path} prints its menu"] if page.locator("header .nav, nav.bar").locator("visible=true").count() else []
        )
        page.emulate_media(media="screen")
        page.set_viewport_size(DESK)

    assert found == []
    context.close()
