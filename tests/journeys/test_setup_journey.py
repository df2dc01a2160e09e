"""The owner changes the week, sees whom it touches, saves; and Rosa's training stands in the diary."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, expect

from corneum.platform.accounts.models import User
from tests.browser import WALKS, barriers
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def sat_down(browser: Browser, address: str, user: User, **window: Any) -> Page:
    """Open a browser in which somebody sits at the desk."""
    client = DeskClient()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=address, **window)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context.new_page()


def then_the_page_is_for_everybody(page: Page, *, runs_scripts: bool) -> None:
    """Nothing that axe finds, and nothing to be scrolled sideways."""
    assert barriers(page, scripted=runs_scripts) == []


@pytest.mark.parametrize("window", WALKS.values(), ids=WALKS)
def test_owen_closes_earlier_and_blocks_rosas_morning(browser: Browser, live_server, cast: Cast, window):
    make_appointment(cast, minute("2026-03-10T15:00"), practitioner=cast.rosa)
    runs_scripts = window.get("java_script_enabled", True)
    page = sat_down(browser, live_server.url, cast.owen, **window)
    page.goto("/desk/clinic/")
    page.get_by_role("link", name="Change the opening hours").click()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)

    page.get_by_label("Tuesday").fill("9-14")
    page.get_by_role("button", name="Save the week").click()
    expect(page.get_by_role("heading", name="1 visit would no longer fit")).to_be_visible()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
    page.get_by_role("button", name="Save; this visit stays as it is").click()
    expect(page.get_by_text("The week is saved.").first).to_be_visible()

    page.goto("/desk/clinic/")
    page.get_by_role("link", name="Rosa Lindley").click()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
    page.goto("/desk/clinic/blocked/")
    page.get_by_label("Rosa Lindley").check()
    page.get_by_label("Why").select_option("Training")
    page.get_by_label("First day").fill("2026-03-11")
    page.get_by_label("Mornings, until 13:00").check()
    page.get_by_role("button", name="Block the time").click()
    expect(page.get_by_text("The time is blocked.").first).to_be_visible()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
    page.goto("/desk/diary/2026-03-11/")
    expect(page.get_by_text("Training")).to_be_visible()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
