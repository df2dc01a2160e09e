"""What can be checked, and by which of the methods that rules are written for."""

from django.db.models import QuerySet

from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.clinic.treatments.queries import offer_at
from corneum.domain.errors import NotFound
from corneum.domain.suitability import Method
from corneum.platform.accounts.models import Clinic

# The questions and rules were written for abrasion. Other methods have dangers of their own, which these would miss.
ABRADING = ("crystal-unit", "diamond-unit")


def method_of(treatment: Treatment) -> Method | None:
    """Say how a treatment works on the skin, if the rules are written for that."""
    abrades = Need.objects.filter(treatment=treatment, what=Need.What.DEVICE, kind__in=ABRADING).exists()
    return Method.ABRASION if abrades else None


def offer_to_check(clinic: Clinic, slug: str) -> tuple[Offer, Method]:
    """
    Find what a clinic offers under this name, and its method.

    :raises NotFound: it offers nothing of that name, or nothing that the rules are written for
    """
    offer = offer_at(clinic, slug)
    method = method_of(offer.treatment)
    if method is None:
        raise NotFound
    return offer, method


def kin_of(treatment: Treatment) -> QuerySet[Treatment]:
    """Find the treatments for which the same answers count: those of the same method, or this one alone."""
    abrading = Need.objects.filter(what=Need.What.DEVICE, kind__in=ABRADING).values("treatment")
    same = Treatment.objects.filter(pk__in=abrading)
    return same if method_of(treatment) else Treatment.objects.filter(pk=treatment.pk)


def offers_asked_before(clinic: Clinic) -> list[Offer]:
    """Find the treatments before which a clinic asks about health, in its own order."""
    offers = Offer.objects.filter(clinic=clinic, screening_first=True).select_related("treatment", "clinic")
    return list(offers.order_by("treatment__order", "treatment__name"))


def asked_about(clinic: Clinic, treatment: Treatment | None = None) -> Treatment | None:
    """
    Say which treatment the questions are about: this one if it is asked before, else the first that is.

    None where the clinic asks before no treatment.
    """
    offers = offers_asked_before(clinic)
    same = [offer.treatment for offer in offers if treatment is not None and offer.treatment_id == treatment.pk]
    return next(iter([*same, *(offer.treatment for offer in offers)]), None)
