"""What a patient is sent."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from corneum.clinic.booking import actions, letters
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.contact import Contact
from corneum.clinic.practitioners.models import Practitioner
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import word_message
from corneum.platform.messages.models import Message
from corneum.platform.messages.wordings import all_editable, check, clinic_facts, editable_called, filled_letter
from tests.factories.booking import event_in
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db
THURSDAY = minute("2026-03-12T09:30")
FRIDAY = minute("2026-03-13T14:00")
HEALTH = ("consultation", "microdermabrasion", "peel", "treatment", "skin", "acne")


@pytest.fixture
def booked(cast: Cast, settings) -> Appointment:
    """Hannah, who can be reached both ways, is booked for Thursday."""
    settings.SITE_URL = "https://alderskin.example"
    patient = make_patient(cast.manchester, "Hannah Doyle", email="hannah@mail.example", phone="+447700900982")
    return make_appointment(cast, THURSDAY, patient=patient)


def move(appointment: Appointment) -> None:
    """Move it to Friday."""
    actions.move_booking(appointment=appointment, starts=FRIDAY, practitioner=None, by=PATIENT, at=NOW)


def cancel(appointment: Appointment) -> None:
    """Cancel it."""
    actions.cancel_booking(appointment=appointment, reason="Unwell", by=PATIENT, at=NOW)


def email() -> Message:
    """Find the e-mail."""
    return Message.objects.get(channel="email")


def text() -> str:
    """Read the text message."""
    return str(Message.objects.get(channel="text").text)


def file_of(message: Message) -> str:
    """Read the calendar file of a message, which says its method as the attachment does."""
    (attachment,) = message.attachments
    method = Calendar.from_ical(attachment["text"])["METHOD"]
    assert attachment["type"] == f"text/calendar; method={method}"
    return str(attachment["text"])


def test_moved_says_the_new_time_and_the_old(booked):
    move(booked)

    assert email().subject == "Friday 13 March, 2pm at Manchester: your new time"
    assert "When: Friday 13 March, 2pm (not 9:30am on Thursday)" in email().text
    assert f"https://alderskin.example/b/{booked.code}/" in email().text
    assert text() == (
        "Hannah, your time at Manchester is now Friday 13 March at 2pm, not 9:30am on Thursday. "
        f"Move or cancel: https://alderskin.example/b/{booked.code}/"
    )


def test_moved_puts_the_new_time_in_place_of_the_old_one_in_a_calendar(booked):
    move(booked)

    file = file_of(email())
    event = event_in(file)

    booked.refresh_from_db()
    assert "METHOD:REQUEST" in file
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"{booked.ref}@alderskin.example", 1)
    assert event["DTSTART"].dt == booked.starts_at
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)


def test_cancelled_takes_it_out_of_a_calendar(booked):
    cancel(booked)

    file = file_of(email())
    event = event_in(file)

    assert "METHOD:CANCEL" in file
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert str(event["UID"]) == f"{booked.ref}@alderskin.example"


def test_cancelled_leads_back_to_the_times(booked):
    cancel(booked)

    assert email().subject == "Cancelled: Thursday 12 March, 9:30am at Manchester"
    assert 'href="https://alderskin.example/book/"' in email().html
    assert text() == (
        "Hannah, your time at Manchester on Thursday 12 March at 9:30am is cancelled. "
        "Book again: https://alderskin.example/book/"
    )


@pytest.mark.parametrize("act", [move, cancel])
def test_letters_never_say_what_for_nor_why(booked, act):
    act(booked)

    for message in Message.objects.all():
        said = f"{message.subject} {message.text} {message.html} {message.attachments}".lower()
        assert [word for word in (*HEALTH, "unwell") if word in said.replace("alderskin", "")] == []


@pytest.mark.parametrize(
    ("clinic", "practitioner", "name"),
    [
        ("Alder Skin Clinic", "Rosa Lindqvist", "Hannah Doyle"),
        (
            "The Alderley Edge Clinic of Dermatology and Plastic Surgery",
            "Professor Ngozi Adichie-Okonjo",
            "Maximiliana X",
        ),
        ("Alder Clinic", "Rosa Lindqvist", "Зоя Иванова"),
        ("Alder Clinic", "Łukasz Żółć", "Zoë Ångström"),
        ("A" * 80, "B" * 120, "C" * 120),
    ],
)
@pytest.mark.parametrize("act", [move, cancel])
def test_letters_are_one_text_message_and_never_two(booked, act, clinic, practitioner, name):
    Clinic.objects.filter(pk=booked.clinic_id).update(name=clinic)
    Practitioner.objects.all().update(name=practitioner)
    booked.patient.name = name
    booked.patient.save()
    booked.refresh_from_db()

    act(Appointment.objects.get(pk=booked.pk))

    assert gsm.length(text()) <= 160
    assert "https://alderskin.example/" in text()


def test_letters_say_who_else_may_have_typed_the_address(cast):
    appointment = make_appointment(cast, THURSDAY)

    letters.tell_booked(appointment, to=Contact(email="hannah@mail.example"), by=PATIENT, at=NOW)

    assert email().subject == "Thursday 12 March, 9:30am at Manchester"
    assert "If you did not book this, somebody mistyped their address" in email().text
    assert email().html.count('class="button"') == 1


def test_letters_escape_what_was_typed_in_html_and_not_in_text(booked):
    booked.patient.name = "<b>O'Hara"
    booked.patient.save()

    move(booked)

    assert "<b>O'Hara, your appointment has moved." in email().text
    assert "&lt;b&gt;O&#x27;Hara, your appointment has moved" in email().html


@pytest.mark.parametrize(("event", "change"), [("booked", None), ("moved", move), ("cancelled", cancel)])
def test_letter_is_written_in_the_clinics_own_words_once_it_has_some(cast: Cast, booked, event, change):
    for channel in ("", "_text"):
        message = editable_called(f"booking/{event}{channel}")
        assert message is not None
        word_message(
            clinic=cast.manchester, message=message, subject="Own: {day}, {time}" if not channel else "",
            text="{first_name}: {clinic}, {day} at {time}.", facts={}, user=cast.owen, by=Actor.staff(cast.owen), at=NOW,
        )  # fmt: skip

    if change is None:
        letters.tell_booked(booked, by=PATIENT, at=NOW)
    else:
        change(booked)

    day = "Friday 13 March at 2pm" if event == "moved" else "Thursday 12 March at 9:30am"
    assert text() == f"Hannah: Manchester, {day}."
    assert email().text == f"Hannah: Manchester, {day}.\n"
    assert email().subject == f"Own: {day.replace(' at', ',')}"
    assert file_of(email())


def test_every_letter_that_can_be_worded_says_what_it_begins_from(cast: Cast):
    facts = clinic_facts(cast.manchester)
    for message in all_editable():
        assert "{" not in filled_letter(message.text, {**message.example, **facts}), message.template
        check(message, message.subject, message.text, facts=facts)
