"""Finding anyone by what is remembered of them, and an appointment by its reference."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import appointments_visible_to
from corneum.clinic.patients import queries as patients
from corneum.clinic.patients.models import Patient
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.models import Clinic, User

_REFERENCE = re.compile(r"[A-Z]{2}\d{1,10}")
_LAST = "9" * 12  # no reference that begins so comes after it
AHEAD = (Appointment.Status.PENDING, Appointment.Status.BOOKED, Appointment.Status.ARRIVED)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who was found, and their next visit, if there is one that whoever asks may see."""

    patient: Patient
    next_visit: Appointment | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: visits by their reference, and people."""

    visits: Sequence[Appointment]
    people: Sequence[Line]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.visits) + len(self.people)


def find_anyone(user: User | AnonymousUser, clinic: Clinic, text: str, *, at: datetime, most: int) -> Found:
    """
    Find patients of a clinic, and visits by their reference, as far as this person may see either.

    A constant number of questions, whoever is found.

    :param text: as it was typed: part of a name, telephone number, date of birth, e-mail or reference
    """
    people = patients.find(user, clinic, text, most=most)
    ahead = _next_visits(user, clinic, people, at)
    return Found(_called(user, clinic, text), [Line(one, ahead.get(one.pk)) for one in people])


def _called(user: User | AnonymousUser, clinic: Clinic, text: str) -> list[Appointment]:
    """Find the visits whose reference begins so."""
    typed = re.sub(r"[\s-]", "", text).upper()
    if not _REFERENCE.fullmatch(typed):
        return []
    # Between two references, so that the index answers on both databases.
    begun = appointments_visible_to(user, clinic).filter(reference__gte=typed, reference__lte=typed + _LAST)
    return list(begun.order_by("reference")[:8])


def _next_visits(
    user: User | AnonymousUser, clinic: Clinic, people: Sequence[Patient], at: datetime
) -> dict[int, Appointment]:
    found: dict[int, Appointment] = {}
    ahead = appointments_visible_to(user, clinic).filter(patient__in=people, status__in=AHEAD, ends__gt=minute_of(at))
    for visit in ahead.prefetch_related(None).order_by("starts"):
        found.setdefault(visit.patient_id, visit)
    return found
