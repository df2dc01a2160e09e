"""A practitioner takes the diary into her own calendar, and her own calendar into the diary."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.diary.models import Block
from corneum.platform.accounts.models import User
from corneum.platform.jobs.worker import Worker
from tests.browser import WALKS, barriers
from tests.clinic.calendars.provider import HERE, serving
from tests.clinic.calendars.test_reading import calendar, event
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
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
    assert barriers(page, scripted=runs_scripts) == []


@pytest.mark.parametrize("window", WALKS.values(), ids=WALKS)
def test_nadia_takes_the_diary_home_and_brings_her_rota(browser: Browser, live_server, settings, cast: Cast, window):
    settings.CALENDARS_PRIVATE = HERE
    make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.nadia)
    runs_scripts = window.get("java_script_enabled", True)
    page = sat_down(browser, live_server.url, cast.priya, **window)
    page.goto("/desk/calendars/")
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)

    expect(page.get_by_label("Whose time")).to_have_value(f"practitioner:{cast.nadia.ref}")  # her own, at first
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Secret link to Nadia Rahman").input_value()
    told = Client().get(urlsplit(link).path).content.decode()
    assert "SUMMARY:Busy" in told
    assert "Alice" not in told
    expect(page.get_by_role("button", name="Copy the link to Nadia Rahman")).to_be_visible(visible=runs_scripts)

    with serving() as provider:
        provider.say(calendar(event("DTSTART:20260311T100000Z", "DTEND:20260311T113000Z")))
        page.get_by_label("What to call it").fill("Hospital rota")
        page.get_by_label("Secret address").fill("my rota")
        page.get_by_role("button", name="Connect", exact=True).click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
        page.get_by_label("Secret address").fill(provider.url)
        page.get_by_role("button", name="Connect", exact=True).click()
        expect(page.get_by_text("Being fetched", exact=True)).to_be_visible()
        Worker(clock=lambda: datetime.now(UTC)).run_until_idle()
    page.reload()
    expect(page.get_by_text("Up to date")).to_be_visible()
    then_the_page_is_for_everybody(page, runs_scripts=runs_scripts)
    page.get_by_role("button", name="Disconnect Hospital rota").click()
    expect(page.get_by_text("its address is forgotten")).to_be_visible()
    page.get_by_role("button", name="Revoke the link to Nadia Rahman").click()
    expect(page.get_by_text("The link is revoked")).to_be_visible()

    assert Client().get(urlsplit(link).path).status_code == 404
    assert Block.objects.count() == 1  # it was there, and has been given back
    assert Block.objects.filter(lifted_at=None).count() == 0
