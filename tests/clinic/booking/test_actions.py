"""From a time to an appointment, and back out, without a page."""

from datetime import timedelta
from functools import partial

import pytest

from corneum.clinic.booking import actions, queries
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.actions import (
    AlreadyCancelled,
    NotOffered,
    PatientBusy,
    SlotTaken,
    TimeRefused,
    TooLate,
)
from corneum.clinic.diary.models import Appointment, Hold, Slot
from corneum.clinic.patients.models import Patient
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.messages.models import Message
from tests.factories.booking import HANNAH
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")


def begin(cast: Cast, starts: int = AT_10, *, page: str = "page", at=NOW, **more) -> Draft:
    """Begin a draft, for anyone unless the test says otherwise."""
    return actions.begin_draft(
        clinic=cast.manchester, treatment=cast.consultation, about="", starts=starts, page=page, network="192.0.2.1",
        by=VISITOR, at=at, **({"practitioner": None} | more),
    )  # fmt: skip


def filled(cast: Cast, starts: int = AT_10, *, page: str = "page", at=NOW, practitioner=None, **typed: str) -> Draft:
    """Begin a draft and fill it in."""
    draft = begin(cast, starts, page=page, at=at, practitioner=practitioner)
    return actions.keep_details(draft=draft, **(HANNAH | typed), by=VISITOR, at=at)


def confirm(draft: Draft, *, at=NOW, press: str = "") -> Appointment:
    """Confirm a draft."""
    return actions.confirm_draft(draft=draft, by=VISITOR, at=at, press=press)


# --- keeping a time -----------------------------------------------------------------------------


def test_begin_draft_keeps_the_time_for_ten_minutes_and_names_the_person(cast):
    draft = begin(cast)

    assert draft.hold is not None
    assert draft.hold.expires_at == NOW + timedelta(minutes=10)
    assert (draft.starts, draft.practitioner, draft.is_for_anyone) == (AT_10, cast.rosa, True)
    assert queries.minutes_kept(draft, NOW) == 10


def test_begin_draft_remembers_that_somebody_was_asked_for(cast):
    draft = begin(cast, practitioner=cast.nadia)

    assert (draft.practitioner, draft.is_for_anyone) == (cast.nadia, False)


def test_begin_draft_does_the_same_press_once(cast):
    first = begin(cast, press="press")

    with pytest.raises(AlreadyDone) as done:
        begin(cast, press="press")

    assert done.value.event.entity_ref == first.ref
    assert Hold.objects.count() == 1


def test_begin_draft_again_from_the_same_page_changes_the_draft_and_frees_its_first_time(cast):
    first = filled(cast, AT_10)

    second = begin(cast, AT_11)

    assert second.code == first.code
    assert (second.starts, second.name) == (AT_11, "Hannah Doyle")
    assert list(Hold.objects.values_list("starts", flat=True)) == [AT_11]


def test_begin_draft_from_another_page_is_another_draft(cast):
    first = begin(cast, AT_10, page="one")

    second = begin(cast, AT_11, page="two")

    assert second.code != first.code
    assert set(Hold.objects.values_list("starts", flat=True)) == {AT_10, AT_11}


def test_begin_draft_leaves_nothing_when_the_time_has_gone(cast):
    make_appointment(cast, AT_10)  # takes the one consulting room

    with pytest.raises(SlotTaken):
        begin(cast)

    assert (Draft.objects.count(), Hold.objects.count()) == (0, 0)


def test_begin_draft_refuses_what_is_not_offered(cast):
    with pytest.raises(NotOffered):
        begin(cast, AT_10 + 1)


def test_begin_draft_lets_one_network_keep_so_many_times_and_no_more(cast, settings):
    settings.HOLDS_PER_NETWORK = 2
    begin(cast, AT_10, page="one")
    begin(cast, AT_11, page="two")

    with pytest.raises(actions.TooManyHolds):
        begin(cast, minute("2026-03-10T14:00"), page="three")

    assert Hold.objects.count() == 2
    assert begin(cast, minute("2026-03-10T14:00"), page="three", at=NOW + timedelta(minutes=21)).hold


def test_begin_draft_counts_only_times_that_were_really_kept(cast, settings):
    settings.HOLDS_PER_NETWORK = 1
    for _ in range(3):
        with pytest.raises(NotOffered):
            begin(cast, AT_10 + 1)

    assert begin(cast).hold


def test_choose_time_changes_to_a_time_that_overlaps_its_own(cast):
    draft = filled(cast, practitioner=cast.rosa)

    changed = actions.choose_time(
        draft=draft, starts=AT_10 + 15, practitioner=cast.rosa, network="192.0.2.1", by=VISITOR, at=NOW
    )

    assert (changed.starts, changed.name) == (AT_10 + 15, "Hannah Doyle")
    assert Hold.objects.count() == 1


def test_choose_time_keeps_the_time_it_has_when_the_other_has_gone(cast):
    draft = begin(cast)
    make_appointment(cast, AT_11)

    with pytest.raises(SlotTaken):
        actions.choose_time(draft=draft, starts=AT_11, practitioner=None, network="192.0.2.1", by=VISITOR, at=NOW)

    draft.refresh_from_db()
    assert queries.is_kept(draft, NOW)
    assert draft.starts == AT_10


