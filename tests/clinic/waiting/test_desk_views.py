"""The waiting list at the desk: who waits, who is asked first, what was offered, who was passed over."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.waiting import actions
from corneum.clinic.waiting.models import Wait
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.models import RecordRead
from tests.factories.booking import field_of, main_of, text_of
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.waiting import make_wait, offer_times

pytestmark = pytest.mark.django_db

LIST = "/desk/waiting/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.dana)
    return client


def test_list_shows_people_in_the_order_in_which_they_are_asked(cast, desk):
    make_wait(cast, "First Person")
    urgent = make_wait(cast, "Urgent Person")
    actions.mark_urgent(wait=urgent, reason="Soon", user=cast.dana, by=Actor.staff(cast.dana), at=NOW)

    shown = text_of(desk.get(LIST))

    assert "2 people, in the order in which they are asked" in shown
    assert shown.index("Urgent Person") < shown.index("First Person")
    assert "Tuesday 10 March, 10am to 10:01am until Monday 6 April" in shown


def test_list_filters_by_treatment_person_and_what_became_of_them(cast, desk):
    make_wait(cast, "Peel Person", treatment=cast.peel)
    make_wait(cast, "Rosa Fan", practitioner=cast.rosa)
    left = make_wait(cast, "Left Person")
    actions.leave_waiting_list(wait=left, by=PATIENT, at=NOW)

    def names(query: str) -> list[str]:
        shown = main_of(desk.get(f"{LIST}?{query}"))
        return [name for name in ("Peel Person", "Rosa Fan", "Left Person") if name in shown]

    assert names("") == ["Peel Person", "Rosa Fan"]
    assert names("treatment=glycolic-peel") == ["Peel Person"]
    assert names("with=rosa-lindley") == ["Rosa Fan"]
    assert names("show=ended") == ["Left Person"]
    assert desk.get(f"{LIST}?show=nonsense").status_code == 404


def test_list_asks_the_same_of_the_database_for_one_and_for_three(cast, desk):
    make_wait(cast, "First Person")
    desk.get(LIST)
    with CaptureQueriesContext(connection) as one:
        desk.get(LIST)
    make_wait(cast, "Second Person")
    make_wait(cast, "Third Person")
    with CaptureQueriesContext(connection) as three:
        desk.get(LIST)

    assert len(one) == len(three)


def test_add_puts_somebody_on_the_list_with_first_and_last_day(cast, desk):
    page = desk.get(f"{LIST}add/")
    sent = {
        "press": field_of(page, "press"), "name": "Tess Ring", "contact": "0161 496 0009", "treatment": "glycolic-peel",
        "practitioner": "", "suits": ["saturdays"], "first": "2026-03-16", "until": "2026-04-30",
    }  # fmt: skip

    answers = [desk.post(f"{LIST}add/", sent) for _ in range(2)]

    wait = Wait.objects.get()
    assert {answer["Location"] for answer in answers} == {f"{LIST}{wait.ref}/"}
    assert (wait.treatment, wait.practitioner, wait.phone) == (cast.peel, None, "+441614960009")
    assert [(f"{row.first}", f"{row.last}", row.weekdays) for row in wait.windows.all()] == [
        ("2026-03-16", "2026-04-30", 0b100000)
    ]


def test_add_says_what_is_wrong(cast, desk):
    sent = {"name": "Tess", "contact": "x", "treatment": "nothing", "first": "2026-04-16", "until": "2026-04-01"}

    answer = desk.post(f"{LIST}add/", sent)

    assert answer.status_code == 422
    assert "Choose a day that is not before the first" in text_of(answer)
    assert not Wait.objects.exists()


@pytest.mark.parametrize("first", ["2026-03-08", "2027-03-09", "0001-01-01"])
def test_add_refuses_a_first_day_that_is_over_or_far_off(cast, desk, first):
    sent = {
        "name": "Tess Ring", "contact": "0161 496 0009", "treatment": "glycolic-peel", "suits": ["saturdays"],
        "first": first, "until": "2026-04-30",
    }  # fmt: skip

    answer = desk.post(f"{LIST}add/", sent)

    assert answer.status_code == 422
    assert "Choose a day between today and six months from now" in text_of(answer)
    assert not Wait.objects.exists()


def test_urgent_asks_for_a_reason_keeps_it_and_can_be_taken_back(cast, desk):
    wait = make_wait(cast)

    refused = desk.post(f"{LIST}{wait.ref}/urgent/", {"reason": " "})
    desk.post(f"{LIST}{wait.ref}/urgent/", {"reason": "Wedding on Friday"})
    shown = text_of(desk.get(f"{LIST}{wait.ref}/"))
    desk.post(f"{LIST}{wait.ref}/not-urgent/")

    wait.refresh_from_db()
    assert (refused.status_code, "Enter a reason" in text_of(refused)) == (422, True)
    assert "Asked first Wedding on Friday Dana Okafor" in shown
    assert not wait.is_urgent


def test_remove_takes_somebody_off_and_a_stale_page_says_so(cast, desk):
    wait = make_wait(cast)

    desk.post(f"{LIST}{wait.ref}/remove/")
    stale = desk.post(f"{LIST}{wait.ref}/urgent/", {"reason": "Soon"}, follow=True)

    wait.refresh_from_db()
    assert wait.state == "removed"
    assert "This person is not on the list any more." in text_of(stale)


def test_passed_shows_who_stood_before_and_why(cast, desk):
    later = make_appointment(cast, minute("2026-03-09T15:00"))
    before = make_wait(cast, "Alice Ashworth", later=later)
    make_wait(cast, at=NOW.replace(hour=9))
    (offer,) = offer_times(cast)

    listed = text_of(desk.get(f"{LIST}?show=offers"))
    page = text_of(desk.get(f"{LIST}offers/{offer.ref}/"))
    entry = text_of(desk.get(f"{LIST}{before.ref}/"))

    assert "Tuesday 10 March, 10:00 Consultation with" in listed
    assert "Alice Ashworth Not sooner than the appointment they have" in page
    assert "What went to others behind them, and why Tuesday 10 March, 10:00 Not sooner" in entry
    assert set(RecordRead.objects.values_list("patient_ref", flat=True)) == {cast.alice.ref}


def test_nobody_of_another_clinic_sees_or_changes_anything(cast, client):
    wait = make_wait(cast)
    (offer,) = offer_times(cast)
    client.force_login(cast.mallory)

    for prefix in ("", "/stockport"):
        assert client.get(f"{prefix}{LIST}{wait.ref}/").status_code == 404
        assert client.get(f"{prefix}{LIST}offers/{offer.ref}/").status_code == 404
        assert client.post(f"{prefix}{LIST}{wait.ref}/remove/").status_code == 404
    assert "Hannah" not in text_of(client.get(f"/stockport{LIST}"))
    wait.refresh_from_db()
    assert wait.state == "waiting"
