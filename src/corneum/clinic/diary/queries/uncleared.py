"""Visits to come that could not be booked now, because nobody has cleared their patient for that day."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries.appointments import appointments_visible_to
from corneum.clinic.suitability.queries import clearances_of, offers_asked_before
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import Clearance
from corneum.platform.accounts.models import Clinic, User

TO_COME = (Appointment.Status.PENDING, Appointment.Status.BOOKED)


@dataclass(frozen=True, slots=True)
class Uncleared:
    """One such visit, and where its patient stands."""

    visit: Appointment
    clearance: Clearance


def uncleared_visits(user: User | AnonymousUser, clinic: Clinic, *, at: datetime) -> list[Uncleared]:
    """
    List the visits to come for which their patients are not cleared, by the rules in force now, the next first.

    Nothing is kept about it: whatever changes, answers, a decision or a rule, the next look knows.
    """
    today = local(minute_of(at), clinic.zone).date()
    visible = appointments_visible_to(user, clinic).filter(status__in=TO_COME, starts__gt=minute_of(at))
    found: list[Uncleared] = []
    for offer in offers_asked_before(clinic):
        visits = list(
            visible.filter(treatment=offer.treatment_id).select_related("patient", "treatment", "practitioner")
        )
        stands = clearances_of({visit.patient for visit in visits}, offer, on=today)
        found += [
            Uncleared(visit, stands[visit.patient_id])
            for visit in visits
            if not stands[visit.patient_id].allows(local(visit.starts, clinic.zone).date())
        ]
    return sorted(found, key=lambda one: (one.visit.starts, one.visit.pk))