def test_choose_time_does_nothing_for_the_time_it_keeps_already(cast):
    draft = begin(cast)
    hold = draft.hold

    same = actions.choose_time(draft=draft, starts=AT_10, practitioner=None, network="192.0.2.1", by=VISITOR, at=NOW)

    assert same.hold == hold


def test_take_time_again_keeps_the_person_who_was_named_and_whom_was_asked_for(cast):
    draft = begin(cast)
    later = NOW + timedelta(minutes=11)

    again = actions.take_time_again(draft=draft, by=VISITOR, at=later)

    assert queries.is_kept(again, later)
    assert (again.practitioner, again.is_for_anyone) == (cast.rosa, True)


def test_take_time_again_refuses_when_somebody_else_has_it(cast):
    draft = begin(cast)
    later = NOW + timedelta(minutes=11)
    make_hold(cast, AT_10, at=later)

    with pytest.raises(SlotTaken):
        actions.take_time_again(draft=draft, by=VISITOR, at=later)


def test_keep_time_keeps_it_ten_minutes_more_and_only_once(cast):
    draft = begin(cast)
    for minutes in (1, 2):
        draft = actions.keep_time(draft=draft, by=VISITOR, at=NOW + timedelta(minutes=minutes))

    assert draft.hold is not None
    assert draft.hold.expires_at == NOW + timedelta(minutes=20)


def test_leave_draft_gives_the_time_back_and_forgets_what_was_typed(cast):
    draft = filled(cast)

    actions.leave_draft(draft=draft, by=VISITOR, at=NOW)
    actions.leave_draft(draft=draft, by=VISITOR, at=NOW)

    draft.refresh_from_db()
    assert (draft.name, draft.contact, draft.note, draft.hold) == ("", "", "", None)
    assert begin(cast, page="another").starts == AT_10


# --- confirming ---------------------------------------------------------------------------------


def test_confirm_draft_makes_patient_appointment_and_messages_at_once(cast):
    draft = filled(cast)

    appointment = confirm(draft)

    patient = appointment.patient
    assert (patient.name, patient.email, patient.phone) == ("Hannah Doyle", "hannah.doyle@mail.example", "")
    assert (appointment.starts, appointment.practitioner, appointment.note) == (AT_10, cast.rosa, "Step-free way in")
    assert appointment.status == "booked"
    assert list(Message.objects.values_list("channel", "to", "template")) == [
        ("email", "hannah.doyle@mail.example", "booking/booked")
    ]
    event = AuditEvent.objects.get(action="booking.confirm_draft")
    assert (event.entity_ref, event.actor_kind) == (draft.ref, "visitor")


def test_confirm_draft_empties_the_draft(cast):
    draft = filled(cast)

    appointment = confirm(draft)

    draft.refresh_from_db()
    assert (draft.name, draft.contact, draft.note, draft.appointment) == ("", "", "", appointment)
    assert Hold.objects.count() == 0


def test_confirm_draft_again_answers_with_the_same_appointment(cast):
    draft = filled(cast)

    appointments = {confirm(draft), confirm(draft), confirm(Draft.objects.get(pk=draft.pk))}

    assert len(appointments) == 1
    assert (Appointment.objects.count(), Message.objects.count()) == (1, 1)


def test_confirm_draft_takes_the_time_again_when_it_was_no_longer_kept(cast):
    draft = filled(cast)

    appointment = confirm(draft, at=NOW + timedelta(minutes=30))

    assert (appointment.starts, appointment.practitioner) == (AT_10, cast.rosa)


def test_confirm_draft_takes_the_time_again_when_its_hold_was_swept_away(cast):
    draft = filled(cast)
    Hold.objects.all().delete()

    assert confirm(draft).starts == AT_10


def test_confirm_draft_keeps_everything_typed_when_the_time_has_gone(cast):
    draft = filled(cast)
    later = NOW + timedelta(minutes=11)
    make_hold(cast, AT_10, at=later)

    with pytest.raises(TimeRefused):
        confirm(draft, at=later)

    draft.refresh_from_db()
    assert (draft.name, draft.contact, draft.note) == tuple(HANNAH.values())
    assert (Appointment.objects.count(), Message.objects.count()) == (0, 0)
    assert not Patient.objects.filter(name="Hannah Doyle").exists()


def test_confirm_draft_refuses_a_patient_who_is_elsewhere_then(cast):
    make_appointment(cast, AT_10, treatment=cast.microdermabrasion, practitioner=cast.rosa)
    draft = filled(cast, practitioner=cast.nadia, name="Alice Ashworth", contact="alice@patients.example")

    with pytest.raises(PatientBusy):
        confirm(draft)

    assert Appointment.objects.count() == 1


