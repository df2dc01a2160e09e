"""Where a patient stands before treatment, as their page at the desk says it: never why."""

from datetime import datetime
from typing import Any

from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability import queries as suitability
from corneum.clinic.suitability.words import standing
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, rights_of
from corneum.platform.ui.forms import new_press


def clearance_context(user: User, clinic: Clinic, patient: Patient, *, at: datetime) -> dict[str, Any]:
    """Gather where somebody stands with each treatment that the clinic asks before; nothing where it asks before none."""
    today, rights = local(minute_of(at), clinic.zone).date(), rights_of(user, clinic)
    offers = suitability.offers_asked_before(clinic)
    may_decide = Right.DECIDE_SUITABILITY in rights
    return {
        "clearances": [
            (offer.treatment.short_name, standing(suitability.clearance_of(patient, offer, on=today)))
            for offer in offers
        ],
        "may_decide": may_decide,
        "screenings": list(suitability.screenings_of(patient)[:5]) if offers and may_decide else [],
        "may_ask": Right.CHANGE_DIARY in rights,
        "ask_press": new_press(),
    }
