"""The diary by keyboard alone, with names hidden, and with another desk at work at the same time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment
from corneum.platform.accounts.actors import Actor
from tests.browser import faults
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def desk(browser: Browser, live_server, cast: Cast) -> Iterator[Page]:
    client = DeskClient()
    client.force_login(cast.dana)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    context.add_cookies([
        {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()
    ])  # fmt: skip
    yield context.new_page()
    context.close()


def test_arrive_move_and_undo_by_keyboard_alone(desk: Page, cast: Cast):
    appointment = make_appointment(cast, minute("2026-03-09T11:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-09T14:00"), practitioner=cast.rosa, patient=cast.bea)
    desk.goto("/desk/diary/2026-03-09/")
    assert faults(desk) == []
    alice = desk.locator(f'a.appt[data-ref="{appointment.ref}"]')
    alice.focus()

    desk.keyboard.press("a")  # D5: one action
    expect(alice).to_have_class("appt c3 arrived")
    desk.keyboard.press("a")
    expect(alice).to_have_class("appt c3 booked unconfirmed")
    desk.keyboard.press("m")  # D2: two actions
    target = desk.locator(f'button.to[formaction$="{cast.rosa.slug}"]').last
    expect(target).to_be_visible()
    assert faults(desk) == []
    then = int(target.get_attribute("value") or 0)
    target.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#main").get_by_text("They are told in three minutes.").first).to_be_visible()
    appointment.refresh_from_db()
    assert appointment.starts == then != minute("2026-03-09T11:00")
    desk.wait_for_load_state()
    desk.keyboard.press("u")  # D8: one action
    expect(desk.locator("#main").get_by_text("is back at the time before.").first).to_be_visible()

    appointment.refresh_from_db()
    assert (appointment.starts, appointment.status) == (minute("2026-03-09T11:00"), Appointment.Status.BOOKED)
    desk.wait_for_load_state()
    desk.locator("#main").focus()
    desk.keyboard.press("/")
    desk.keyboard.type("ashwerth")  # nearly so
    expect(desk.locator("[data-found] a").first).to_contain_text("Alice Ashworth")
    assert faults(desk) == []
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(f"/desk/appointments/{appointment.ref}/$"))


def test_one_tab_stop_a_column_arrows_inside_and_keys_that_hide_names_and_say_themselves(desk: Page, cast: Cast):
    make_appointment(cast, minute("2026-03-09T11:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-09T14:00"), practitioner=cast.rosa, patient=cast.bea)
    desk.clock.install()
    desk.goto("/desk/diary/2026-03-09/")

    stops = desk.locator('[data-column] :is(a, button)[tabindex="0"]')
    expect(stops).to_have_count(2)  # Rosa's and Nadia's columns
    stops.first.focus()
    desk.keyboard.press("End")
    assert desk.evaluate(
        "document.activeElement === [...document.activeElement.closest('ol').querySelectorAll('a')].at(-1)"
    )
    desk.keyboard.press("h")
    shown = "getComputedStyle(document.querySelector('.appt .who')).fontSize"
    assert desk.evaluate(shown) == "0px"
    desk.keyboard.press("h")
    assert desk.evaluate(shown) != "0px"
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_label("Visitors see this screen").check()
    desk.clock.fast_forward(119_000)
    assert desk.evaluate(shown) != "0px"
    desk.clock.fast_forward(2_000)
    assert desk.evaluate(shown) == "0px"


def test_another_desks_change_appears_without_a_press(desk: Page, cast: Cast):
    appointment = make_appointment(cast, minute("2026-03-09T11:00"), practitioner=cast.rosa)
    desk.goto("/desk/diary/2026-03-09/")
    alice = desk.locator(f'a.appt[data-ref="{appointment.ref}"]')
    expect(alice).to_have_class("appt c3 booked unconfirmed")
    desk.wait_for_timeout(500)

    actions.arrive_appointment(appointment=appointment, by=Actor.staff(cast.owen), at=datetime.now(UTC))

    expect(alice).to_have_class("appt c3 arrived", timeout=4000)
    # While the server is away nothing is lost: the next answer brings what happened meanwhile.
    with desk.expect_request("**/version/"):
        desk.route("**/version/", lambda route: route.abort())
    actions.undo_arrival(appointment=appointment, by=Actor.staff(cast.owen), at=datetime.now(UTC))
    with desk.expect_event("requestfailed"):
        pass
    desk.unroute("**/version/")
    expect(alice).to_have_class("appt c3 booked unconfirmed", timeout=4000)
    # A screen that nobody uses any more asks for a sign-in, and shows no name.
    Session.objects.all().delete()
    expect(desk).to_have_url(re.compile("/accounts/login/"), timeout=4000)
