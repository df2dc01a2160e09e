"""Somebody finds no time, joins the list, is offered one and takes it: in a real Chromium, and without script."""

import pytest
import time_machine
from playwright.sync_api import Page, expect

from corneum.clinic.diary.models import Appointment
from corneum.clinic.waiting.models import Wait
from tests.browser import WALKS, barriers
from tests.factories.cast import NOW
from tests.factories.waiting import offer_times

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=True):
        yield


def then_the_page_is_for_everybody(page: Page, heading: str, *, runs_scripts: bool) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert barriers(page, scripted=runs_scripts) == []


@pytest.mark.parametrize("how", WALKS)
def test_a_reader_joins_the_list_and_takes_what_opens(browser, live_server, cast, how):
    context = browser.new_context(base_url=live_server.url, **WALKS[how])
    page, scripts = context.new_page(), WALKS[how].get("java_script_enabled", True)

    page.goto("/book/consultation/")
    page.get_by_role("link", name="Tell me when one opens").click()
    then_the_page_is_for_everybody(page, "Tell me when a time opens", runs_scripts=scripts)
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    then_the_page_is_for_everybody(page, "Tell me when a time opens", runs_scripts=scripts)
    page.get_by_label("Your name").fill("Hannah Doyle")
    page.get_by_label("Email address or mobile number").fill("hannah@mail.example")
    page.get_by_label("Weekday mornings").check()
    page.get_by_role("button", name="Join the waiting list").click()
    then_the_page_is_for_everybody(page, "You are on the waiting list", runs_scripts=scripts)

    (offer,) = offer_times(cast)
    page.goto(f"/o/{offer.code}/")
    then_the_page_is_for_everybody(page, "A time has opened", runs_scripts=scripts)
    page.get_by_role("button", name="Yes, book it").click()

    then_the_page_is_for_everybody(page, "You are booked", runs_scripts=scripts)
    assert Appointment.objects.get().starts == offer.starts
    assert Wait.objects.get().state == "booked"
    context.close()
