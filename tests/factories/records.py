"""Visits that were treated and signed, as a practitioner does it."""

from datetime import datetime, timedelta
from typing import Any

from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.records import actions
from corneum.clinic.records.models import VisitRecord
from corneum.domain.records import Values
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute

ROUTINE: dict[str, Any] = {
    "suction": {"value": "180", "unit": "mmHg"}, "crystals": "B-77", "tip": "44120", "zones": {"forehead": "2", "nose": "2"},
    "eyes": "yes", "reaction": ["pink"], "pain": "2", "note": "Tender left cheekbone",
}  # fmt: skip
SECRET_WORDS = "Tender left cheekbone"
SIGNED_AT = NOW + timedelta(hours=2)


def arrived(cast: Cast, wall: str = "2026-03-09T09:00", *, patient: Patient | None = None) -> Appointment:
    """Somebody is here for Nadia's microdermabrasion."""
    visit = make_appointment(
        cast,
        minute(wall),
        patient=patient,
        practitioner=cast.nadia,
        treatment=cast.microdermabrasion,
        at=NOW - timedelta(days=3),
    )
    diary.arrive_appointment(appointment=visit, by=Actor.staff(cast.dana), at=visit.starts_at)
    return visit


def sign(
    cast: Cast,
    visit: Appointment,
    *,
    version: int = 0,
    reasons: dict[str, str] | None = None,
    at: datetime | None = None,
    **changes: Any,
) -> VisitRecord:
    """Sign a routine session as Nadia, but for what a test changes."""
    return actions.sign_record(
        appointment=visit, values=Values({**ROUTINE, **changes}, reasons or {}), device=cast.crystal, version=version,
        user=cast.priya, by=Actor.staff(cast.priya), at=at or visit.ends_at,
    )  # fmt: skip
