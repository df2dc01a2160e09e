"""What can be checked, and by which of the methods that rules are written for."""

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
