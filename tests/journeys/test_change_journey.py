"""The desk moves and undoes, and a patient asks for a time and is answered: in a real Chromium."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Offer
from tests.browser import faults, sideways
from tests.factories.booking import book
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT_10 = minute("2026-03-12T10:00")


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[time_machine.Traveller]:
    """Begin at NOW, and let the clock run."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


def desk_page(browser: Browser, live_server, cast: Cast, width: int, **more) -> Page:
    """Open a browser in which Dana is signed in."""
    desk = DeskClient()
    desk.force_login(cast.dana)
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **more)
    context.add_cookies([
        {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in desk.cookies.items()
    ])  # fmt: skip
    return context.new_page()


@pytest.mark.parametrize("more", [{"width": 1280}, {"width": 390, "java_script_enabled": False}])
def test_the_desk_moves_in_two_presses_and_takes_it_back(browser: Browser, live_server, cast: Cast, more):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    page = desk_page(browser, live_server, cast, **more)
    page.goto(f"/desk/appointments/{appointment.ref}/")

    page.get_by_role("link", name="Move", exact=True).click()
    if more.get("java_script_enabled", True):
        assert faults(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="11:00 to 11:30 with Rosa Lindley").click()

    expect(page.locator("#main").get_by_text("They are told in three minutes.").first).to_be_visible()
    appointment.refresh_from_db()
    assert appointment.starts == AT_10 + 60
    if more.get("java_script_enabled", True):
        assert faults(page) == []
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#main").get_by_text("is back at the time before.").first).to_be_visible()
    page.context.close()


def test_a_request_is_seen_answered_and_shown(browser: Browser, live_server, cast: Cast):
    Offer.objects.update(is_by_request=True)
    request = book(Client(), AT_10)
    visitor = browser.new_context(viewport={"width": 390, "height": 844}, base_url=live_server.url).new_page()
    visitor.goto(f"/b/{request.code}/")
    expect(visitor.get_by_role("heading", name="You have asked for this time")).to_be_visible()
    assert (faults(visitor), sideways(visitor)) == ([], 0)

    desk = desk_page(browser, live_server, cast, 1280)
    desk.goto("/desk/requests/")
    assert faults(desk) == []
    desk.get_by_role("button", name="Accept").click()
    expect(desk.locator("#main").get_by_text("Hannah Doyle is booked, and is told now.").first).to_be_visible()

    visitor.reload()
    expect(visitor.get_by_role("heading", name="You are booked")).to_be_visible()
    assert Appointment.objects.get().status == "booked"
    visitor.context.close()
    desk.context.close()
