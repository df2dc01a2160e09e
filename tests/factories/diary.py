"""Times, holds and appointments, made as the clinic makes them."""

from datetime import datetime

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.models import Clinic
from tests.factories.cast import NOW, Cast

WORKER = Actor.system("test")


def minute(wall: str) -> int:
    """Read "2026-03-10T09:30", in UTC, as a whole minute."""
    return minute_of(datetime.fromisoformat(f"{wall}+00:00"))


def clocks(starts: list[int]) -> list[str]:
    """Write whole minutes as "09:30", in UTC: easier to read in a failed test."""
    return [f"{starts_at // 60 % 24:02d}:{starts_at % 60:02d}" for starts_at in starts]


def make_hold(
    cast: Cast,
    starts: int,
    *,
    practitioner: Practitioner | None = None,
    treatment: Treatment | None = None,
    at: datetime = NOW,
    press: str = "",
) -> Hold:
    """Hold a time at Manchester, as a visitor does: a consultation unless the test says otherwise."""
    return actions.hold_time(
        clinic=cast.manchester,
        treatment=treatment or cast.consultation,
        starts=starts,
        practitioner=practitioner,
        by=VISITOR,
        at=at,
        press=press,
    )


def make_appointment(
    cast: Cast,
    starts: int,
    *,
    patient: Patient | None = None,
    practitioner: Practitioner | None = None,
    treatment: Treatment | None = None,
    clinic: Clinic | None = None,
    at: datetime = NOW,
    press: str = "",
) -> Appointment:
    """Book Alice at Manchester for a consultation, unless the test says otherwise."""
    return actions.book_appointment(
        clinic=clinic or cast.manchester,
        treatment=treatment or cast.consultation,
        starts=starts,
        practitioner=practitioner,
        patient=patient or cast.alice,
        note="",
        by=Actor.staff(cast.dana),
        at=at,
        press=press,
    )
