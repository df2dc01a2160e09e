"""The pieces in a real Chromium: for everybody, on every width, by day and by night, with script and without."""

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser import faults, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["", "public/", "flow/", "plain/", "desk/"]
WIDTHS = [390, 1280]


@pytest.fixture
def visit(browser, live_server):
    """Open one of the sample pages."""
    contexts = []

    def opened(path, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 844}, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: line.type in {"error", "warning"} and page.complaints.append(line.text))
        page.goto(f"{live_server.url}/{path}")
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, path):
    page = visit(f"components/{path}", reduced_motion="reduce")  # a colour on its way to another is neither
    found = {}

    for width, scheme in product(WIDTHS, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found[width, scheme] = faults(page)

    assert {where: what for where, what in found.items() if what} == {}
    assert page.complaints == []


def test_axe_finds_nothing_on_an_error_page(visit):
    page = visit("nowhere/", 390)

    assert faults(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(visit, path):
    page = visit(f"components/{path}", 320)

    assert sideways(page) == 0


def test_our_own_face_is_read_under_the_policy(visit):
    page = visit("components/")

    assert page.evaluate("document.fonts.check('16px \"Atkinson Next\"')") is True
    assert page.evaluate("[...document.fonts].find(face => face.family.includes('Next')).status") == "loaded"


def test_dark_is_pinned_whatever_the_system_says(visit):
    page = visit("components/", color_scheme="light")

    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 21, 20)"


def test_first_tab_skips_to_the_content(visit):
    page = visit("components/desk/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("script", [True, False])
def test_focus_is_on_what_is_wrong(visit, script):
    page = visit("components/", java_script_enabled=script)

    assert page.evaluate("document.activeElement.className") == "error-summary"


def test_menu_opens_without_script(visit):
    page = visit("components/public/", 390, java_script_enabled=False)

    page.locator("details.menu > summary").click()

    assert page.get_by_role("navigation", name="Menu").get_by_role("link").all_inner_texts() == [
        "Treatments", "Concerns", "Our team", "Prices", "Visit us", "Ask a question",
    ]  # fmt: skip


def test_menu_closes_on_escape_and_gives_focus_back(visit):
    page = visit("components/public/", 390)
    page.locator("details.menu > summary").click()

    page.keyboard.press("Escape")

    assert page.evaluate("document.querySelector('details.menu').open") is False
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_form_is_sent_once_and_its_button_says_so(visit):
    page = visit("components/flow/")
    sent = []

    def answer_nothing(route):
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/flow/?*", answer_nothing)
    button = page.locator("form[data-busy] button")

    button.click(no_wait_after=True)
    expect(button).to_have_text("Sending…")
    page.evaluate("document.querySelector('form[data-busy]').requestSubmit()")

    assert len(sent) == 1
    assert button.get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.querySelector('form[data-busy] button').disabled") is False


def test_kept_time_is_counted_down_and_its_end_is_said(visit):
    page = visit("components/")
    kept, over = page.locator("[data-until]").all()

    expect(over).to_have_text("10am is no longer kept for you.")
    expect(page.locator("[data-status]")).to_have_text("10am is no longer kept for you.")

    assert kept.inner_text() == "We can keep 9:30am for 2 minutes more."


def test_choosing_is_enough_with_script(visit):
    page = visit("components/")
    button = page.get_by_role("button", name="Show times")
    hidden = button.is_hidden()

    page.get_by_label("With").select_option("rosa")
    page.wait_for_url("**/components/?with=rosa")

    assert hidden is True


def test_choosing_has_a_button_without_script(visit):
    page = visit("components/", java_script_enabled=False)

    page.get_by_label("With").select_option("rosa")
    page.get_by_role("button", name="Show times").click()

    assert page.url.endswith("/components/?with=rosa")


def test_single_keys_can_be_switched_off(visit):
    page = visit("components/desk/")
    page.keyboard.press("/")
    allowed = page.evaluate("document.activeElement.name")
    page.evaluate("document.activeElement.blur()")

    page.locator("details.me > summary").click()
    page.get_by_role("button", name="Switch single keys off").click()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")

    assert allowed == "q"
    assert page.evaluate("document.activeElement.tagName") == "BODY"


@pytest.mark.parametrize("path", ["", "desk/"])
def test_icons_are_drawn(visit, path):
    page = visit(f"components/{path}")

    empty = page.evaluate("[...document.querySelectorAll('svg.icon')].filter(icon => !icon.childElementCount).length")

    assert (page.locator("svg.icon").count() > 0, empty) == (True, 0)


def test_marks_of_a_public_page_are_drawn_by_its_sheet(visit):
    page = visit("components/public/", 390)

    drawn = page.evaluate(
        """[[".brand", "backgroundImage"], [".menu > summary", "maskImage"], [".bar .call", "maskImage"]].map(
            ([where, what]) => getComputedStyle(document.querySelector(where), "::before")[what].slice(0, 4))"""
    )

    assert drawn == ["url(", "url(", "url("]
