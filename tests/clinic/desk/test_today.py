"""Today: to each what is theirs, and as many questions on a full day as on an empty one."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.desk import queries
from corneum.clinic.diary.actions import arrive_appointment
from corneum.clinic.enquiries.actions import receive_enquiry
from corneum.clinic.enquiries.verdict import Verdict
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.premises.models import Device
from corneum.platform.accounts.actors import VISITOR, Actor
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.suitability import hold_gate, sent

ELEVEN = NOW + timedelta(hours=3)


def book_today(cast: Cast) -> None:
    """Nadia has Alice at ten, who is here, and Bea at a quarter to eleven, who is not; Rosa has Cleo at two."""
    alice = make_appointment(cast, minute("2026-03-09T10:00"), practitioner=cast.nadia, patient=cast.alice)
    make_appointment(cast, minute("2026-03-09T10:45"), practitioner=cast.nadia, patient=cast.bea)
    cleo = make_patient(cast.manchester, "Cleo Marsh", phone="+447700900982")
    make_appointment(cast, minute("2026-03-09T14:00"), practitioner=cast.rosa, patient=cleo)
    make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.nadia, patient=cleo)
    arrive_appointment(appointment=alice, by=Actor.staff(cast.dana), at=ELEVEN - timedelta(minutes=50))


def shown(client, user, at: datetime = ELEVEN, path: str = "/desk/today/") -> str:
    with time_machine.travel(at, tick=False):
        client.force_login(user)
        answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_front_desk_begins_with_the_diary_and_others_with_today(client, cast: Cast):
    begun = []
    for user in (cast.dana, cast.priya, cast.owen):
        client.force_login(user)
        begun.append(client.get("/desk/")["Location"])

    assert begun == ["/desk/diary/", "/desk/today/", "/desk/today/"]


def test_today_at_the_desk_is_who_is_here_who_is_late_who_comes_and_who_waits(client, cast: Cast):
    book_today(cast)
    receive_enquiry(
        clinic=cast.manchester, name="Wilma Canary", email="wilma@mail.example", phone="", text="A question.", page="/",
        about="", verdict=Verdict(is_spam=False, reasons=()), by=VISITOR, at=NOW - timedelta(days=7),
    )  # fmt: skip

    desk = queries.today_for(cast.dana, cast.manchester, at=ELEVEN).desk
    page = shown(client, cast.dana)

    assert desk is not None
    assert [(line.appointment.patient.name, line.minutes) for line in desk.here] == [("Alice Ashworth", 50)]
    assert [(line.appointment.patient.name, line.minutes) for line in desk.late] == [("Bea Birch", 15)]
    assert [line.appointment.patient.name for line in desk.coming] == ["Cleo Marsh"]
    assert [one.name for one in desk.overdue] == ["Wilma Canary"]
    assert [one.patient.name for one in desk.unconfirmed] == ["Cleo Marsh"]
    assert ("here 50 min" in page, "15 min late" in page, "Wilma Canary" in page) == (True, True, True)
    assert ("My visits" in page, "Needs you" in page) == (False, False)


def test_today_of_a_practitioner_is_their_own_visits_with_what_is_missing_and_nobody_elses(client, cast: Cast):
    book_today(cast)

    today = queries.today_for(cast.priya, cast.manchester, at=ELEVEN)
    page = shown(client, cast.priya)

    assert today.mine is not None
    assert [(line.appointment.patient.name, list(line.missing)) for line in today.mine] == [
        ("Alice Ashworth", ["date of birth", "phone number"]),
        ("Bea Birch", ["date of birth", "phone number"]),
    ]
    assert (today.desk, today.raised) == (None, None)
    assert ("Alice Ashworth" in page, "Cleo Marsh" in page) == (True, False)


def test_today_says_whose_answers_are_missing_and_to_whoever_may_decide_whose_wait(client, cast: Cast):
    visit: dict[str, Any] = {"practitioner": cast.nadia, "treatment": cast.microdermabrasion}
    make_appointment(cast, minute("2026-03-09T13:30"), patient=cast.alice, **visit)
    make_appointment(cast, minute("2026-03-09T15:00"), patient=cast.bea, **visit)
    hold_gate(cast)
    sent(cast, patient=cast.bea)  # by rules that nobody has signed: a person looks whatever they say

    today = queries.today_for(cast.priya, cast.manchester, at=ELEVEN)
    page = shown(client, cast.priya)

    assert today.mine is not None
    assert [line.missing[0] for line in today.mine] == [
        "answers to the health questions",
        "a decision on their answers",
    ]
    assert [one.patient.name for one in today.to_decide] == ["Bea Birch"]
    assert "Answers to decide on" in page
    assert "Answers to decide on" not in shown(client, cast.dana)


def test_today_of_the_owner_raises_what_does_not_go_away_by_itself(client, cast: Cast):
    calm = queries.today_for(cast.owen, cast.manchester, at=ELEVEN).raised
    make_appointment(cast, minute("2026-03-25T10:00"), practitioner=cast.rosa, patient=cast.alice)
    Registration.objects.filter(practitioner=cast.rosa).update(valid_until=date(2026, 3, 20))
    Device.objects.update(service_due=date(2026, 3, 8))
    raised = queries.today_for(cast.owen, cast.manchester, at=ELEVEN).raised
    page = shown(client, cast.owen)

    assert calm is not None
    assert raised is not None
    assert (calm.is_calm, raised.is_calm, raised.must_move) == (True, False, 1)
    assert "Rosa Lindley: Registration" in page
    assert "service overdue" in page


def test_today_asks_as_many_questions_however_full_the_day(cast: Cast):
    def questions(user) -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.today_for(user, cast.manchester, at=ELEVEN)
        return len(asked)

    make_appointment(cast, minute("2026-03-09T15:30"), practitioner=cast.nadia, patient=cast.alice)
    empty = [questions(user) for user in (cast.dana, cast.priya, cast.owen)]
    book_today(cast)
    full = [questions(user) for user in (cast.dana, cast.priya, cast.owen)]

    assert full == empty


def test_today_of_another_clinic_shows_nothing_of_this_one(client, cast: Cast):
    book_today(cast)

    page = shown(client, cast.mallory, path="/stockport/desk/today/")
    client.force_login(cast.mallory)

    assert [name for name in ("Alice", "Bea", "Cleo") if name in page] == []
    assert client.get("/desk/today/").status_code == 404
    with pytest.raises(AssertionError):
        shown(client, cast.mallory)
