"""Reminders: sent once, while they are true, when people are awake."""

from datetime import time, timedelta

import pytest

from corneum.clinic.booking import actions as booking
from corneum.clinic.diary.actions import arrive_appointment, confirm_visit
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.reminders import actions, jobs, queries
from corneum.clinic.reminders.models import Reminder, ReminderChoice
from corneum.domain.reminding import Step
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.jobs import registry
from corneum.platform.jobs.models import Job
from corneum.platform.messages.actions import stop_texts
from corneum.platform.messages.models import Message
from tests.clinic.reminders.conftest import NUMBER, THURSDAY, leave, on, set_rules
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
FRIDAY = minute("2026-03-13T14:00")
HEALTH = ("consultation", "microdermabrasion", "peel", "treatment")


def test_visit_is_reminded_of_by_email_two_days_and_by_text_a_day_before(visit, remind):
    early, (email,) = remind("2026-03-10T09:29"), remind("2026-03-10T09:30")
    leave(email, "2026-03-10T09:31")
    (text,) = remind("2026-03-11T09:30")

    assert early == []
    assert (email.channel, email.to, email.subject) == (
        "email", "hannah@mail.example", "Thursday 12 March, 9:30am at Manchester: will you be there?",
    )  # fmt: skip
    assert (text.channel, text.to) == ("text", NUMBER)
    link = f"https://alderskin.example/b/{visit.code}/"
    assert text.text == (
        f"Hannah, Manchester expects you on Thursday 12 March at 9:30am. Reply 1 to confirm, or change it: {link}"
    )
    assert link in email.text
    assert f'href="{link}"' in email.html


def test_reminder_says_nothing_of_a_treatment(cast: Cast, visit, remind):
    make_appointment(cast, minute("2026-03-12T11:00"), patient=visit.patient, treatment=cast.peel, at=NOW)

    said = [f"{one.subject} {one.text} {one.html}".lower() for one in remind("2026-03-11T11:30")]

    assert [word for word in HEALTH for words in said if word in words] == []
    assert len(said) == 2


def test_reminder_is_sent_once_however_often_the_clock_strikes(visit, remind):
    for wall in ("2026-03-10T09:30", "2026-03-10T09:31", "2026-03-11T09:30", "2026-03-11T09:31", "2026-03-12T09:00"):
        remind(wall)

    assert Message.objects.filter(template__startswith="reminders/").count() == 2
    with pytest.raises(actions.AlreadyReminded):
        actions.remind_patient(appointment=visit, step=Step("text", 24), by=BY, at=on("2026-03-11T10:00"))


def test_clock_asks_for_work_only_when_something_is_due(visit):
    registry.discover()
    jobs.queue_reminding(on("2026-03-10T09:29"))
    before = Job.objects.filter(kind="reminders.remind").count()
    jobs.queue_reminding(on("2026-03-10T09:30"))

    assert (before, Job.objects.filter(kind="reminders.remind").count()) == (0, 1)
    assert registry.TIMETABLE["reminders.queue_reminding"].following(NOW) == NOW + timedelta(minutes=1)


def test_whoever_books_within_the_window_has_the_confirmation(cast: Cast, visit, remind):
    soon = make_appointment(cast, minute("2026-03-12T11:00"), patient=cast.alice, at=on("2026-03-11T12:00"))

    remind("2026-03-11T12:05")

    assert [reminder.why_not for reminder in Reminder.objects.filter(appointment=soon)] == [
        "It was booked, or moved here, when this reminder was due already."
    ] * 2
    assert not Message.objects.filter(about_ref=soon.ref, template__startswith="reminders/").exists()


def test_move_has_its_own_reminders_and_the_old_ones_never_leave(visit, remind):
    (email,) = remind("2026-03-10T09:30")
    booking.move_booking(appointment=visit, starts=FRIDAY, practitioner=None, by=PATIENT, at=on("2026-03-10T09:31"))
    leave(email, "2026-03-10T09:32")

    (again,) = remind("2026-03-11T14:00")

    assert email.state == "withdrawn"
    assert again.subject.startswith("Friday 13 March, 2pm")


def test_reminder_that_was_not_taken_back_is_looked_at_again_when_it_leaves(visit, remind):
    (email,) = remind("2026-03-10T09:30")
    Appointment.objects.filter(pk=visit.pk).update(starts=FRIDAY, ends=FRIDAY + 30)  # by whatever knows nothing of us

    leave(email, "2026-03-10T09:32")

    assert (email.state, email.last_error) == ("withdrawn", "The visit is at another time now.")


@pytest.mark.parametrize(
    ("wall", "sentence"),
    [
        ("2026-03-12T09:30", "The visit had begun before it could be sent."),
        ("2026-03-12T07:59", None),
        ("2026-03-11T22:00", None),
    ],
)
def test_reminder_that_was_held_up_leaves_in_the_morning_and_never_after_the_visit_began(visit, remind, wall, sentence):
    (email,) = remind("2026-03-10T09:30")

    if sentence:
        leave(email, wall)
        assert (email.state, email.last_error) == ("withdrawn", sentence)
        return
    with pytest.raises(registry.NotYet) as later:
        leave(email, wall)
    email.refresh_from_db()
    assert (email.state, email.send_at, later.value.until) == ("queued", on("2026-03-12T08:00"), email.send_at)


