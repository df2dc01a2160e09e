"""Visits and whether consent stands for each: what a withdrawal reaches, and what is missing before a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneum.clinic.consent.queries import Standing, Wanted, standings
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries.appointments import appointments_visible_to
from corneum.clinic.treatments.models import Treatment
from corneum.domain.consent.standing import Lack
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.models import Clinic, User

AHEAD = timedelta(days=14)  # what is missing further ahead has time
TO_COME = (Appointment.Status.PENDING, Appointment.Status.BOOKED, Appointment.Status.ARRIVED)
ALWAYS = {Lack.WITHDRAWN, Lack.TEXT_CHANGED}  # what is shown however far ahead


@dataclass(frozen=True, slots=True)
class VisitWithout:
    """A visit to come for which consent does not stand, and why not."""

    appointment: Appointment
    standing: Standing

    @property
    def is_withdrawn(self) -> bool:
        """Whether the patient no longer agrees."""
        return Lack.WITHDRAWN in self.standing.lacks


def consent_of(visits: Iterable[Appointment]) -> list[Standing]:
    """Say for each visit whether its patient's consent stands, in the order given."""
    return standings(Wanted(one.patient, one.treatment, one.practitioner, one.starts_at) for one in visits)


def visits_without_consent(user: User, clinic: Clinic, *, at: datetime) -> list[VisitWithout]:
    """
    List the visits to come for which consent does not stand, for this person: withdrawals first, then by their start.

    Those of the next two weeks; those whose consent was withdrawn, or whose text has changed in what matters, however
    far ahead.
    """
    ahead = appointments_visible_to(user, clinic).filter(
        status__in=TO_COME, ends__gt=minute_of(at), treatment__kind=Treatment.Kind.TREATMENT
    )
    visits = list(ahead.select_related("patient__clinic").order_by("starts", "pk"))
    soon = minute_of(at + AHEAD)
    found = [
        VisitWithout(visit, standing)
        for visit, standing in zip(visits, consent_of(visits), strict=True)
        if not standing.is_valid and (visit.starts < soon or ALWAYS & set(standing.lacks))
    ]
    return sorted(found, key=lambda one: not one.is_withdrawn)
