"""A reader walks from a free time to an appointment, moves it and cancels it: in a real Chromium."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

from corneum.clinic.diary.models import Appointment, Hold
from corneum.platform.messages.models import Message
from tests.browser import faults, sideways
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
TUESDAY_10 = "10am", "Tuesday 10 March with anyone"
EXPECTED = (409, 422)  # what a browser notes about pages that say no

Opened = Callable[..., Page]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[time_machine.Traveller]:
    """Begin at NOW, and let the clock run."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def visitor(browser: Browser, live_server) -> Iterator[Opened]:
    """Open a page as somebody new; whatever the browser complains about, or asks of others, fails the journey."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str, **options) -> Page:
        context = browser.new_context(**({"viewport": PHONE, "base_url": live_server.url} | options))
        contexts.append(context)
        page = context.new_page()
        page.runs_scripts = options.get("java_script_enabled", True)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda answer: complaints.extend(_faults_of(answer, live_server.url)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _faults_of(answer: Response, own: str) -> list[str]:
    expected = answer.status < 400 or answer.status in EXPECTED
    return [] if expected and answer.url.startswith(own) else [f"{answer.status} {answer.url}"]


# --- steps ----------------------------------------------------------------------------------------


def given_the_times(visitor: Opened, **options) -> Page:
    page = visitor("/book/consultation/", **options)
    then_the_page_is_for_everybody(page, "Choose a time")
    return page


def given_a_link_from_a_message(visitor: Opened, cast: Cast, wall: str, **options) -> tuple[Page, Appointment]:
    appointment = make_appointment(cast, minute(wall))
    page = visitor(f"/b/{appointment.code}/", **options)
    then_the_page_is_for_everybody(page, "You are booked")
    return page, appointment


def the_time(page: Page, seen: str, heard: str) -> Locator:
    """Find a time by what is seen, and what is heard after it."""
    return page.get_by_role("button", name=re.compile(f"^{seen} ?, {heard}$"))


def when_a_time_is_pressed(page: Page, seen: str, heard: str) -> None:
    the_time(page, seen, heard).click()
    then_the_page_is_for_everybody(page, "Your details")


def when_details_are_typed(page: Page, name: str, contact: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email address or mobile number").fill(contact)


def when_details_are_sent(page: Page) -> None:
    page.get_by_role("button", name="Check your booking").click()


def when_it_is_confirmed(page: Page) -> None:
    page.get_by_role("button", name="Confirm booking").click()
    page.wait_for_url("**/b/*/")


def when_minutes_pass(clock: time_machine.Traveller, minutes: int) -> None:
    clock.shift(timedelta(minutes=minutes))


def then_the_page_is_for_everybody(page: Page, heading: str) -> None:
    """Look at its one heading, at what axe finds (which is a script), and whether it fits the screen."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    if page.runs_scripts:  # type: ignore[attr-defined]
        assert faults(page) == []
        assert sideways(page) == 0


def then_the_first_thing_said_is(page: Page, title: str) -> None:
    """The message stands first, and has the focus."""
    summary = page.locator("[data-error-summary]")
    expect(summary.get_by_role("heading")).to_have_text(title)
    expect(summary).to_be_focused()


def then_somebody_is_booked(wall: str, name: str) -> Appointment:
    appointment = Appointment.objects.get(starts=minute(wall), status="booked")
    assert appointment.patient.name == name
    return appointment


# --- journeys -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [{"java_script_enabled": False}, {"viewport": DESK, "color_scheme": "dark"}],
    ids=["without script", "at a desk in the dark"],
)
def test_a_reader_books_a_consultation(visitor, cast, how):
    page = given_the_times(visitor, **how)

    when_a_time_is_pressed(page, *TUESDAY_10)
    when_details_are_typed(page, "Hannah Doyle", "hannah.doyle@mail.example")
    when_details_are_sent(page)
    then_the_page_is_for_everybody(page, "Check your booking")
    when_it_is_confirmed(page)

    then_the_page_is_for_everybody(page, "You are booked")
    then_somebody_is_booked("2026-03-10T10:00", "Hannah Doyle")
    assert Message.objects.get().subject == "Tuesday 10 March, 10am at Manchester"


def test_a_reader_books_from_the_first_page_in_four_screens(visitor, cast):
    screens = []
    page = visitor("/")
    page.on("framenavigated", lambda frame: screens.append(frame.url))

    page.locator("button.slot").first.click()
    when_details_are_typed(page, "Hannah Doyle", "07700 900982")
    when_details_are_sent(page)
    when_it_is_confirmed(page)

    assert [re.sub(r"[0-9a-z]{26}", "…", url.split("/", 3)[3]) for url in screens] == [
        "book/d/…/",
        "book/d/…/check/",
        "b/…/",
    ]
    assert Message.objects.get().channel == "text"


