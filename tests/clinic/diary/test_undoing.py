"""Undoing what the desk did a moment ago: everything is as it was, or a sentence says why it cannot be."""

from datetime import timedelta

import pytest

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment, Slot
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.queries import history_of
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
AT_10, AT_11 = minute("2026-03-10T10:00"), minute("2026-03-10T11:00")
SOON = NOW + timedelta(minutes=2)
SLOT = ("schedule", "starts", "ends", "clear_from", "clear_until", "is_live")


def desk(cast) -> Actor:
    return Actor.staff(cast.dana)


def cancel(cast, appointment, *, by=None, at=NOW):
    return actions.cancel_appointment(appointment=appointment, reason="ill", by=by or desk(cast), at=at)


def move(cast, appointment, starts=AT_11, *, practitioner=None, by=None, at=NOW):
    return actions.move_appointment(
        appointment=appointment, starts=starts, practitioner=practitioner, by=by or desk(cast), at=at
    )


def undo_cancellation(cast, appointment, *, at=SOON):
    return actions.undo_cancellation(appointment=appointment, by=desk(cast), at=at)


def undo_move(cast, appointment, *, at=SOON):
    return actions.undo_move(appointment=appointment, by=desk(cast), at=at)


def slots_of(appointment):
    return sorted(appointment.slots.values_list(*SLOT))


def test_undo_cancellation_brings_back_the_same_rows_at_the_same_time(cast):
    appointment = make_appointment(cast, AT_10)
    before = slots_of(appointment)
    cancel(cast, appointment)

    undo_cancellation(cast, appointment)

    again = Appointment.objects.get()
    assert slots_of(again) == before
    assert (again.status, again.cancelled_at, again.cancel_reason, again.sequence) == ("booked", None, "", 2)
    assert [event.action for event in history_of(again)][-2:] == ["diary.cancel_appointment", "diary.undo_cancellation"]


def test_undo_cancellation_of_somebody_who_had_arrived(cast):
    appointment = make_appointment(cast, AT_10)
    actions.arrive_appointment(appointment=appointment, by=desk(cast), at=appointment.starts_at)
    cancel(cast, appointment, at=appointment.starts_at)

    again = undo_cancellation(cast, appointment, at=appointment.starts_at + timedelta(minutes=1))

    assert (again.status, again.arrived_at) == ("arrived", appointment.starts_at)


def test_undo_cancellation_refuses_when_somebody_has_the_time_and_changes_nothing(cast):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    cancel(cast, appointment)
    make_appointment(cast, AT_10, practitioner=cast.rosa, patient=cast.bea)

    with pytest.raises(actions.SlotTaken) as refused:
        undo_cancellation(cast, appointment)

    assert (refused.value.wanted.starts, refused.value.wanted.practitioner) == (AT_10, cast.rosa)
    appointment.refresh_from_db()
    assert (appointment.status, appointment.sequence) == ("cancelled", 1)
    assert not appointment.slots.filter(is_live=True).exists()


def test_undo_cancellation_refuses_when_the_patient_is_elsewhere_by_now(cast):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    cancel(cast, appointment)
    make_appointment(cast, AT_10, treatment=cast.microdermabrasion, practitioner=cast.nadia)

    with pytest.raises(actions.PatientBusy):
        undo_cancellation(cast, appointment)

    assert not appointment.slots.filter(is_live=True).exists()


def test_undo_cancellation_gives_way_to_a_time_that_is_kept_but_not_to_one_that_was(cast):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    cancel(cast, appointment)
    kept = make_hold(cast, AT_10, practitioner=cast.rosa)
    with pytest.raises(actions.SlotTaken):
        undo_cancellation(cast, appointment)

    actions.release_hold(hold=kept, by=desk(cast), at=NOW)
    expired = make_hold(cast, AT_10, practitioner=cast.rosa, at=NOW - timedelta(minutes=20))
    undo_cancellation(cast, appointment)

    assert Slot.objects.filter(hold=expired).count() == 0
    assert appointment.slots.filter(is_live=True).count() == 3


def test_undo_move_puts_every_slot_back_where_it_was(cast):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    before = slots_of(appointment)
    move(cast, appointment, practitioner=cast.nadia)

    undo_move(cast, appointment)

    again = Appointment.objects.get()
    assert slots_of(again) == before
    assert (again.starts, again.ends, again.practitioner) == (AT_10, AT_10 + 30, cast.rosa)
    assert (again.wall_time, again.sequence) == ("2026-03-10T10:00", 2)


def test_undo_move_asks_no_rule_again(cast):
    # Ten minutes before it begins nobody could book it any more: the notice is two hours.
    appointment = make_appointment(cast, AT_10)
    late = appointment.starts_at - timedelta(minutes=10)
    move(cast, appointment, minute("2026-03-11T10:00"), at=late)

    assert undo_move(cast, appointment, at=late + timedelta(minutes=1)).starts == AT_10


def test_undo_move_refuses_when_somebody_has_the_old_time_and_changes_nothing(cast):
    appointment = make_appointment(cast, AT_10, practitioner=cast.rosa)
    move(cast, appointment)
    moved = slots_of(appointment)
    make_appointment(cast, AT_10, practitioner=cast.rosa, patient=cast.bea)

    with pytest.raises(actions.SlotTaken):
        undo_move(cast, appointment)

    appointment.refresh_from_db()
    assert (appointment.starts, appointment.sequence, slots_of(appointment)) == (AT_11, 1, moved)


@pytest.mark.parametrize(("do", "undo"), [(cancel, undo_cancellation), (move, undo_move)])
def test_undoing_ends_after_three_minutes(cast, do, undo):
    appointment = make_appointment(cast, AT_10)
    do(cast, appointment)

    with pytest.raises(actions.CannotUndo):
        undo(cast, appointment, at=NOW + timedelta(minutes=3, seconds=1))

    undo(cast, appointment, at=NOW + timedelta(minutes=3))


@pytest.mark.parametrize(("do", "undo"), [(cancel, undo_cancellation), (move, undo_move)])
def test_undoing_twice_is_refused(cast, do, undo):
    appointment = make_appointment(cast, AT_10)
    do(cast, appointment)
    undo(cast, appointment)

    with pytest.raises(actions.CannotUndo):
        undo(cast, appointment)

    assert Appointment.objects.get().sequence == 2


@pytest.mark.parametrize(("do", "undo"), [(cancel, undo_cancellation), (move, undo_move)])
def test_undoing_is_for_what_the_desk_did(cast, do, undo):
    appointment = make_appointment(cast, AT_10)
    do(cast, appointment, by=PATIENT)

    with pytest.raises(actions.CannotUndo):
        undo(cast, appointment)


def test_undoing_is_for_the_last_thing_that_happened(cast):
    appointment = make_appointment(cast, AT_10)
    move(cast, appointment)
    cancel(cast, appointment)

    with pytest.raises(actions.CannotUndo):
        undo_move(cast, appointment)
