"""What waits for a practitioner: to the desk a name, to those who decide the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability.models import Decision, Screening
from corneum.clinic.suitability.queries.standing import verdict_of
from corneum.domain.errors import NotFound
from corneum.domain.suitability import Verdict
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

ALARMING = Q(alarm_raised_at__isnull=False, alarm_answered_at=None)


@dataclass(frozen=True, slots=True)
class Look:
    """A form as whoever decides sees it: what the rules in force say of it today."""

    screening: Screening
    verdict: Verdict
    decisions: Sequence[Decision]


def waiting_for_practitioner(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Screening]:
    """Find for whom a practitioner is needed, the most urgent first; no answer is read for it."""
    waiting = Screening.objects.filter(
        within(user, Right.SEE_PATIENTS), Q(needs_decision=True) | ALARMING, clinic=clinic
    )
    return (
        waiting.select_related("patient", "treatment")
        .defer("answers", "carried", "fired", "alarm_note")
        .order_by(F("alarm_raised_at").asc(nulls_last=True), F("submitted_at").asc(nulls_last=True), "pk")
    )


def to_decide(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Screening]:
    """Find the same for those who may decide; nobody else finds any."""
    return waiting_for_practitioner(user, clinic).filter(within(user, Right.DECIDE_SUITABILITY))


def screening_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Screening:
    """
    Find a form with its answers for somebody who may read them.

    :raises NotFound: there is none, or not one they may read, which looks the same
    """
    visible = Screening.objects.filter(within(user, Right.DECIDE_SUITABILITY), clinic=clinic)
    found = visible.select_related("clinic", "patient", "treatment", "alarm_answered_by").filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def screenings_of(patient: Patient) -> QuerySet[Screening]:
    """Find every form of a patient, the newest first, without the answers."""
    theirs = Screening.objects.filter(patient=patient).select_related("treatment")
    return theirs.defer("answers", "carried", "fired", "alarm_note").order_by("-started_at", "-pk")


def decisions_on(screening: Screening) -> QuerySet[Decision]:
    """Find what was decided about a form, the latest first."""
    return Decision.objects.filter(screening=screening).select_related("decided_by").order_by("-decided_at", "-pk")


def look_at(screening: Screening, *, on: date) -> Look:
    """Put together what whoever decides about a form reads."""
    return Look(screening, verdict_of(screening, on=on), list(decisions_on(screening)))