def test_a_reader_is_told_what_to_mend_and_nothing_typed_is_lost(visitor, cast):
    page = given_the_times(visitor)
    when_a_time_is_pressed(page, *TUESDAY_10)

    when_details_are_typed(page, "", "hannah@")
    when_details_are_sent(page)

    then_the_first_thing_said_is(page, "There is a problem")
    then_the_page_is_for_everybody(page, "Your details")
    expect(page.get_by_label("Email address or mobile number")).to_have_value("hannah@")
    page.get_by_role("link", name="Enter your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()


def test_a_reader_goes_on_with_the_enter_key(visitor, cast):
    page = given_the_times(visitor)
    when_a_time_is_pressed(page, *TUESDAY_10)

    when_details_are_typed(page, "Hannah Doyle", "hannah.doyle@mail.example")
    page.keyboard.press("Enter")

    then_the_page_is_for_everybody(page, "Check your booking")


def test_a_reader_who_types_slowly_keeps_the_time_in_one_press(visitor, cast, monday_morning):
    page = given_the_times(visitor)
    when_a_time_is_pressed(page, *TUESDAY_10)
    when_details_are_typed(page, "Hannah", "hannah.doy")
    when_minutes_pass(monday_morning, 8)

    page.get_by_role("button", name="Keep it 10 more minutes").click()
    when_minutes_pass(monday_morning, 8)
    page.reload()

    then_the_page_is_for_everybody(page, "Your details")
    expect(page.get_by_label("Your name")).to_have_value("Hannah")
    expect(page.get_by_label("Email address or mobile number")).to_have_value("hannah.doy")
    expect(page.get_by_text("for 4 minutes")).to_be_visible()
    expect(page.get_by_role("button", name="Keep it 10 more minutes")).to_have_count(0)


def test_a_reader_who_presses_twice_goes_back_and_presses_again_is_booked_once(visitor, cast):
    page = given_the_times(visitor, java_script_enabled=False)
    when_a_time_is_pressed(page, *TUESDAY_10)
    when_details_are_typed(page, "Hannah Doyle", "hannah.doyle@mail.example")
    when_details_are_sent(page)
    page.get_by_role("button", name="Confirm booking").dblclick()
    page.wait_for_url("**/b/*/")
    booked = page.url

    page.go_back()
    if page.get_by_role("button", name="Confirm booking").count():
        page.get_by_role("button", name="Confirm booking").click()
    page.wait_for_url("**/b/*/")

    assert page.url == booked
    assert (Appointment.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_two_race_for_one_time_and_the_loser_keeps_what_they_typed(visitor, cast, monday_morning, scripted):
    slow, quick = (given_the_times(visitor, java_script_enabled=scripted) for _ in range(2))
    when_a_time_is_pressed(slow, *TUESDAY_10)
    when_details_are_typed(slow, "Hannah Doyle", "hannah.doyle@mail.example")
    when_minutes_pass(monday_morning, 11)  # nobody keeps it for Hannah any more

    when_a_time_is_pressed(quick, *TUESDAY_10)
    when_details_are_typed(quick, "Ruth Ellery", "ruth@mail.example")
    when_details_are_sent(quick)
    when_details_are_sent(slow)
    when_it_is_confirmed(quick)

    then_somebody_is_booked("2026-03-10T10:00", "Ruth Ellery")
    then_the_first_thing_said_is(slow, "10am on Tuesday has just been booked")
    then_the_page_is_for_everybody(slow, "Your details")
    expect(slow.get_by_label("Your name")).to_have_value("Hannah Doyle")

    the_time(slow, "9:30am the same day", "Tuesday 10 March with anyone").click()
    then_the_page_is_for_everybody(slow, "Check your booking")
    when_it_is_confirmed(slow)
    then_somebody_is_booked("2026-03-10T09:30", "Hannah Doyle")


def test_two_press_one_time_at_once_and_the_loser_is_offered_the_nearest(visitor, cast):
    one, other = (given_the_times(visitor) for _ in range(2))
    when_a_time_is_pressed(one, *TUESDAY_10)

    the_time(other, *TUESDAY_10).click()

    then_the_first_thing_said_is(other, "10am on Tuesday has just been booked")
    then_the_page_is_for_everybody(other, "Choose a time")
    assert Hold.objects.count() == 1


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_a_patient_moves_a_booking_from_its_link_in_two_presses(visitor, cast, scripted):
    page, appointment = given_a_link_from_a_message(visitor, cast, "2026-03-10T10:00", java_script_enabled=scripted)

    page.get_by_role("link", name="Move", exact=True).click()
    then_the_page_is_for_everybody(page, "Move your appointment")
    the_time(page, "2pm", "Wednesday 11 March with Rosa Lindley").click()

    then_the_page_is_for_everybody(page, "You are booked")
    expect(page.get_by_text("Wednesday 11 March 2026 at 2pm")).to_be_visible()
    assert then_somebody_is_booked("2026-03-11T14:00", "Alice Ashworth") == appointment
    assert Message.objects.get().template == "booking/moved"


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without script"])
def test_a_patient_cancels_a_booking_from_its_link_in_two_presses(visitor, cast, scripted):
    page, appointment = given_a_link_from_a_message(visitor, cast, "2026-03-10T10:00", java_script_enabled=scripted)

    page.get_by_role("link", name="Cancel", exact=True).click()
    then_the_page_is_for_everybody(page, "Cancel Tuesday 10 March, 10am?")
    page.get_by_role("button", name="Cancel the booking").click()

    then_the_page_is_for_everybody(page, "Your appointment is cancelled")
    appointment.refresh_from_db()
    assert appointment.status == "cancelled"
    page.get_by_role("link", name="Book another time").click()
    then_the_page_is_for_everybody(page, "Choose a time")


def test_a_reader_narrows_the_times_and_turns_the_days(visitor, cast):
    page = given_the_times(visitor, viewport=DESK)

    page.get_by_label("With").select_option("Nadia Rahman")
    page.wait_for_url("**with=nadia-rahman**")
    page.get_by_role("link", name="Later days").click()
    page.wait_for_url("**from=2026-03-14**")

    then_the_page_is_for_everybody(page, "Choose a time")
    expect(the_time(page, "9am", "Saturday 14 March with Nadia Rahman")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/book/", "/book/consultation/?with=rosa-lindley&part=evening", "/book/microdermabrasion/"]
)
def test_the_other_pages_are_for_everybody_on_the_narrowest_screen(visitor, cast, path):
    page = visitor(path, viewport={"width": 320, "height": 640})

    assert faults(page) == []
    assert sideways(page) == 0
