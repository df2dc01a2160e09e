"""What a patient is sent about a course: one message with all its times, and one calendar file."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from corneum.clinic.booking import ics
from corneum.clinic.booking import words as booking_words
from corneum.clinic.booking.letters import entry_of
from corneum.clinic.courses.calendar import calendar_of
from corneum.clinic.courses.models import Course, CourseVisit
from corneum.clinic.diary.models import Appointment
from corneum.clinic.premises.models import Premises
from corneum.clinic.premises.queries import clinic_page
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message, withdraw_messages
from corneum.platform.messages.models import Message
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import phone as phone_in_words

UNDO = timedelta(minutes=3)  # a change at the desk leaves only when it is final


def tell_booked(course: Course, appointments: Sequence[Appointment], *, by: Actor, at: datetime) -> None:
    """This will queue what says that all the visits of a course are booked."""
    _tell("booked", course, appointments, by=by, at=at)


def tell_moved(course: Course, appointments: Sequence[Appointment], *, by: Actor, at: datetime) -> None:
    """This will queue what says when all the visits to come are now, in place of what has not left yet."""
    _tell("moved" if _was_told(course, by=by, at=at) else "booked", course, appointments, by=by, at=at)


def tell_ended(course: Course, appointments: Sequence[Appointment], *, by: Actor, at: datetime) -> None:
    """This will queue what says that the rest of a course is cancelled; nothing to somebody who knew of none."""
    if _was_told(course, by=by, at=at) and appointments:
        _tell("ended", course, appointments, by=by, at=at)


def take_back(course: Course, *, by: Actor, at: datetime) -> None:
    """This will take back what waits to be sent about a course of which no visit is to come."""
    withdraw_messages(about=course, by=by, at=at)


def _was_told(course: Course, *, by: Actor, at: datetime) -> bool:
    """Take back what has not left yet, and say whether something had left before."""
    withdraw_messages(about=course, by=by, at=at)
    about = Message.objects.filter(about_kind=course._meta.label_lower, about_ref=course.ref)
    return about.exclude(state=Message.State.WITHDRAWN).exists()


def _tell(event: str, course: Course, appointments: Sequence[Appointment], *, by: Actor, at: datetime) -> None:
    place, patient = clinic_page(course.clinic), course.patient
    visits = sorted(appointments, key=lambda one: one.starts)
    facts = _facts(course, visits, place)
    _remember_what_is_told(course)
    if patient.email:
        method = ics.CANCEL if event == "ended" else ics.PUBLISH
        file = calendar_of([entry_of(one, place) for one in visits], method=method, at=at)
        attachment = {"name": "appointments.ics", "type": f"text/calendar; method={method}", "text": file}
        queue_message(
            clinic=course.clinic, channel="email", template=f"courses/{event}", context=facts, to=patient.email,
            to_name=patient.name, about=course, by=by, at=at, send_at=at + UNDO, attachments=(attachment,),
        )  # fmt: skip
    if patient.phone:
        template = f"courses/{event}_text"
        queue_message(
            clinic=course.clinic, channel="text", template=template, context=_fitting(template, facts),
            to=patient.phone, to_name=patient.name, about=course, by=by, at=at, send_at=at + UNDO,
        )  # fmt: skip


def _remember_what_is_told(course: Course) -> None:
    """Keep how every visit stands now, those that a letter leaves out as well, to see whether one changes before it leaves."""
    now = Appointment.objects.filter(pk=OuterRef("appointment")).values("sequence")
    CourseVisit.objects.filter(course=course).update(told_sequence=Subquery(now))


def _facts(course: Course, visits: Sequence[Appointment], place: Premises) -> dict[str, Any]:
    """Say what may stand in a message: when, where and with whom, and never what for."""
    zone = course.clinic.zone
    return {
        "first_name": booking_words.first_name(course.patient.name),
        "clinic_name": course.clinic.name,
        "visits": [
            {
                "day": booking_words.day_of(one.starts, zone),
                "time": booking_words.clock(one.starts, zone),
                "practitioner": one.practitioner.name,
                "url": address(course.clinic, "booking:mine", one.code),
            }
            for one in visits
        ],
        "count": len(visits),
        "address_lines": [line for line in (place.line1, place.line2, f"{place.town} {place.postcode}") if line],
        "getting_here": place.getting_here,
        "phone": phone_in_words(place.phone),
        "times": [f"{_short(one.starts, zone)} {booking_words.clock(one.starts, zone)}" for one in visits],
        "all_shown": True,
    }


def _short(minute: int, zone: str) -> str:
    day = local(minute, zone)
    return f"{day.day} {day:%b}"


def _fitting(template: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a text what it can do without, until it is one text and not two."""
    shorter = facts
    for shorter in _ever_shorter(facts):
        if gsm.length(gsm.simplified(text_words(template, shorter).text)) <= gsm.LONGEST:
            break
    return shorter


def _ever_shorter(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield facts
    facts = facts | {"first_name": ""}
    yield facts
    for shown in range(len(facts["times"]) - 1, 0, -1):
        yield facts | {"times": facts["times"][:shown], "all_shown": False}
    yield facts | {"times": facts["times"][:1], "all_shown": False, "clinic_name": ""}
