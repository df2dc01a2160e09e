"""A complaint from the public form to its answer: nothing is lost, nothing said where it may not be, never late unseen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from corneum.clinic.complaints import queries
from corneum.clinic.complaints.actions import (
    AcknowledgedAlready,
    AnsweredAlready,
    NotLater,
    acknowledge_complaint,
    answer_complaint,
    receive_complaint,
    take_more_time,
)
from corneum.clinic.complaints.models import Complaint, Entry
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, Cast

TYPED = {
    "kind": "care", "text": "My cheek burnt for a week after the peel.", "name": "Wilma Canary",
    "contact": "wilma@mail.example", "for_whom": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def receive(cast: Cast, **facts) -> Complaint:
    """Take one in, as the public form does."""
    given = {
        "clinic": cast.manchester, "kind": "care", "name": "Wilma Canary", "email": "wilma@mail.example", "phone": "",
        "for_whom": "", "text": "My cheek burnt.", "tells": True, "by": VISITOR, "at": NOW,
    }  # fmt: skip
    return receive_complaint(**{**given, **facts})


def test_form_takes_in_what_was_typed_starts_the_clock_and_tells_them_nothing_of_it(client, cast: Cast) -> None:
    answer = client.post("/complaints/make/", TYPED)

    kept = Complaint.objects.get()
    letter = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/complaints/sent/")
    assert (kept.text, kept.name, kept.contact_email) == (TYPED["text"], TYPED["name"], TYPED["contact"])
    assert (kept.acknowledge_by, kept.answer_by) == (date(2026, 3, 12), date(2026, 4, 6))
    assert letter.to == TYPED["contact"]
    whole = f"{letter.subject} {letter.text} {letter.html}"
    assert "Monday 6 April 2026" in whole
    assert not any(word in whole.lower() for word in ("cheek", "peel", "burnt", "complain", "treat"))
    assert AuditEvent.objects.get(action="complaints.receive_complaint").detail == {
        "kind": "care", "answer_by": "2026-04-06",
    }  # fmt: skip


def test_form_with_a_mistake_keeps_everything_typed_and_a_second_press_makes_no_second(client, cast: Cast) -> None:
    wrong = client.post("/complaints/make/", {**TYPED, "contact": "nobody"})
    for _ in range(2):
        client.post("/complaints/make/", {**TYPED, "press": "one-press"})

    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert TYPED["text"] in page
    assert 'value="care" class' in page or 'value="care"' in page
    assert Complaint.objects.count() == 1


def test_receipts_stop_before_they_become_a_nuisance_and_complaints_do_not(client, cast: Cast) -> None:
    for number in range(5):
        client.post("/complaints/make/", {**TYPED, "text": f"Number {number}"})

    assert Complaint.objects.count() == 5
    assert Message.objects.count() == 2


def test_only_who_deals_with_complaints_of_this_clinic_sees_them(cast: Cast) -> None:
    made = receive(cast)

    seen = {user: made in queries.open_complaints(user, cast.manchester) for user in (cast.owen, cast.mallory)}
    assert seen == {cast.owen: True, cast.mallory: False}


def test_what_is_late_or_nearly_so_is_counted(cast: Cast) -> None:
    receive(cast, tells=False)

    days = (date(2026, 3, 8), date(2026, 3, 9), date(2026, 5, 1))
    assert [queries.raised_count(cast.owen, cast.manchester, day) for day in days] == [0, 1, 1]
    acknowledge_complaint(complaint=Complaint.objects.get(), user=cast.owen, by=Actor.staff(cast.owen), at=NOW)
    assert [queries.raised_count(cast.owen, cast.manchester, day) for day in days] == [0, 0, 1]


def test_answer_stops_the_clock_once_and_is_in_no_letter(cast: Cast) -> None:
    made, by = receive(cast), Actor.staff(cast.owen)
    answer_complaint(complaint=made, text="The acid was too strong.", way="letter", user=cast.owen, by=by, at=NOW)

    made.refresh_from_db()
    assert (made.answered_by, made.acknowledged_by) == (cast.owen, cast.owen)
    assert not any("acid" in f"{each.subject}{each.text}{each.html}" for each in Message.objects.all())
    with pytest.raises(AnsweredAlready):
        answer_complaint(complaint=made, text="Again", way="letter", user=cast.owen, by=by, at=NOW)
    with pytest.raises(AnsweredAlready):
        acknowledge_complaint(complaint=made, user=cast.owen, by=by, at=NOW)


def test_more_time_needs_a_later_day_and_tells_them(cast: Cast) -> None:
    made, by = receive(cast, tells=False), Actor.staff(cast.owen)
    later = made.answer_by + timedelta(days=14)

    with pytest.raises(NotLater):
        take_more_time(complaint=made, until=made.answer_by, reason="Why", user=cast.owen, by=by, at=NOW)
    take_more_time(complaint=made, until=later, reason="The nurse is away.", user=cast.owen, by=by, at=NOW)

    made.refresh_from_db()
    assert made.answer_by == later
    letter = Message.objects.get()
    assert "20 April 2026" in letter.text
    assert "nurse" not in letter.text


def test_nobody_acknowledges_twice(cast: Cast) -> None:
    made, by = receive(cast, tells=False), Actor.staff(cast.owen)
    acknowledge_complaint(complaint=made, user=cast.owen, by=by, at=NOW)

    with pytest.raises(AcknowledgedAlready):
        acknowledge_complaint(complaint=made, user=cast.owen, by=by, at=NOW)
    assert Message.objects.count() == 1


def test_desk_works_through_a_complaint_and_a_mistake_keeps_what_was_typed(client, cast: Cast) -> None:
    made = receive(cast, tells=False, email="", phone="+441614960000")
    client.force_login(cast.owen)
    page = f"/desk/complaints/{made.ref}/"

    listed = client.get("/desk/complaints/").content.decode()
    noted = client.post(f"{page}note/", {"note-text": "Rang her."})
    unfinished = client.post(f"{page}answer/", {"answer-text": "The acid was too strong."})
    early = client.post(f"{page}later/", {"later-until": "2026-03-10", "later-reason": "We need the file."})
    answered = client.post(f"{page}answer/", {"answer-text": "The acid was too strong.", "answer-way": "letter"})

    assert "12 March 2026" in listed
    assert (noted.status_code, unfinished.status_code, early.status_code, answered.status_code) == (302, 422, 422, 302)
    assert "The acid was too strong." in unfinished.content.decode()
    assert "We need the file." in early.content.decode()
    assert [entry.kind for entry in Entry.objects.all()] == ["note", "answer"]
    assert made.name in client.get("/desk/complaints/?show=answered").content.decode()


def test_complaint_without_a_way_to_answer_it_and_answer_without_a_way_are_refused_by_the_database(cast: Cast) -> None:
    made = receive(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=made.pk).update(contact_email="", contact_phone="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=made.pk).update(answered_at=datetime(2026, 3, 9, tzinfo=UTC))
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(complaint=made, kind="answer", text="x", at=NOW, by=cast.owen)
