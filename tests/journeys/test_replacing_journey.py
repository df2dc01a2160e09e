"""Rosa is ill: from her column in the diary to every visit dealt with, by a real browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.diary.models import Appointment
from corneum.clinic.replacing.models import Outage
from corneum.platform.messages.models import Message
from tests.browser import WALKS, barriers
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import PASSWORD, code_now, give_app, give_password

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def given_a_full_tuesday(cast: Cast) -> None:
    cara, dora = make_patient(cast.manchester, "Cara Clough"), make_patient(cast.manchester, "Dora Dale")
    for clock, patient in (("09:30", cast.alice), ("11:00", cast.bea), ("14:00", cara), ("15:30", dora)):
        make_appointment(
            cast, minute(f"2026-03-10T{clock}"), patient=patient, practitioner=cast.rosa,
            treatment=cast.microdermabrasion,
        )  # fmt: skip
    give_password(cast.dana)
    give_app(cast.dana)


def when_dana_signs_in(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_label("E-mail address").fill("dana@corneum.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=False).fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()


def then_the_page_is_for_everybody(page: Page) -> None:
    assert barriers(page, scripted=page.runs_scripts) == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("window", WALKS.values(), ids=WALKS)
def test_an_ill_practitioners_day_is_placed_anew(browser: Browser, live_server, cast: Cast, window):
    given_a_full_tuesday(cast)
    context = browser.new_context(base_url=live_server.url, **window)
    page = context.new_page()
    page.runs_scripts = window.get("java_script_enabled", True)  # type: ignore[attr-defined]

    when_dana_signs_in(page)
    page.goto("/desk/diary/2026-03-10/")
    page.get_by_role("link", name="Take out Rosa Lindley").click()
    then_the_page_is_for_everybody(page)
    page.get_by_label("Why").select_option("sickness")
    page.get_by_role("button", name="Take out, and list the visits").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rosa Lindley is out")
    expect(page.get_by_text("0 dealt with, 4 to decide")).to_be_visible()
    then_the_page_is_for_everybody(page)

    page.get_by_role("button", name="Accept the proposal for Alice Ashworth").click()
    expect(page.get_by_text("1 dealt with, 3 to decide")).to_be_visible()
    page.get_by_role("link", name="Other time for Bea Birch").click()
    then_the_page_is_for_everybody(page)
    page.locator(".times button").last.click()
    page.get_by_role("button", name="Ring Cara Clough").click()
    page.get_by_role("button", name="Accept the proposal", exact=True).click()
    expect(page.get_by_text("3 dealt with, 1 to decide")).to_be_visible()
    then_the_page_is_for_everybody(page)
    page.get_by_role("link", name="Other time for Cara Clough").click()
    page.get_by_label("Reason").fill("On holiday from Wednesday")
    page.get_by_role("button", name="Cancel the visit").click()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who and what is out")
    then_the_page_is_for_everybody(page)
    context.close()

    assert Outage.objects.get().closed_by == cast.dana
    states = {one.patient.name.split()[0]: one.status for one in Appointment.objects.all()}
    assert states == {"Alice": "booked", "Bea": "booked", "Cara": "cancelled", "Dora": "booked"}
    letters = Message.objects.filter(template="replacing/changed", state="queued")
    assert sorted(letter.to_name.split()[0] for letter in letters) == ["Alice", "Bea", "Cara", "Dora"]
    assert {letter.send_at - letter.created_at for letter in letters} == {timedelta(minutes=3)}
