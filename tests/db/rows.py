"""The fewest rows that the database's own rules can be tried on."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.db import IntegrityError, connection, transaction

from corneum.clinic.diary.models import Hold, Schedule, Slot
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Room
from corneum.clinic.treatments.models import Treatment
from corneum.db.errors import constraint_name
from corneum.platform.accounts.models import Clinic, User

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
_number = count(1)


def make_clinic(**changes: Any) -> Clinic:
    """Make one clinic."""
    return Clinic.objects.create(**{"slug": f"clinic-{next(_number)}", "name": "Manchester", **changes})


def make_user(**changes: Any) -> User:
    """Make somebody who works here."""
    number = next(_number)
    return User.objects.create(**{"email": f"dana{number}@example.org", "name": "Dana", "created_at": NOW, **changes})


def make_treatment(**changes: Any) -> Treatment:
    """Make something that can be booked."""
    facts = {"slug": f"peel-{next(_number)}", "name": "Peel", "short_name": "Peel", "kind": "treatment"}
    return Treatment.objects.create(**{**facts, "family": "peels", "summary": "", "minutes": 30, **changes})


def make_practitioner(**changes: Any) -> Practitioner:
    """Make somebody who treats."""
    facts = {"slug": f"rosa-{next(_number)}", "name": "Rosa", "profession": "nurse"}
    return Practitioner.objects.create(**{**facts, **changes})


def make_hold(**changes: Any) -> Hold:
    """Make a time kept for somebody."""
    facts = {"clinic": make_clinic(), "treatment": make_treatment(), "practitioner": make_practitioner()}
    return Hold.objects.create(**{**facts, "starts": 0, "ends": 30, "expires_at": NOW, "created_at": NOW, **changes})


def make_schedule() -> Schedule:
    """Make the diary of one room."""
    room = Room.objects.create(clinic=make_clinic(), name="Room", kind="treatment")
    return Schedule.objects.create(room=room)


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
