"""Limits: how many visits a day takes, and how many one patient may have to come."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability.queries import clearance_of
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.domain.scheduling.gap import Gap
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import ANY_DAY, Clearance
from corneum.platform.accounts.models import Clinic

Status = Appointment.Status
TO_COME = (Status.PENDING, Status.BOOKED)
SESSIONS = (*TO_COME, Status.ARRIVED, Status.FULFILLED)
LONGEST = 733 * 24 * 60  # minutes; the tables keep the bound of a gap


def days_full(
    offer: Offer, clinic: Clinic, window: Interval, *, at: datetime, ignoring: Appointment | None = None
) -> frozenset[date]:
    """Find the days of the clinic's calendar that have as many visits of a treatment as they take."""
    if offer.most_per_day is None:
        return frozenset()
    visits = Appointment.objects.filter(
        clinic=clinic, treatment=offer.treatment_id, starts__gte=window.starts, starts__lt=window.ends
    ).exclude(status=Status.CANCELLED)
    if ignoring is not None:
        visits = visits.exclude(pk=ignoring.pk)
    holds = Hold.objects.filter(
        clinic=clinic,
        treatment=offer.treatment_id,
        starts__gte=window.starts,
        starts__lt=window.ends,
        expires_at__gt=at,
    )
    starts = [*visits.values_list("starts", flat=True), *holds.values_list("starts", flat=True)]
    counted = Counter(local(minute, clinic.zone).date() for minute in starts)
    return frozenset(day for day, visits_then in counted.items() if visits_then >= offer.most_per_day)


def has_enough_to_come(patient: Patient, offer: Offer, *, at: datetime, ignoring: Appointment | None = None) -> bool:
    """Say whether a patient has as many visits of a treatment to come as one may have."""
    if offer.most_open_per_patient is None:
        return False
    theirs = _of(patient, ignoring).filter(
        clinic=offer.clinic_id, treatment=offer.treatment_id, status__in=TO_COME, starts__gt=minute_of(at)
    )
    return theirs.count() >= offer.most_open_per_patient


def needs_consultation(patient: Patient, offer: Offer, *, starts: int, ignoring: Appointment | None = None) -> bool:
    """Say whether a treatment that follows a consultation is asked for by somebody who has had none, nor booked one."""
    if not offer.consultation_first:
        return False
    seen = Q(status__in=SESSIONS, starts__lt=starts)
    consultations = _of(patient, ignoring).filter(seen, treatment__kind=Treatment.Kind.CONSULTATION)
    return not consultations.exists()


def clearance_for(patient: Patient | None, offer: Offer, *, at: datetime) -> Clearance:
    """Say from which day a patient is cleared for a treatment; of nobody, and where it is not asked, any day."""
    if patient is None or not offer.screening_first:
        return ANY_DAY
    return clearance_of(patient, offer, on=local(minute_of(at), offer.clinic.zone).date())


def sessions_near(
    patient: Patient | None,
    treatment: Treatment,
    around: Interval,
    *,
    zone: str,
    ignoring: Iterable[Appointment | None] = (),
) -> frozenset[date]:
    """
    Find the days on which a patient has sessions of a treatment, as far around these minutes as a gap can reach.

    What they only ask for counts, and what they have had; what was cancelled or missed does not. Of nobody
    there are none.
    """
    if patient is None or treatment.gap == Gap():
        return frozenset()
    theirs = Appointment.objects.filter(
        patient=patient,
        treatment=treatment,
        status__in=SESSIONS,
        starts__gte=around.starts - LONGEST,
        starts__lt=around.ends + LONGEST,
    ).exclude(pk__in=[one.pk for one in ignoring if one is not None])
    return frozenset(local(starts, zone).date() for starts in theirs.values_list("starts", flat=True))


def _of(patient: Patient, ignoring: Appointment | None) -> QuerySet[Appointment]:
    theirs = Appointment.objects.filter(patient=patient)
    return theirs if ignoring is None else theirs.exclude(pk=ignoring.pk)
