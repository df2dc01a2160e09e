"""A document as one clinic's patients get it today: its words, with the treatment's facts in their places."""

from datetime import datetime

from corneum.clinic.consent.models import Version
from corneum.clinic.consent.queries import approval_of
from corneum.clinic.treatments.models import Offer
from corneum.domain.consent.text import Facts, written
from corneum.platform.accounts.models import Clinic
from corneum.platform.ui.templatetags.ui import short_date


def text_of(version: Version, clinic: Clinic) -> str:
    """This will write a version as Markdown, as it is given at a clinic today."""
    treatment = version.document.treatment
    offer = Offer.objects.filter(clinic=clinic, treatment=treatment).first()
    approval = approval_of(version)
    facts = Facts(
        treatment=treatment.name, clinic=clinic.name, minutes=treatment.minutes,
        pence=offer.price_pence if offer else None, settling=treatment.afterwards, time_off=treatment.time_off,
        course=treatment.course,
    )  # fmt: skip
    approved = f"{approval.approved_by.name} on {_day(approval.approved_at, clinic)}" if approval else "nobody yet"
    return written(version.texts, facts, version=version.number, approved=approved)


def prices_of(treatment_id: int) -> frozenset[int]:
    """Find what a treatment costs, at every clinic that offers it, in pence."""
    prices = Offer.objects.filter(treatment=treatment_id).values_list("price_pence", flat=True)
    return frozenset(prices)


def _day(at: datetime, clinic: Clinic) -> str:
    return short_date(at, clinic.zone)
