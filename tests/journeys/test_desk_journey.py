"""The front desk's morning: sign in, see the day, mark somebody here, answer a question that then really arrives."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries.models import Enquiry
from corneum.platform.jobs.worker import Worker
from tests.browser import WALKS, barriers
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import PASSWORD, code_now, give_app, give_password
from tests.platform.messages.conftest import MailServer, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post_office(settings) -> Iterator[MailServer]:
    """A real mail server, where the clinic's mail goes."""
    server = MailServer(port=free_port())
    server.open()
    settings.MAIL_URL = server.url
    yield server
    server.close()


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock


def given_dana_has_a_password_and_an_app(cast: Cast) -> None:
    give_password(cast.dana)
    give_app(cast.dana)


def when_a_reader_asks(page: Page, clock: time_machine.Traveller) -> None:
    page.goto("/contact/")
    then_the_page_is_for_everybody(page)
    page.get_by_label("Your name").fill("Hannah Doyle")
    page.get_by_label("Email address or phone number").fill("hannah@mail.example")
    page.get_by_label("Your question").fill("Is there a time after five?")
    clock.shift(timedelta(seconds=4))  # nobody types this faster, and a robot that does is kept apart
    page.get_by_role("button", name="Send your question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your question is with us")
    then_the_page_is_for_everybody(page)


def when_dana_signs_in(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_label("E-mail address").fill("dana@corneum.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=False).fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Monday 9 March")


def when_alice_is_marked_here(page: Page) -> None:
    page.get_by_role("link", name="Alice Ashworth").first.click()
    then_the_page_is_for_everybody(page)
    page.get_by_role("button", name="Mark as arrived").click()
    expect(page.get_by_text("Alice Ashworth is here.").first).to_be_visible()
    then_the_page_is_for_everybody(page)


def when_the_question_is_answered(page: Page) -> None:
    page.get_by_role("link", name="Inbox").click()
    then_the_page_is_for_everybody(page)
    page.get_by_role("link", name="Hannah Doyle").click()
    then_the_page_is_for_everybody(page)
    page.get_by_label("Your reply").fill("Hello Hannah,\n\nYes, on Thursday at 5:15pm.\n\nDana")
    page.get_by_role("button", name="Send reply").click()
    expect(page.get_by_text("Your reply is on its way.").first).to_be_visible()
    then_the_page_is_for_everybody(page)


def when_the_worker_works() -> None:
    Worker(clock=lambda: datetime.now(UTC)).run_until_idle()


def then_the_page_is_for_everybody(page: Page) -> None:
    assert barriers(page, scripted=page.runs_scripts) == []  # type: ignore[attr-defined]


@pytest.fixture(params=WALKS.values(), ids=list(WALKS))
def page(request, browser: Browser, live_server) -> Iterator[Page]:
    """Open a window, with script and without."""
    context = browser.new_context(base_url=live_server.url, **request.param)
    opened = context.new_page()
    opened.runs_scripts = request.param.get("java_script_enabled", True)  # type: ignore[attr-defined]
    yield opened
    context.close()


def test_the_desk_sees_marks_and_answers(page: Page, cast: Cast, post_office: MailServer, monday_morning):
    given_dana_has_a_password_and_an_app(cast)
    appointment = make_appointment(cast, minute("2026-03-09T11:00"))

    when_a_reader_asks(page, monday_morning)
    when_dana_signs_in(page)
    then_the_page_is_for_everybody(page)
    when_alice_is_marked_here(page)
    when_the_question_is_answered(page)
    when_the_worker_works()
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_text("Sent", exact=True).first).to_be_visible()
    then_the_page_is_for_everybody(page)

    appointment.refresh_from_db()
    assert (appointment.status, appointment.arrived_by) == (Appointment.Status.ARRIVED, cast.dana)
    assert Enquiry.objects.get().state == Enquiry.State.ANSWERED
    assert [(mail["To"], mail["Subject"]) for mail in post_office.kept] == [
        ("Hannah Doyle <hannah@mail.example>", "Your question to Manchester")
    ]
    said = post_office.kept[0].get_body(("plain",))
    assert said is not None
    assert "Thursday at 5:15pm" in said.get_content()


def test_the_other_clinics_desk_finds_nothing_of_it(browser: Browser, live_server, cast: Cast):
    give_password(cast.mallory)
    give_app(cast.mallory)
    appointment = make_appointment(cast, minute("2026-03-09T11:00"))
    page = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/stockport/desk/")
    page.get_by_label("E-mail address").fill("mallory@corneum.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=False).fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Monday 9 March")

    answers = [
        page.goto(f"{where}/desk/appointments/{appointment.ref}/").status  # type: ignore[union-attr]
        for where in ("", "/stockport")
    ]

    assert answers == [404, 404]
    expect(page.get_by_text("Alice")).to_have_count(0)
