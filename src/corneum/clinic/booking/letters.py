"""What a patient is sent when an appointment is booked, moved, cancelled or asked for: an e-mail, a text, or both."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from corneum.clinic.booking import ics, words
from corneum.clinic.booking.standing import change_terms, standing_of
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.contact import Contact
from corneum.clinic.premises.models import Premises
from corneum.clinic.premises.queries import clinic_page
from corneum.domain.money import pounds
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message, withdraw_messages
from corneum.platform.messages.queries import waiting_about
from corneum.platform.messages.wordings import worded_by
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


class TakesBack(Protocol):
    """Takes back letters that are about several appointments when one of these changes, and names those it took."""

    def __call__(self, *, appointment: Appointment, by: Actor, at: datetime) -> list[str]: ...


_about_several: list[TakesBack] = []


def about_several(takes_back: TakesBack) -> TakesBack:
    """This will ask an area above, which writes such letters, whenever an appointment's own are taken back."""
    if takes_back not in _about_several:
        _about_several.append(takes_back)
    return takes_back


def tell_booked(appointment: Appointment, *, to: Contact | None = None, by: Actor, at: datetime) -> list[str]:
    """This will queue what says that an appointment is booked, to the contact that was given just now, if any."""
    return _tell("booked", appointment, to=to or _contact(appointment), method=ics.REQUEST, by=by, at=at)


def tell_moved(
    appointment: Appointment, *, before: int, by: Actor, at: datetime, send_at: datetime | None = None
) -> list[str]:
    """This will queue what says that an appointment has moved from the minute `before`."""
    return _tell(
        "moved", appointment, to=_contact(appointment), method=ics.REQUEST, by=by, at=at, before=before, send_at=send_at
    )


def tell_cancelled(appointment: Appointment, *, by: Actor, at: datetime, send_at: datetime | None = None) -> list[str]:
    """This will queue what says that an appointment is cancelled."""
    to = _contact(appointment)
    return _tell("cancelled", appointment, to=to, method=ics.CANCEL, by=by, at=at, send_at=send_at)


def tell_restored(appointment: Appointment, *, by: Actor, at: datetime) -> list[str]:
    """This will queue what says that an appointment stands, to somebody who may have heard something else."""
    return _tell("restored", appointment, to=_contact(appointment), method=ics.REQUEST, by=by, at=at)


def tell_requested(appointment: Appointment, *, to: Contact | None = None, by: Actor, at: datetime) -> list[str]:
    """This will queue what says that a time is asked for, with a file that marks it as not settled yet."""
    return _tell("requested", appointment, to=to or _contact(appointment), method=ics.REQUEST, by=by, at=at)


def tell_withdrawn(appointment: Appointment, *, by: Actor, at: datetime) -> list[str]:
    """This will queue what says that a patient's request is taken back."""
    return _tell("withdrawn", appointment, to=_contact(appointment), method=ics.CANCEL, by=by, at=at)


def tell_declined(
    appointment: Appointment, *, nearest: Sequence[int], by: Actor, at: datetime, send_at: datetime | None = None
) -> list[str]:
    """This will queue what says kindly that a request cannot be met, and when else there is time."""
    to = _contact(appointment)
    return _tell("declined", appointment, to=to, method=ics.CANCEL, by=by, at=at, send_at=send_at, nearest=nearest)


def tell_expired(appointment: Appointment, *, nearest: Sequence[int], by: Actor, at: datetime) -> list[str]:
    """This will queue what says that nobody answered a request in time, and when else there is time."""
    to = _contact(appointment)
    return _tell("expired", appointment, to=to, method=ics.CANCEL, by=by, at=at, nearest=nearest)


def take_back_waiting(appointment: Appointment, *, by: Actor, at: datetime) -> list[str]:
    """This will take back what still waits to be sent about an appointment, because it is no longer so."""
    waiting = waiting_about(kind=appointment._meta.label_lower, ref=appointment.ref)
    if waiting:
        withdraw_messages(about=appointment, only=waiting, by=by, at=at)
    shared = (takes_back(appointment=appointment, by=by, at=at) for takes_back in _about_several)
    return [*waiting, *(ref for refs in shared for ref in refs)]


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
        is_tentative=appointment.status == Appointment.Status.PENDING,
        attendee=attendee,
    )


def _tell(
    event: str,
    appointment: Appointment,
    *,
    to: Contact,
    by: Actor,
    at: datetime,
    method: str,
    before: int | None = None,
    nearest: Sequence[int] = (),
    send_at: datetime | None = None,
) -> list[str]:
    """Queue it by each way in which the patient can be reached, and answer with the refs of what is queued."""
    place = clinic_page(appointment.clinic)
    facts = _facts(appointment, place, at=at, before=before, nearest=nearest)
    queued = []
    if to.email:
        facts |= _button(facts, event)
        queued.append(queue_message(
            clinic=appointment.clinic, channel="email", template=f"booking/{event}", context=facts, to=to.email,
            to_name=appointment.patient.name, about=appointment, by=by, at=at, send_at=send_at,
            attachments=_files(appointment, place, to, method=method, at=at),
        ))  # fmt: skip
    if to.phone:
        template = f"booking/{event}_text"
        own = worded_by(appointment.clinic, template)
        queued.append(queue_message(
            clinic=appointment.clinic, channel="text", template=template,
            context=facts if own else _fitting(template, facts),
            to=to.phone, to_name=appointment.patient.name, about=appointment, by=by, at=at, send_at=send_at,
        ))  # fmt: skip
    return [str(message.ref) for message in queued]


def _files(
    appointment: Appointment, place: Premises, to: Contact, *, method: str, at: datetime
) -> tuple[dict[str, str], ...]:
    """Write the calendar file that goes with a letter."""
    file = ics.calendar_file(entry_of(appointment, place, attendee=to.email), method=method, at=at)
    return ({"name": "appointment.ics", "type": f"text/calendar; method={method}", "text": file},)


def _contact(appointment: Appointment) -> Contact:
    return Contact(email=appointment.patient.email, phone=appointment.patient.phone)


def _facts(
    appointment: Appointment, place: Premises, *, at: datetime, before: int | None, nearest: Sequence[int]
) -> dict[str, Any]:
    """Say what may stand in a message: when, where and with whom, and never what for."""
    zone, now, standing = appointment.zone, minute_of(at), standing_of(appointment, at=at)
    expires = appointment.request_expires_at
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
        "free_until": words.moment(standing.until, zone) if standing.may_change else "",
        "late_fee": pounds(standing.terms.late_fee_pence) if standing.terms.late_fee_pence else "",
        "answer_by": words.moment(minute_of(expires), zone) if expires else "",
        "nearest": [words.beside_today(each, now, zone) for each in nearest],
        # What a clinic's own wording calls the same (samples.py).
        "link": address(appointment.clinic, "booking:mine", appointment.code),
        "again_link": address(appointment.clinic, "booking:what"),
        "address": ", ".join(_lines(place)),
        "change_terms": change_terms(standing, phone_in_words(place.phone), zone),
    }


def _button(facts: dict[str, Any], event: str) -> dict[str, str]:
    if event in {"cancelled", "withdrawn", "declined", "expired"}:
        return {"button": "Book another time", "button_url": facts["again_url"]}
    return {"button": "See or withdraw it" if event == "requested" else "Move or cancel", "button_url": facts["url"]}


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
