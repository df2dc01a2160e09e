"""Holding, booking, moving and cancelling: what is offered can be booked, what is not is refused."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment, BusyWeek, Hold, Schedule, Slot
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.treatments.models import Need
from corneum.db.errors import constraint_name
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.trail import AlreadyDone
from tests.factories.cast import NOW, make_patient
from tests.factories.diary import WORKER, make_appointment, make_hold, minute

TUESDAY = date(2026, 3, 10)
NINE = minute("2026-03-10T09:00")
TEN_MINUTES = timedelta(minutes=10)


def slots_of(thing) -> list[tuple[str, int, int, int, int, bool]]:
    """List a hold's or an appointment's slots: whose, and how many minutes around the start of the visit."""
    rows = thing.slots.select_related(
        "schedule__practitioner", "schedule__room", "schedule__device", "schedule__patient"
    )
    return sorted(
        (
            str(slot.schedule.practitioner or slot.schedule.room or slot.schedule.device or slot.schedule.patient),
            *(getattr(slot, name) - thing.starts for name in ("clear_from", "starts", "ends", "clear_until")),
            slot.is_live,
        )
        for slot in rows
    )


def everything() -> list[tuple[object, ...]]:
    """Write down all that the diary holds, to see later that nothing has changed."""
    return [
        *Appointment.objects.order_by("pk").values_list(),
        *Hold.objects.order_by("pk").values_list(),
        *Slot.objects.order_by("pk").values_list(),
        *AuditEvent.objects.order_by("pk").values_list("pk"),
    ]


def move(appointment, starts, *, practitioner=None, at=NOW, by=PATIENT, press=""):
    return actions.move_appointment(
        appointment=appointment, starts=starts, practitioner=practitioner, by=by, at=at, press=press
    )


def cancel(appointment, *, at=NOW, by=PATIENT, press=""):
    return actions.cancel_appointment(appointment=appointment, reason="a cold", by=by, at=at, press=press)


def book_held(hold, patient, *, at=NOW, press=""):
    return actions.book_held_time(hold=hold, patient=patient, note="a quiet room", by=PATIENT, at=at, press=press)


# --- holding ---------------------------------------------------------------------------------


def test_hold_time_takes_everything_the_treatment_needs_with_its_own_buffers(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa, treatment=cast.microdermabrasion)

    assert slots_of(hold) == [
        ("Crystal unit", -5, 0, 45, 60, True),
        ("Rosa Lindley", 0, 0, 45, 55, True),
        ("Treatment room 1", -10, 0, 45, 60, True),
    ]
    assert (hold.ends - hold.starts, hold.expires_at) == (45, NOW + TEN_MINUTES)


def test_hold_time_is_in_the_trail_once(cast):
    hold = make_hold(cast, NINE)

    event = AuditEvent.objects.get()
    assert (event.action, event.entity_ref, event.actor_kind, event.at) == ("diary.hold_time", hold.ref, "visitor", NOW)


def test_hold_time_holds_whatever_is_offered(cast):
    for time in queries.openings_for(clinic=cast.manchester, treatment=cast.peel, first=TUESDAY, last=TUESDAY, at=NOW)[
        ::3
    ]:
        hold = make_hold(cast, time.starts, treatment=cast.peel)
        actions.release_hold(hold=hold, by=VISITOR, at=NOW)

    assert Hold.objects.count() == Slot.objects.count() == 0


@pytest.mark.parametrize(
    "starts",
    [
        minute("2026-03-09T09:45"),  # within the two hours' notice
        minute("2026-03-10T09:05"),  # off the grid
        minute("2026-03-10T08:45"),  # before opening
        minute("2026-03-10T16:45"),  # would end after closing
        minute("2026-03-10T12:15"),  # into lunch
        minute("2026-03-15T09:00"),  # a Sunday
        minute("2026-05-09T08:00"),  # beyond the horizon
        minute("2025-03-10T09:00"),  # a year ago
    ],
)
def test_hold_time_refuses_what_is_not_offered_and_writes_nothing(cast, starts):
    with pytest.raises(actions.NotOffered) as refused:
        make_hold(cast, starts)

    assert everything() == []
    assert refused.value.wanted == actions.Wanted(cast.manchester, cast.consultation, starts, None)


def test_hold_time_refuses_somebody_who_is_not_trained_in_it(cast):
    with pytest.raises(actions.NotOffered):
        make_hold(cast, NINE, practitioner=cast.nadia, treatment=cast.peel)


def test_hold_time_refuses_the_day_after_a_registration_ends(cast):
    Registration.objects.update(valid_until=TUESDAY)

    make_hold(cast, NINE)

    with pytest.raises(actions.NotOffered):
        make_hold(cast, minute("2026-03-11T09:00"))


def test_hold_time_refuses_what_somebody_else_holds_and_writes_nothing(cast):
    make_hold(cast, NINE, practitioner=cast.rosa)
    before = everything()

    with pytest.raises(actions.SlotTaken) as refused:
        make_hold(cast, NINE, practitioner=cast.rosa)

    assert everything() == before
    assert str(refused.value) == "Somebody has just taken this time. Please choose another."
    assert refused.value.wanted.starts == NINE


def test_hold_time_without_preference_chooses_whoever_has_fewest_visits_that_day(cast):
    make_appointment(cast, minute("2026-03-10T14:00"), practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-11T14:00"), practitioner=cast.nadia, patient=cast.bea)

    names = [make_hold(cast, minute(f"2026-03-10T{clock}")).practitioner.name for clock in ("09:00", "10:00", "11:00")]

    assert names == ["Nadia Rahman", "Rosa Lindley", "Nadia Rahman"]  # one each, and then the clinic's order


def test_hold_time_takes_another_room_when_the_first_is_taken(cast):
    first = make_hold(cast, NINE, practitioner=cast.rosa, treatment=cast.peel)
    second = make_hold(cast, NINE, practitioner=cast.nadia, treatment=cast.microdermabrasion)

    assert [slots_of(hold)[-1][0] for hold in (first, second)] == ["Treatment room 1", "Treatment room 2"]


def test_hold_time_takes_two_different_rooms_when_a_treatment_needs_two(cast):
    Need.objects.create(treatment=cast.peel, what=Need.What.ROOM, kind="")

    hold = make_hold(cast, NINE, treatment=cast.peel)

    assert [row[0] for row in slots_of(hold)] == ["Consulting room", "Rosa Lindley", "Treatment room 1"]


def test_hold_time_takes_the_slots_of_an_expired_hold_that_stands_in_the_way_and_no_others(cast):
    in_the_way = make_hold(cast, NINE, practitioner=cast.rosa)
    elsewhere = make_hold(cast, minute("2026-03-10T14:00"), practitioner=cast.rosa)

    hold = make_hold(cast, NINE + 15, practitioner=cast.rosa, at=NOW + TEN_MINUTES)

    assert [one.slots.count() for one in (in_the_way, elsewhere, hold)] == [0, 2, 2]


def test_hold_time_pressed_twice_is_one_hold(cast):
    hold = make_hold(cast, NINE, press="p1")

    with pytest.raises(AlreadyDone) as refused:
        make_hold(cast, NINE, press="p1")

    assert refused.value.event.entity_ref == hold.ref
    assert Hold.objects.count() == 1


def test_hold_time_asks_the_same_number_of_queries_however_full_the_day_is(cast):
    def count(starts):
        with CaptureQueriesContext(connection) as captured:
            make_hold(cast, starts, treatment=cast.microdermabrasion)
        return len(captured)

    for clock in ("10:30", "14:00"):
        make_appointment(cast, minute(f"2026-03-10T{clock}"), treatment=cast.microdermabrasion)
    count(minute("2026-03-12T09:00"))  # how the clinic is set up is read once, and kept
    before = count(NINE)
    for clock in ("15:00", "16:00"):
        make_appointment(cast, minute(f"2026-03-10T{clock}"), treatment=cast.microdermabrasion)
    for clock in ("09:00", "10:30", "14:00", "15:00"):
        make_appointment(cast, minute(f"2026-03-11T{clock}"), treatment=cast.microdermabrasion, patient=cast.bea)

    assert count(minute("2026-03-11T16:00")) == before


def test_extend_hold_keeps_the_time_ten_minutes_longer_once(cast):
    hold = make_hold(cast, NINE)

    extended = actions.extend_hold(hold=hold, by=VISITOR, at=NOW + timedelta(minutes=9))

    assert extended.expires_at == NOW + 2 * TEN_MINUTES
    with pytest.raises(actions.AlreadyExtended):
        actions.extend_hold(hold=hold, by=VISITOR, at=NOW + timedelta(minutes=9))


def test_extend_hold_refuses_one_that_has_expired(cast):
    hold = make_hold(cast, NINE)

    with pytest.raises(actions.HoldExpired) as refused:
        actions.extend_hold(hold=hold, by=VISITOR, at=NOW + TEN_MINUTES)

    assert refused.value.wanted.starts == NINE


def test_release_hold_frees_the_time_and_may_be_said_twice(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)

    said = [actions.release_hold(hold=hold, by=VISITOR, at=NOW) for _ in range(2)]

    assert said == [True, False]
    assert Slot.objects.count() == 0
    make_hold(cast, NINE, practitioner=cast.rosa)


def test_release_expired_holds_frees_what_has_expired_and_nothing_else(cast):
    make_hold(cast, NINE)
    make_hold(cast, minute("2026-03-10T10:00"))
    live = make_hold(cast, minute("2026-03-10T11:00"), at=NOW + timedelta(minutes=5))
    appointment = make_appointment(cast, minute("2026-03-10T14:00"))

    count = actions.release_expired_holds(by=WORKER, at=NOW + TEN_MINUTES)

    assert count == 2
    assert Slot.objects.count() == live.slots.count() + appointment.slots.count() == 5
    assert AuditEvent.objects.filter(action="diary.release_expired_holds").count() == 1


def test_release_expired_holds_leaves_no_trace_when_there_are_none(cast):
    make_hold(cast, NINE)
    actions.release_expired_holds(by=WORKER, at=NOW + TEN_MINUTES)
    before = everything()

    assert actions.release_expired_holds(by=WORKER, at=NOW + TEN_MINUTES) == 0
    assert everything() == before


def test_release_expired_holds_forgets_them_when_nobody_can_come_back_to_them(cast):
    make_hold(cast, NINE)
    live = make_hold(cast, minute("2026-03-12T10:00"), at=NOW + timedelta(days=2))

    actions.release_expired_holds(by=WORKER, at=NOW + timedelta(days=2, minutes=10) - timedelta(seconds=1))
    kept = Hold.objects.count()
    actions.release_expired_holds(by=WORKER, at=NOW + timedelta(days=2, minutes=10))

    assert kept == 2
    assert list(Hold.objects.all()) == [live]


# --- booking ---------------------------------------------------------------------------------


def test_book_held_time_hands_over_the_very_same_rows(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa, treatment=cast.microdermabrasion)
    rows = set(hold.slots.values_list("pk", flat=True))

    appointment = book_held(hold, cast.alice)

    assert rows < set(appointment.slots.values_list("pk", flat=True))
    assert slots_of(appointment) == [
        ("Alice Ashworth", 0, 0, 45, 45, True),
        ("Crystal unit", -5, 0, 45, 60, True),
        ("Rosa Lindley", 0, 0, 45, 55, True),
        ("Treatment room 1", -10, 0, 45, 60, True),
    ]
    assert Hold.objects.count() == 0


def test_book_held_time_writes_down_what_was_promised(cast):
    hold = make_hold(cast, minute("2026-04-01T08:00"), practitioner=cast.nadia)  # nine by the wall, in summer time

    appointment = book_held(hold, cast.alice)

    row = Appointment.objects.get()
    assert row == appointment
    assert (row.patient, row.treatment, row.practitioner, row.clinic) == (
        cast.alice, cast.consultation, cast.nadia, cast.manchester,
    )  # fmt: skip
    assert (row.wall_time, row.zone, row.status, row.sequence) == ("2026-04-01T09:00", "Europe/London", "booked", 0)
    assert (row.note, row.booked_at) == ("a quiet room", NOW)
    assert re.fullmatch(r"[A-Z]{2}[0-9]{4}", row.reference)


def test_book_appointment_lengthens_a_reference_that_is_somebody_elses(cast, monkeypatch):
    for alphabet in ("LETTERS", "DIGITS"):  # so that there is but one reference of each length
        monkeypatch.setattr(f"corneum.clinic.diary.actions.appointments.{alphabet}", "7")

    references = [
        make_appointment(cast, minute(f"2026-03-10T{clock}")).reference for clock in ("09:00", "10:00", "11:00")
    ]

    assert references == ["777777", "77777777", "7777777777"]


def test_book_held_time_pressed_twice_is_one_appointment(cast):
    hold = make_hold(cast, NINE)
    appointment = book_held(hold, cast.alice, press="p1")

    with pytest.raises(AlreadyDone) as refused:
        book_held(hold, cast.alice, press="p1")

    assert refused.value.event.entity_ref == appointment.ref
    assert Appointment.objects.count() == 1


def test_book_held_time_from_two_tabs_is_one_appointment(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)
    book_held(hold, cast.alice, press="p1")
    before = everything()

    with pytest.raises(actions.HoldExpired):
        book_held(hold, cast.alice, press="p2")

    assert everything() == before


@pytest.mark.parametrize("tidied", [False, True])
def test_book_held_time_takes_an_expired_time_anew_while_it_is_free(cast, tidied):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)
    if tidied:
        actions.release_expired_holds(by=WORKER, at=NOW + TEN_MINUTES)

    appointment = book_held(hold, cast.alice, at=NOW + TEN_MINUTES)

    assert (appointment.starts, appointment.practitioner) == (NINE, cast.rosa)
    assert Slot.objects.count() == appointment.slots.count() == 3


def test_book_held_time_believes_whoever_took_the_slots_though_its_clock_is_behind(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)
    make_hold(cast, NINE, practitioner=cast.rosa, at=NOW + TEN_MINUTES)
    just_before = NOW + TEN_MINUTES - timedelta(seconds=1)

    with pytest.raises(actions.HoldExpired):
        book_held(hold, cast.alice, at=just_before)
    with pytest.raises(actions.HoldExpired):
        actions.extend_hold(hold=hold, by=VISITOR, at=just_before)

    assert Appointment.objects.count() == 0


def test_book_held_time_refuses_an_expired_time_that_somebody_has_taken(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)
    taken = make_hold(cast, NINE, practitioner=cast.rosa, at=NOW + TEN_MINUTES)
    before = everything()

    with pytest.raises(actions.HoldExpired) as refused:
        book_held(hold, cast.alice, at=NOW + TEN_MINUTES)

    assert everything() == before
    assert taken.slots.count() == 2
    assert refused.value.wanted == actions.Wanted(cast.manchester, cast.consultation, NINE, cast.rosa)


def test_book_held_time_refuses_an_expired_time_that_is_offered_no_more(cast):
    hold = make_hold(cast, NINE, practitioner=cast.rosa)

    with pytest.raises(actions.HoldExpired):
        book_held(hold, cast.alice, at=NOW + timedelta(days=1))  # an hour before it: too late to give notice

    assert Appointment.objects.count() == 0


def test_book_held_time_refuses_a_patient_in_two_places_and_keeps_the_hold(cast):
    make_appointment(cast, NINE, practitioner=cast.rosa)
    Need.objects.filter(treatment=cast.consultation, what="room").delete()
    hold = make_hold(cast, NINE + 15, practitioner=cast.nadia)
    before = everything()

    with pytest.raises(actions.PatientBusy):
        book_held(hold, cast.alice)

    assert everything() == before
    assert book_held(hold, cast.bea).patient == cast.bea


def test_book_held_time_refuses_a_patient_of_another_clinic(cast):
    hold = make_hold(cast, NINE)
    stranger = make_patient(cast.stockport, "Cara Cole")

    with pytest.raises(actions.OfAnotherClinic):
        book_held(hold, stranger)

    assert Appointment.objects.count() == 0


def test_book_appointment_gives_two_patients_two_practitioners(cast):
    Need.objects.filter(treatment=cast.consultation, what="room").delete()

    first = make_appointment(cast, NINE)
    second = make_appointment(cast, NINE, patient=cast.bea)

    assert [first.practitioner, second.practitioner] == [cast.rosa, cast.nadia]
    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, NINE, patient=make_patient(cast.manchester, "Cara Cole"))


def test_book_appointment_refuses_a_patient_in_two_places(cast):
    make_appointment(cast, NINE, treatment=cast.peel)
    before = everything()

    with pytest.raises(actions.PatientBusy):
        make_appointment(cast, NINE + 15)

    assert everything() == before


def test_book_appointment_refuses_a_patient_of_another_clinic(cast):
    with pytest.raises(actions.OfAnotherClinic):
        make_appointment(cast, NINE, patient=make_patient(cast.stockport, "Cara Cole"))

    assert everything() == []


def test_book_appointment_makes_one_schedule_for_each_however_often(cast):
    make_appointment(cast, NINE, practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-10T10:00"), practitioner=cast.rosa)

    assert sorted(schedule.owner for schedule in Schedule.objects.all()) == [
        ("patient", cast.alice.pk, 1),
        ("practitioner", cast.rosa.pk, 1),
        ("room", cast.consulting_room.pk, 1),
    ]


def test_book_appointment_believes_the_database_and_not_the_search(cast):
    # Nobody can write a week that says less than the slots; if somebody could, it would still be refused.
    make_appointment(cast, NINE, treatment=cast.peel)
    BusyWeek.objects.update(minutes=bytes(504))

    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, NINE, treatment=cast.peel, patient=cast.bea)

    assert Appointment.objects.count() == 1


def test_database_keeps_the_larger_of_two_buffers_by_itself(cast):
    first = make_appointment(cast, NINE, treatment=cast.microdermabrasion)
    room = first.slots.get(schedule__room__isnull=False)  # cleaned for 15 minutes
    hold = Hold.objects.create(
        clinic=cast.manchester, treatment=cast.peel, practitioner=cast.nadia, starts=NINE + 60, ends=NINE + 90,
        expires_at=NOW, created_at=NOW,
    )  # fmt: skip

    def refused(gap, before):
        starts = room.ends + gap
        try:
            with transaction.atomic():
                Slot.objects.create(
                    schedule=room.schedule, hold=hold, starts=starts, ends=starts + 30, clear_from=starts - before,
                    clear_until=starts + 30,
                ).delete()  # fmt: skip
        except IntegrityError as error:
            return constraint_name(error)
        return ""

    assert [refused(14, 5), refused(15, 5), refused(15, 15), refused(15, 16)] == [
        "diary_slot_no_overlap_after", "", "", "diary_slot_no_overlap_before",
    ]  # fmt: skip


# --- moving and cancelling -------------------------------------------------------------------


def test_move_appointment_moves_the_same_rows(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.nadia, treatment=cast.microdermabrasion)
    rows = set(appointment.slots.values_list("pk", flat=True))

    moved = move(appointment, minute("2026-04-01T08:00"))

    assert set(moved.slots.values_list("pk", flat=True)) == rows
    assert slots_of(moved) == [
        ("Alice Ashworth", 0, 0, 45, 45, True),
        ("Crystal unit", -5, 0, 45, 60, True),
        ("Nadia Rahman", 0, 0, 45, 55, True),
        ("Treatment room 1", -10, 0, 45, 60, True),
    ]
    kept = Appointment.objects.get()
    assert (kept.ref, kept.code, kept.reference) == (appointment.ref, appointment.code, appointment.reference)
    assert (kept.starts, kept.ends - kept.starts, kept.wall_time) == (
        minute("2026-04-01T08:00"), 45, "2026-04-01T09:00",
    )  # fmt: skip
    assert (kept.sequence, kept.practitioner) == (1, cast.nadia)


def test_move_appointment_frees_the_old_time(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa)

    move(appointment, minute("2026-03-10T14:00"))

    make_appointment(cast, NINE, practitioner=cast.rosa, patient=cast.bea)


def test_move_appointment_may_overlap_its_own_old_time(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa, treatment=cast.microdermabrasion)

    moved = move(appointment, NINE + 15)

    assert (moved.starts, moved.practitioner) == (NINE + 15, cast.rosa)
    assert slots_of(moved)[-1][0] == "Treatment room 1"


def test_move_appointment_to_another_practitioner_changes_one_slot(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa)

    moved = move(appointment, NINE, practitioner=cast.nadia)

    assert moved.practitioner == cast.nadia
    assert [row[0] for row in slots_of(moved)] == ["Alice Ashworth", "Consulting room", "Nadia Rahman"]


def test_move_appointment_finds_somebody_else_when_the_same_one_is_busy(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-10T14:00"), practitioner=cast.rosa, treatment=cast.peel, patient=cast.bea)

    moved = move(appointment, minute("2026-03-10T14:00"))

    assert moved.practitioner == cast.nadia


def test_move_appointment_follows_what_the_treatment_needs_now(cast):
    appointment = make_appointment(cast, NINE, treatment=cast.microdermabrasion)
    Need.objects.filter(treatment=cast.microdermabrasion, what="device").delete()

    fewer = slots_of(move(appointment, NINE + 60))
    Need.objects.create(treatment=cast.microdermabrasion, what="device", kind="crystal-unit")
    again = slots_of(move(appointment, NINE))

    assert [len(fewer), len(again)] == [3, 4]


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        (minute("2026-03-10T14:00"), actions.SlotTaken),
        (minute("2026-03-10T14:05"), actions.NotOffered),
        (minute("2026-03-09T09:00"), actions.NotOffered),
        (minute("2026-05-09T08:00"), actions.NotOffered),
    ],
)
def test_move_appointment_that_is_refused_leaves_everything_as_it_was(cast, starts, refusal):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa)
    make_appointment(cast, minute("2026-03-10T14:00"), patient=cast.bea)
    before = everything()

    with pytest.raises(refusal) as refused:
        move(appointment, starts, press="p1")

    assert everything() == before
    assert refused.value.wanted.starts == starts


def test_move_appointment_refuses_the_patients_own_other_appointment(cast):
    appointment = make_appointment(cast, NINE)
    make_appointment(cast, minute("2026-03-10T14:00"), treatment=cast.peel)
    before = everything()

    with pytest.raises(actions.PatientBusy):
        move(appointment, minute("2026-03-10T14:15"), practitioner=cast.nadia)

    assert everything() == before


def test_move_appointment_pressed_twice_moves_once(cast):
    appointment = make_appointment(cast, NINE)
    move(appointment, NINE + 60, press="p1")

    with pytest.raises(AlreadyDone):
        move(appointment, NINE + 60, press="p1")

    assert Appointment.objects.get().sequence == 1


def test_cancel_appointment_frees_the_time_and_keeps_who_and_where(cast):
    appointment = make_appointment(cast, NINE, practitioner=cast.rosa)

    cancelled = cancel(appointment)

    kept = Appointment.objects.get()
    assert kept == cancelled
    assert (kept.status, kept.cancelled_at, kept.cancel_reason, kept.sequence) == ("cancelled", NOW, "a cold", 1)
    assert [(row[0], row[-1]) for row in slots_of(kept)] == [
        ("Alice Ashworth", False), ("Consulting room", False), ("Rosa Lindley", False),
    ]  # fmt: skip
    make_appointment(cast, NINE, practitioner=cast.rosa)


def test_cancel_appointment_twice_is_refused_and_changes_nothing(cast):
    appointment = make_appointment(cast, NINE)
    cancel(appointment)
    before = everything()

    with pytest.raises(actions.AlreadyCancelled):
        cancel(appointment, at=NOW + timedelta(minutes=1))

    assert everything() == before


def test_move_appointment_refuses_one_that_was_cancelled(cast):
    appointment = make_appointment(cast, NINE)
    cancel(appointment)

    with pytest.raises(actions.AlreadyCancelled):
        move(appointment, NINE + 60)


def test_patients_change_nothing_once_it_has_begun_but_the_front_desk_may(cast):
    appointment = make_appointment(cast, NINE)
    start = appointment.starts_at

    with pytest.raises(actions.TooLate):
        move(appointment, minute("2026-03-11T09:00"), at=start)
    with pytest.raises(actions.TooLate):
        cancel(appointment, at=start)

    moved = move(appointment, minute("2026-03-11T09:00"), at=start, by=Actor.staff(cast.dana))
    assert moved.starts == minute("2026-03-11T09:00")


# --- the day itself --------------------------------------------------------------------------


def on_the_day(action, appointment, user, at):
    return action(appointment=appointment, by=Actor.staff(user), at=at)


def test_arrive_and_finish_write_down_when_and_by_whom(cast):
    appointment = make_appointment(cast, NINE)
    came, went = appointment.starts_at - timedelta(minutes=5), appointment.ends_at

    on_the_day(actions.arrive_appointment, appointment, cast.dana, came)
    on_the_day(actions.finish_appointment, appointment, cast.priya, went)

    done = Appointment.objects.get()
    assert (done.status, done.arrived_at, done.arrived_by) == ("fulfilled", came, cast.dana)
    assert (done.finished_at, done.finished_by) == (went, cast.priya)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "actor_name")) == [
        ("diary.book_appointment", "Dana Okafor"),
        ("diary.arrive_appointment", "Dana Okafor"),
        ("diary.finish_appointment", "Priya Raman"),
    ]


def test_undo_arrival_takes_it_back(cast):
    appointment = make_appointment(cast, NINE)
    on_the_day(actions.arrive_appointment, appointment, cast.dana, appointment.starts_at)

    on_the_day(actions.undo_arrival, appointment, cast.dana, appointment.starts_at)

    waiting = Appointment.objects.get()
    assert (waiting.status, waiting.arrived_at, waiting.arrived_by) == ("booked", None, None)


def test_mark_noshow_only_after_the_start(cast):
    appointment = make_appointment(cast, NINE)
    start = appointment.starts_at

    with pytest.raises(actions.NotBegunYet):
        on_the_day(actions.mark_noshow, appointment, cast.dana, start)
    on_the_day(actions.mark_noshow, appointment, cast.dana, start + timedelta(minutes=1))

    assert Appointment.objects.get().status == "noshow"


ARRIVE, UNDO, FINISH, MISS = (
    actions.arrive_appointment,
    actions.undo_arrival,
    actions.finish_appointment,
    actions.mark_noshow,
)


@pytest.mark.parametrize(
    ("so_far", "then", "sentence"),
    [
        ([ARRIVE], ARRIVE, "This patient has already been marked as arrived."),
        ([], UNDO, "This patient has not been marked as arrived."),
        ([ARRIVE, FINISH], UNDO, "This visit has already been marked as done."),
        ([], FINISH, "This patient has not been marked as arrived."),
        ([MISS], FINISH, "This appointment has been marked as not attended."),
        ([ARRIVE], MISS, "This patient has already been marked as arrived."),
        (["cancel"], ARRIVE, "This appointment has been cancelled."),
    ],
)
def test_the_day_refuses_what_cannot_follow_and_says_why(cast, so_far, then, sentence):
    appointment = make_appointment(cast, NINE)
    at = appointment.starts_at + timedelta(minutes=5)
    for step in so_far:
        if step == "cancel":
            cancel(appointment, at=at, by=Actor.staff(cast.dana))
        else:
            on_the_day(step, appointment, cast.dana, at)
    before = everything()

    with pytest.raises(actions.ChangedMeanwhile) as refused:
        on_the_day(then, appointment, cast.dana, at)

    assert str(refused.value) == sentence
    assert everything() == before


@pytest.mark.parametrize("so_far", [[ARRIVE, FINISH], [MISS]])
def test_cancel_appointment_refuses_a_visit_that_is_over(cast, so_far):
    appointment = make_appointment(cast, NINE)
    at = appointment.starts_at + timedelta(minutes=5)
    for step in so_far:
        on_the_day(step, appointment, cast.dana, at)

    with pytest.raises(actions.AlreadyOver):
        cancel(appointment, at=at, by=Actor.staff(cast.dana))


def test_cancel_appointment_of_somebody_who_has_arrived(cast):
    appointment = make_appointment(cast, NINE)
    on_the_day(ARRIVE, appointment, cast.dana, appointment.starts_at)

    cancelled = cancel(appointment, at=appointment.starts_at, by=Actor.staff(cast.dana))

    assert (cancelled.status, cancelled.arrived_by) == ("cancelled", cast.dana)
