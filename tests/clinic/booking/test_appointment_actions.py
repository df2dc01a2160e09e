"""Confirming, moving and cancelling: without a page."""

from datetime import timedelta
from functools import partial

import pytest

from corneum.clinic.booking import actions
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.actions import (
    AlreadyCancelled,
    PatientBusy,
    SlotTaken,
    TimeRefused,
    TooLate,
)
from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.patients.models import Patient
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.messages.models import Message
from tests.factories.booking import HANNAH, begin_draft, confirm, filled_draft
from tests.factories.cast import NOW, make_patient
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
AT_10 = minute("2026-03-10T10:00")
AT_11 = minute("2026-03-10T11:00")


def test_confirm_draft_makes_patient_appointment_and_messages_at_once(cast):
    draft = filled_draft(cast, AT_10)

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
    draft = filled_draft(cast, AT_10)

    appointment = confirm(draft)

    draft.refresh_from_db()
    assert (draft.name, draft.contact, draft.note, draft.appointment) == ("", "", "", appointment)
    assert Hold.objects.count() == 0


def test_confirm_draft_again_answers_with_the_same_appointment(cast):
    draft = filled_draft(cast, AT_10)

    appointments = {confirm(draft), confirm(draft), confirm(Draft.objects.get(pk=draft.pk))}

    assert len(appointments) == 1
    assert (Appointment.objects.count(), Message.objects.count()) == (1, 1)


def test_confirm_draft_takes_the_time_again_when_it_was_no_longer_kept(cast):
    draft = filled_draft(cast, AT_10)

    appointment = confirm(draft, at=NOW + timedelta(minutes=30))

    assert (appointment.starts, appointment.practitioner) == (AT_10, cast.rosa)


def test_confirm_draft_takes_the_time_again_when_its_hold_was_swept_away(cast):
    draft = filled_draft(cast, AT_10)
    Hold.objects.all().delete()

    assert confirm(draft).starts == AT_10


def test_confirm_draft_keeps_everything_typed_when_the_time_has_gone(cast):
    draft = filled_draft(cast, AT_10)
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
    draft = filled_draft(cast, AT_10, practitioner=cast.nadia, name="Alice Ashworth", contact="alice@patients.example")

    with pytest.raises(PatientBusy):
        confirm(draft)

    assert Appointment.objects.count() == 1


def test_confirm_draft_lets_one_contact_book_five_times(cast):
    for hour in range(9, 14):
        if hour != 13:
            confirm(filled_draft(cast, minute(f"2026-03-11T{hour:02d}:00"), page=f"page {hour}", name=f"Name {hour}"))
    confirm(filled_draft(cast, minute("2026-03-11T14:00"), page="fifth"))

    with pytest.raises(actions.TooManyBookings):
        confirm(filled_draft(cast, minute("2026-03-11T15:00"), page="sixth", contact="HANNAH.DOYLE@mail.example"))

    assert Appointment.objects.count() == 5
    confirm(filled_draft(cast, minute("2026-03-11T15:00"), page="sixth", contact="07700 900982"))
    assert Appointment.objects.count() == 6


def test_confirm_draft_counts_no_appointment_that_was_cancelled_or_is_over(cast):
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah.doyle@mail.example")
    walls = [f"2026-03-11T{hour:02d}:00" for hour in (9, 10, 11, 14, 15)]
    made = [make_appointment(cast, minute(wall), patient=patient) for wall in walls]
    actions.cancel_booking(appointment=made[-1], reason="", by=PATIENT, at=NOW)

    assert confirm(filled_draft(cast, minute("2026-03-11T16:00"))).patient == patient


def test_confirm_draft_sends_a_text_to_a_number(cast):
    appointment = confirm(filled_draft(cast, AT_10, contact="07700 900982"))

    assert list(Message.objects.values_list("channel", "to", "template")) == [
        ("text", "+447700900982", "booking/booked_text")
    ]
    assert appointment.patient.email == ""


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
    assert begin_draft(cast, AT_10).starts == AT_10


def test_cancel_booking_refuses_twice_and_too_late(cast):
    first = make_appointment(cast, AT_10)
    second = make_appointment(cast, AT_11)
    actions.cancel_booking(appointment=first, reason="", by=PATIENT, at=NOW)

    with pytest.raises(AlreadyCancelled):
        actions.cancel_booking(appointment=first, reason="", by=PATIENT, at=NOW)
    with pytest.raises(TooLate):
        actions.cancel_booking(appointment=second, reason="", by=PATIENT, at=second.starts_at)

    assert Message.objects.count() == 1
