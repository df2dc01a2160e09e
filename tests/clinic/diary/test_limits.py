"""What the rules refuse, whoever asks, and what somebody with the right may book in spite of them."""

from datetime import time

import pytest

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Owner, Slot
from corneum.clinic.practitioners.models import RotaDay
from corneum.clinic.premises.models import OpeningHours
from corneum.clinic.treatments.models import Offer
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
TEN = minute("2026-03-10T10:00")


def rule(cast: Cast, **rules) -> None:
    Offer.objects.filter(clinic=cast.manchester).update(**rules)


def book(cast: Cast, starts: int, *, in_spite: str = "", treatment=None, practitioner=None, patient=None):
    return actions.book_appointment(
        clinic=cast.manchester, treatment=treatment or cast.consultation, starts=starts,
        practitioner=practitioner or cast.rosa, patient=patient or cast.bea, note="", by=Actor.staff(cast.dana),
        at=NOW, in_spite=in_spite,
    )  # fmt: skip


def test_day_takes_as_many_as_it_takes_and_no_more(cast):
    rule(cast, most_per_day=2)
    make_appointment(cast, TEN)
    make_hold(cast, TEN + 60)

    with pytest.raises(actions.NotOffered):
        book(cast, TEN + 120)
    assert book(cast, TEN + 24 * 60).starts == TEN + 24 * 60


def test_day_that_is_full_since_the_morning_is_full_in_the_afternoon(cast):
    rule(cast, most_per_day=1, notice_minutes=0)
    morning = minute("2026-03-09T09:00")
    make_appointment(cast, morning)
    noon = NOW.replace(hour=12)

    today = queries.openings_for(
        clinic=cast.manchester, treatment=cast.consultation, first=NOW.date(), last=NOW.date(), at=noon
    )

    assert list(today) == []


def test_visit_cannot_be_moved_before_the_consultation_that_it_follows(cast):
    Offer.objects.filter(treatment=cast.peel).update(consultation_first=True)
    book(cast, TEN)
    visit = book(cast, TEN + 120, treatment=cast.peel)

    with pytest.raises(actions.ConsultationFirst):
        actions.move_appointment(
            appointment=visit, starts=minute("2026-03-09T14:00"), practitioner=None, by=Actor.staff(cast.dana), at=NOW
        )


def test_limit_that_was_lowered_since_keeps_nobody_from_moving(cast):
    first = book(cast, TEN)
    book(cast, TEN + 60)
    rule(cast, most_open_per_patient=1)

    moved = actions.move_appointment(
        appointment=first, starts=TEN + 120, practitioner=None, by=Actor.staff(cast.dana), at=NOW
    )

    assert moved.starts == TEN + 120


def test_patient_has_no_more_to_come_than_one_may_have(cast):
    """Three consultations in parallel help nobody (Easy!Appointments #1420)."""
    rule(cast, most_open_per_patient=1)
    first = book(cast, TEN)

    with pytest.raises(actions.EnoughToCome):
        book(cast, TEN + 60)
    actions.cancel_appointment(appointment=first, reason="", by=Actor.staff(cast.dana), at=NOW)
    assert book(cast, TEN + 60).starts == TEN + 60


def test_limit_holds_for_a_time_that_was_kept_as_well(cast):
    rule(cast, most_open_per_patient=1)
    held = make_hold(cast, TEN + 60)
    make_appointment(cast, TEN, patient=cast.bea)

    with pytest.raises(actions.EnoughToCome):
        actions.book_held_time(hold=held, patient=cast.bea, note="", by=Actor.staff(cast.dana), at=NOW)


def test_treatment_follows_a_consultation(cast):
    Offer.objects.filter(treatment=cast.peel).update(consultation_first=True)

    with pytest.raises(actions.ConsultationFirst):
        book(cast, TEN + 120, treatment=cast.peel)
    book(cast, TEN)
    assert book(cast, TEN + 120, treatment=cast.peel).treatment == cast.peel


