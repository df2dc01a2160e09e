"""What a patient is sent when an appointment is booked, moved or cancelled: an e-mail, a text, or both."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from corneum.clinic.booking import ics, words
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.contact import Contact
from corneum.clinic.premises.models import Premises
from corneum.clinic.premises.queries import clinic_page
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


def tell_booked(appointment: Appointment, *, to: Contact, by: Actor, at: datetime) -> None:
    """This will queue what says that an appointment is booked, to the contact that was given just now."""
    _tell("booked", appointment, to=to, method=ics.REQUEST, by=by, at=at)


def tell_moved(appointment: Appointment, *, before: int, by: Actor, at: datetime) -> None:
    """This will queue what says that an appointment has moved from the minute `before`."""
    _tell("moved", appointment, to=_contact(appointment), method=ics.REQUEST, by=by, at=at, before=before)


def tell_cancelled(appointment: Appointment, *, by: Actor, at: datetime) -> None:
    """This will queue what says that an appointment is cancelled."""
    _tell("cancelled", appointment, to=_contact(appointment), method=ics.CANCEL, by=by, at=at)


def entry_of(appointment: Appointment, place: Premises, *, attendee: str = "") -> ics.Entry:
    """This will say of an appointment what a calendar may know."""
    return ics.Entry(
        uid=f"{appointment.ref}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        zone=appointment.zone,
        clinic=appointment.clinic.name,
        clinic_email=place.email,
        clinic_phone=phone_in_words(place.phone),
        where=", ".join(part for part in (appointment.clinic.name, *_lines(place)) if part),
        url=address(appointment.clinic, "booking:mine", appointment.code),
        is_cancelled=appointment.status == Appointment.Status.CANCELLED,
        attendee=attendee,
    )


def _tell(
    event: str,
    appointment: Appointment,
    *,
    to: Contact,
    method: str,
    by: Actor,
    at: datetime,
    before: int | None = None,
) -> None:
    place = clinic_page(appointment.clinic)
    facts = _facts(appointment, place, before)
    if to.email:
        facts |= _button(facts, method)
        file = ics.calendar_file(entry_of(appointment, place, attendee=to.email), method=method, at=at)
        attachment = {"name": "appointment.ics", "type": f"text/calendar; method={method}", "text": file}
        queue_message(
            clinic=appointment.clinic, channel="email", template=f"booking/{event}", context=facts, to=to.email,
            to_name=appointment.patient.name, about=appointment, by=by, at=at, attachments=(attachment,),
        )  # fmt: skip
    if to.phone:
        template = f"booking/{event}_text"
        queue_message(
            clinic=appointment.clinic, channel="text", template=template, context=_fitting(template, facts),
            to=to.phone, to_name=appointment.patient.name, about=appointment, by=by, at=at,
        )  # fmt: skip


def _contact(appointment: Appointment) -> Contact:
    return Contact(email=appointment.patient.email, phone=appointment.patient.phone)


def _facts(appointment: Appointment, place: Premises, before: int | None) -> dict[str, Any]:
    """Say what may stand in a message: when, where and with whom, and never what for."""
    zone = appointment.zone
    return {
        "first_name": words.first_name(appointment.patient.name),
        "clinic_name": appointment.clinic.name,
        "day": words.day_of(appointment.starts, zone),
        "time": words.clock(appointment.starts, zone),
        "before": words.beside(before, appointment.starts, zone) if before is not None else "",
        "practitioner": appointment.practitioner.name,
        "reference": f"{appointment.reference[:2]} {appointment.reference[2:]}",
        "address_lines": _lines(place),
        "getting_here": place.getting_here,
        "phone": phone_in_words(place.phone),
        "url": address(appointment.clinic, "booking:mine", appointment.code),
        "again_url": address(appointment.clinic, "booking:what"),
        "short_day": words.short_day_of(appointment.starts, zone),
    }


def _button(facts: dict[str, Any], method: str) -> dict[str, str]:
    if method == ics.CANCEL:
        return {"button": "Book another time", "button_url": facts["again_url"]}
    return {"button": "Move or cancel", "button_url": facts["url"]}


def _lines(place: Premises) -> list[str]:
    return [line for line in (place.line1, place.line2, f"{place.town} {place.postcode}") if line]


def _fitting(template: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a text what it can do without, until it is one text and not two."""
    shorter = facts
    for shorter in _ever_shorter(facts):
        if gsm.length(gsm.simplified(text_words(template, shorter).text)) <= gsm.LONGEST:
            break
    return shorter


def _ever_shorter(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for left_out in ({}, {"practitioner": "", "before": ""}, {"day": facts["short_day"]}, {"first_name": ""}):
        facts |= left_out
        yield facts
    yield facts | {"clinic_name": ""}
