"""A course from the patient's page to six visits, one visit that moves, and the rest planned anew."""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.courses.models import Course
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Offer
from corneum.platform.accounts.actors import Actor
from corneum.platform.messages.models import Message
from tests.browser import WALKS, barriers
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute
from tests.factories.sign_in import PASSWORD, code_now, give_app, give_password

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def when_dana_signs_in(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_label("E-mail address").fill("dana@corneum.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=False).fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Monday 9 March")


def then_the_page_is_for_everybody(page: Page) -> None:
    assert barriers(page, scripted=page.runs_scripts) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("window", WALKS.values(), ids=WALKS)
def test_the_desk_plans_changes_books_and_mends_a_course(browser: Browser, live_server, cast: Cast, window):
    give_password(cast.dana)
    give_app(cast.dana)
    Offer.objects.update(horizon_days=180)
    context = browser.new_context(base_url=live_server.url, **window)
    page = context.new_page()
    page.runs_scripts = window.get("java_script_enabled", True)  # type: ignore[attr-defined]

    when_dana_signs_in(page)
    page.goto(f"/desk/patients/{cast.alice.ref}/")
    page.get_by_role("link", name="Plan a course").click()
    then_the_page_is_for_everybody(page)
    page.get_by_label("Treatment").select_option("Microdermabrasion")
    page.get_by_label("Thursday").check()
    page.get_by_role("button", name="Find times").click()
    expect(page.get_by_role("listitem").filter(has_text="Thursday 12 March")).to_be_visible()
    then_the_page_is_for_everybody(page)

    page.get_by_role("link", name="Change visit 2").click()
    then_the_page_is_for_everybody(page)
    page.get_by_role("link", name="10:30 on Thursday 26 March with Rosa Lindley").click()
    then_the_page_is_for_everybody(page)
    page.get_by_role("button", name="Book all 6 visits").click()
    expect(page.get_by_text("6 visits are booked").first).to_be_visible()
    then_the_page_is_for_everybody(page)

    course = Course.objects.get()
    third = course.places.get(number=3).appointment
    assert course.places.get(number=2).appointment.wall_time == "2026-03-26T10:30"
    diary.move_appointment(
        appointment=third, starts=minute("2026-04-21T10:00"), practitioner=None, by=Actor.staff(cast.dana), at=NOW
    )
    page.reload()
    then_the_page_is_for_everybody(page)
    page.get_by_role("link", name="Plan the rest anew").click()
    then_the_page_is_for_everybody(page)
    page.get_by_role("button", name="Keep these times").click()
    expect(page.get_by_text("The new times are kept").first).to_be_visible()
    then_the_page_is_for_everybody(page)
    page.get_by_text("End this course early").click()
    then_the_page_is_for_everybody(page)
    context.close()

    assert Appointment.objects.filter(status="booked").count() == 6
    assert Message.objects.filter(state="queued").count() == 1