def test_rules_give_way_to_a_reason_which_the_trail_keeps(cast):
    rule(cast, notice_minutes=3000, horizon_days=0, weekdays=0, most_per_day=0, consultation_first=True)

    booked = book(cast, TEN + 3, in_spite="walked in with a reaction")

    event = AuditEvent.objects.get(action="diary.book_appointment")
    assert (booked.starts, event.detail["in_spite"]) == (TEN + 3, "walked in with a reaction")


def test_hours_give_way_to_a_reason(cast):
    OpeningHours.objects.all().delete()
    RotaDay.objects.create(practitioner=cast.rosa, clinic=cast.manchester, on=NOW.date(), starts=time(9), ends=time(10))

    assert book(cast, minute("2026-03-10T19:00"), in_spite="late clinic").starts == minute("2026-03-10T19:00")


def test_no_reason_is_good_enough_from_somebody_without_the_right(cast):
    with pytest.raises(actions.MayNotBookInSpite):
        actions.book_appointment(
            clinic=cast.manchester, treatment=cast.consultation, starts=TEN, practitioner=cast.rosa, patient=cast.bea,
            note="", by=Actor.staff(cast.mallory), at=NOW, in_spite="a friend",
        )  # fmt: skip


def test_practitioner_is_given_twice_only_by_a_reason_and_then_it_is_marked(cast):
    make_appointment(cast, TEN, treatment=cast.peel, practitioner=cast.rosa)

    with pytest.raises(actions.SlotTaken):
        book(cast, TEN)
    second = book(cast, TEN, in_spite="emergency")

    marked = Slot.objects.filter(is_overbooked=True)
    assert [(slot.appointment, slot.schedule.owner.what) for slot in marked] == [(second, "practitioner")]


def test_leave_gives_way_to_a_reason(cast):
    actions.block_time(
        clinic=cast.manchester, owners=[Owner("practitioner", cast.rosa.pk)], kind="leave",
        spans=[Interval(TEN - 60, TEN + 600)], by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip

    with pytest.raises(actions.SlotTaken):
        book(cast, TEN)
    assert book(cast, TEN, in_spite="came in for this").starts == TEN


@pytest.mark.parametrize("taken", ["room", "device", "patient"])
def test_no_reason_gives_a_room_a_device_or_a_patient_twice(cast, taken):
    there = make_appointment(cast, TEN, treatment=cast.microdermabrasion, practitioner=cast.nadia)
    Slot.objects.filter(appointment=there).exclude(**{f"schedule__{taken}__isnull": False}).delete()
    if taken == "room":
        cast.treatment_room_2.is_active = False
        cast.treatment_room_2.save()

    with pytest.raises((actions.SlotTaken, actions.PatientBusy)):
        book(cast, TEN, treatment=cast.microdermabrasion, patient=cast.alice, in_spite="please")


def test_who_may_not_give_a_treatment_may_not_whatever_the_reason(cast):
    with pytest.raises((actions.NotOffered, actions.SlotTaken)):
        book(cast, TEN, treatment=cast.peel, practitioner=cast.nadia, in_spite="please")


def test_overbooked_visit_is_in_the_way_of_the_next(cast):
    make_appointment(cast, TEN, treatment=cast.peel, practitioner=cast.rosa)
    book(cast, TEN, in_spite="emergency")
    cast.consulting_room.places = 2
    cast.consulting_room.save()

    free = [
        time.starts
        for time in queries.openings_for(
            clinic=cast.manchester, treatment=cast.consultation, practitioner=cast.rosa, at=NOW,
            first=NOW.date().replace(day=10), last=NOW.date().replace(day=10),
        )
    ]  # fmt: skip
    assert TEN not in free
    with pytest.raises(actions.SlotTaken):
        book(cast, TEN, patient=make_patient(cast.manchester, "Cora Crane"))