def test_confirm_draft_lets_one_contact_book_five_times(cast):
    for hour in range(9, 14):
        if hour != 13:
            confirm(filled(cast, minute(f"2026-03-11T{hour:02d}:00"), page=f"page {hour}", name=f"Name {hour}"))
    confirm(filled(cast, minute("2026-03-11T14:00"), page="fifth"))

    with pytest.raises(actions.TooManyBookings):
        confirm(filled(cast, minute("2026-03-11T15:00"), page="sixth", contact="HANNAH.DOYLE@mail.example"))

    assert Appointment.objects.count() == 5
    confirm(filled(cast, minute("2026-03-11T15:00"), page="sixth", contact="07700 900982"))
    assert Appointment.objects.count() == 6


def test_confirm_draft_counts_no_appointment_that_was_cancelled_or_is_over(cast):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah.doyle@mail.example")
    walls = [f"2026-03-11T{hour:02d}:00" for hour in (9, 10, 11, 14, 15)]
    made = [make_appointment(cast, minute(wall), patient=patient) for wall in walls]
    actions.cancel_booking(appointment=made[-1], reason="", by=PATIENT, at=NOW)

    assert confirm(filled(cast, minute("2026-03-11T16:00"))).patient == patient


def test_confirm_draft_sends_a_text_to_a_number(cast):
    appointment = confirm(filled(cast, contact="07700 900982"))

    assert list(Message.objects.values_list("channel", "to", "template")) == [
        ("text", "+447700900982", "booking/booked_text")
    ]
    assert appointment.patient.email == ""


# --- moving and cancelling ----------------------------------------------------------------------


def test_move_booking_moves_it_and_tells_both_ways(cast):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah@mail.example", phone="+447700900982")
    appointment = make_appointment(cast, AT_10, patient=patient)

    moved = actions.move_booking(appointment=appointment, starts=AT_11, practitioner=None, by=PATIENT, at=NOW)

    assert (moved.pk, moved.starts, moved.sequence) == (appointment.pk, AT_11, 1)
    assert set(Message.objects.values_list("channel", "template")) == {
        ("email", "booking/moved"),
        ("text", "booking/moved_text"),
    }


def test_move_booking_leaves_it_when_the_new_time_has_gone(cast):
    appointment = make_appointment(cast, AT_10)
    make_appointment(cast, AT_11, patient=cast.bea)

    with pytest.raises(SlotTaken):
        actions.move_booking(appointment=appointment, starts=AT_11, practitioner=None, by=PATIENT, at=NOW)

    appointment.refresh_from_db()
    assert (appointment.starts, appointment.sequence) == (AT_10, 0)
    assert Message.objects.count() == 0


def test_move_booking_does_the_same_press_once(cast):
    appointment = make_appointment(cast, AT_10)
    press = partial(
        actions.move_booking, appointment=appointment, starts=AT_11, practitioner=None, by=PATIENT, at=NOW, press="p"
    )
    press()

    with pytest.raises(AlreadyDone):
        press()

    assert Message.objects.count() == 1


def test_cancel_booking_frees_the_time_and_tells(cast):
    appointment = make_appointment(cast, AT_10)

    cancelled = actions.cancel_booking(appointment=appointment, reason="Unwell", by=PATIENT, at=NOW)

    assert (cancelled.status, cancelled.cancel_reason, cancelled.sequence) == ("cancelled", "Unwell", 1)
    assert list(Message.objects.values_list("template", flat=True)) == ["booking/cancelled"]
    assert begin(cast).starts == AT_10


def test_cancel_booking_refuses_twice_and_too_late(cast):
    first = make_appointment(cast, AT_10)
    second = make_appointment(cast, AT_11)
    actions.cancel_booking(appointment=first, reason="", by=PATIENT, at=NOW)

    with pytest.raises(AlreadyCancelled):
        actions.cancel_booking(appointment=first, reason="", by=PATIENT, at=NOW)
    with pytest.raises(TooLate):
        actions.cancel_booking(appointment=second, reason="", by=PATIENT, at=second.starts_at)

    assert Message.objects.count() == 1


# --- forgetting ---------------------------------------------------------------------------------


def test_forget_drafts_deletes_what_was_typed_and_frees_the_time(cast):
    draft = filled(cast)

    forgotten = actions.forget_drafts(drafts=[draft], by=Actor.system("worker"), at=NOW)

    assert forgotten == 1
    assert (Draft.objects.count(), Hold.objects.count(), Slot.objects.count()) == (0, 0, 0)
    assert AuditEvent.objects.get(action="booking.forget_draft").entity_ref == draft.ref


def test_drafts_to_forget_are_the_ones_that_led_nowhere_a_day_ago(cast):
    booked, old = filled(cast, AT_10, page="booked"), filled(cast, AT_11, page="old")
    confirm(booked)
    filled(cast, minute("2026-03-11T14:00"), page="new", at=NOW + timedelta(hours=20))
    now = NOW + timedelta(hours=25)

    found = queries.drafts_to_forget(unfinished_before=now - timedelta(days=1), any_before=now - timedelta(days=30))

    assert found == [old]


def test_drafts_to_forget_are_all_after_a_month(cast):
    booked = filled(cast)
    confirm(booked)
    now = NOW + timedelta(days=31)

    found = queries.drafts_to_forget(unfinished_before=now - timedelta(days=1), any_before=now - timedelta(days=30))

    assert found == [booked]