def test_reminder_of_an_early_visit_leaves_on_the_evening_before_or_not_at_all(cast: Cast, visit, remind):
    set_rules(cast.manchester, quiet_until=time(9, 30), text_hours=2)
    (email,) = remind("2026-03-10T09:30")
    leave(email, "2026-03-10T09:31")
    (text,) = remind("2026-03-11T19:30")

    leave(text, "2026-03-11T23:00")

    assert (text.state, text.last_error) == (
        "withdrawn", "It could only have been sent in the night before the visit.",
    )  # fmt: skip


def test_cancelled_visit_is_not_reminded_of_and_one_restored_is(cast: Cast, visit, remind):
    by = Actor.staff(cast.dana)
    booking.cancel_at_desk(appointment=visit, reason="Unwell", tell=False, by=by, at=on("2026-03-10T09:29"))
    cancelled = remind("2026-03-10T09:30")
    booking.undo_cancellation(appointment=visit, by=by, at=on("2026-03-10T09:31"))

    restored = remind("2026-03-10T09:32")

    assert (cancelled, [one.channel for one in restored]) == ([], ["email"])


def test_move_that_was_undone_is_reminded_of_as_if_it_had_never_been(cast: Cast, visit, remind):
    by, moved_at = Actor.staff(cast.dana), on("2026-03-10T10:00")
    set_rules(cast.manchester, email_hours=None)
    booking.move_at_desk(
        appointment=visit, starts=FRIDAY, practitioner=None, why="mistake", tell=False, by=by, at=moved_at
    )
    booking.undo_move(appointment=visit, by=by, at=moved_at + timedelta(minutes=1))

    assert queries.agreed_at(visit) == NOW
    assert [one.channel for one in remind("2026-03-11T09:30")] == ["text"]


def test_nobody_who_is_here_is_reminded(cast: Cast, visit, remind):
    arrive_appointment(appointment=visit, by=Actor.staff(cast.dana), at=on("2026-03-12T09:00"))

    assert remind("2026-03-12T09:01") == []


@pytest.mark.parametrize(
    ("ways", "channels"), [("both", ["email", "text"]), ("email", ["email"]), ("text", ["text"]), ("none", [])]
)
def test_patient_is_reminded_in_the_ways_they_chose(visit, remind, ways, channels):
    actions.choose_ways(patient=visit.patient, ways=ways, by=PATIENT, at=NOW)

    remind("2026-03-10T09:30")
    remind("2026-03-11T09:30")

    sent = Message.objects.filter(template__startswith="reminders/").order_by("pk")
    assert [one.channel for one in sent] == channels
    assert ReminderChoice.objects.get().ways == ways


def test_choice_made_after_it_was_queued_holds(visit, remind):
    (email,) = remind("2026-03-10T09:30")
    actions.choose_ways(patient=visit.patient, ways="text", by=PATIENT, at=on("2026-03-10T09:30"))

    leave(email, "2026-03-10T09:31")

    assert (email.state, email.last_error) == ("withdrawn", "They want no reminders in this way any more.")


def test_reminder_does_not_go_to_an_address_that_is_theirs_no_more(visit, remind):
    (email,) = remind("2026-03-10T09:30")
    Patient.objects.filter(pk=visit.patient_id).update(email="new@mail.example")

    leave(email, "2026-03-10T09:31")

    assert (email.state, email.last_error) == ("withdrawn", "Their address or number has changed since.")


def test_landline_and_a_number_that_said_stop_are_not_texted(cast: Cast, visit):
    Patient.objects.filter(pk=cast.alice.pk).update(email="", phone="+441614960000")
    cast.alice.refresh_from_db()
    stop_texts(number=NUMBER, clinic=cast.manchester, by=BY, at=NOW)

    assert (queries.ways_to(cast.alice), queries.ways_to(visit.patient)) == ([], ["email"])


def test_clinic_that_reminds_of_nothing_sends_nothing(cast: Cast, visit, remind):
    set_rules(cast.manchester, email_hours=None, text_hours=None)

    assert remind("2026-03-11T09:30") == []


def test_worker_that_was_away_says_it_once_and_not_twice_at_once(visit, remind):
    sent = remind("2026-03-11T12:00")

    assert [one.channel for one in sent] == ["text"]
    assert Reminder.objects.get(step="email").why_not == "The next reminder was due as well, and says the same."


def test_worker_that_was_away_leaves_nobody_out_whom_the_later_reminder_cannot_reach(cast: Cast, visit, remind):
    make_appointment(cast, minute("2026-03-12T10:00"), patient=cast.alice, at=NOW)  # who has no telephone

    sent = remind("2026-03-11T12:00")

    assert [(one.channel, one.to) for one in sent] == [("text", NUMBER), ("email", "alice@patients.example")]


def test_one_who_cannot_be_written_to_keeps_nobody_elses_from_leaving(cast: Cast, visit, remind):
    Patient.objects.filter(pk=visit.patient_id).update(email="two\nlines@mail.example")
    make_appointment(cast, minute("2026-03-12T10:00"), patient=cast.alice, at=NOW)

    sent = remind("2026-03-10T10:00")

    assert [one.to for one in sent] == ["alice@patients.example"]
    assert "line break" in Reminder.objects.get(appointment=visit).why_not


def test_visit_that_is_confirmed_is_still_reminded_of(visit, remind):
    confirm_visit(appointment=visit, how="link", starts=THURSDAY, by=PATIENT, at=on("2026-03-10T09:00"))

    assert len(remind("2026-03-10T09:30")) == 1
