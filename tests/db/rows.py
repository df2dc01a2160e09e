"""Rows of any model with the fewest facts it takes, for trying the database's own rules."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar

from django.db import IntegrityError, connection, models, transaction

from corneum.clinic.calendars.models import Feed
from corneum.clinic.complaints.models import Complaint
from corneum.clinic.consent.models import Information
from corneum.clinic.courses.models import Course
from corneum.clinic.diary.models import Appointment, Block, Hold, Schedule, Slot
from corneum.clinic.guides.models import Guide, Picture, Rendition
from corneum.clinic.holding.models import HeldTime, HeldTimes
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner, WorkingHours
from corneum.clinic.premises.models import OpeningHours, Room, SpecialHours
from corneum.clinic.records.models import Link, Opening
from corneum.clinic.reminders.models import Reminder
from corneum.clinic.replacing.models import Outage
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.db.errors import constraint_name
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.models import AuditEvent, Change

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
M = TypeVar("M", bound=models.Model)
_number = count(1)

# What a row must have besides, to be a good one. A function is called for each row anew.
BESIDES: dict[type[models.Model], dict[str, Any]] = {
    Appointment: {"starts": 0, "ends": 30},
    AuditEvent: {"actor_kind": "system"},
    Block: {"starts": 0, "ends": 30},
    Change: {"actor_kind": "unknown", "operation": "insert"},
    Complaint: {"contact_email": "alice@example.org"},
    Course: {"visits": 3, "min_days": 1, "max_days": 3, "ideal_days": 2},
    Feed: {"what": "clinic"},
    FreedOffer: {"starts": 0, "ends": 30, "expires_at": NOW + timedelta(hours=1)},
    Guide: {"review_due_on": date(2027, 3, 9)},
    HeldTime: {"starts": 0, "ends": 30},
    HeldTimes: {"expires_at": NOW + timedelta(hours=1)},
    Hold: {"starts": 0, "ends": 30},
    Information: {"given_at": NOW, "reflect_until": NOW + timedelta(days=1)},
    OpeningHours: {"opens": time(9), "closes": time(17)},
    Link: {"kind": "visit"},
    Opening: {"until": NOW + timedelta(hours=1)},
    Outage: {"practitioner": lambda: make(Practitioner), "starts": 0, "ends": 30},
    Patient: {"email": "alice@example.org"},
    Picture: {"alt": "A tip on a cheek"},
    Rendition: {"shape": "wide", "kind": "webp", "content": b"a picture"},
    Reminder: {"step": "email", "why_not": "They have come already."},
    Schedule: {"room": lambda: make(Room)},
    Slot: {"hold": lambda: make(Hold), "starts": 0, "ends": 30, "clear_from": 0, "clear_until": 30},
    SpecialHours: {"opens": time(9), "closes": time(17)},
    Treatment: {"minutes": 30},
    Wait: {"email": "alice@example.org"},
    WorkingHours: {"starts": time(9), "ends": time(17)},
}


def make(model: type[M], **changes: Any) -> M:
    """Save a good row, but for these changes."""
    return model._default_manager.create(**facts(model, **changes))


def facts(model: type[models.Model], **changes: Any) -> dict[str, Any]:
    """Think of a good row, but for these changes."""
    wanted = {field.name: field for field in model._meta.concrete_fields if _is_asked_for(field)}
    known = {**BESIDES.get(model, {}), **changes}
    made_up = {name: _make_up(field) for name, field in wanted.items() if name not in known}
    return {**made_up, **{name: value() if callable(value) else value for name, value in known.items()}}


def _is_asked_for(field: Any) -> bool:
    return not (field.primary_key or field.null or field.has_default()) and (not field.blank or field.unique)


def _make_up(field: Any) -> Any:
    """Invent a value that no other row has, where the kind of field allows it."""
    if field.is_relation:
        return make(field.related_model)
    if field.choices:
        return field.choices[0][0]
    number = next(_number)
    if isinstance(field, models.EmailField):
        return f"dana{number}@example.org"
    if isinstance(field, models.CharField | models.TextField):
        return f"{field.name}-{number}"[-(field.max_length or 100) :]
    kinds = {models.DateTimeField: NOW, models.DateField: date(2026, 3, 9), models.TimeField: time(9)}
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), 1)


def make_clinic(**changes: Any) -> Clinic:
    """Make one clinic."""
    return make(Clinic, **changes)


def make_user(**changes: Any) -> User:
    """Make somebody who works here."""
    return make(User, **{"name": "Dana", **changes})


def make_treatment(**changes: Any) -> Treatment:
    """Make something that can be booked."""
    return make(Treatment, **changes)


def make_hold() -> Hold:
    """Make a time kept for somebody."""
    return make(Hold)


def make_schedule() -> Schedule:
    """Make the diary of one room."""
    return make(Schedule)


def slot(schedule: Schedule, hold: Hold, starts: int, ends: int, *, before: int = 0, after: int = 0) -> Slot:
    """Think of a slot; whoever asks may save it."""
    return Slot(
        schedule=schedule, hold=hold, starts=starts, ends=ends, clear_from=starts - before, clear_until=ends + after
    )


def refusal(write: Callable[[], object]) -> str:
    """Write, and answer with the name of the constraint that refused, or "" if none did."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        return constraint_name(error)
    return ""


def raw(sql: str) -> None:
    """Go past everything that Django would look at."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
