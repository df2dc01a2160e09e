"""What can be had at a clinic, at what price, and how sure anybody is that it helps."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, QuerySet

from corneum.clinic.treatments.models import Choice, Concern, Evidence, Offer, Treatment
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic


def offers_at(clinic: Clinic) -> QuerySet[Offer]:
    """Find what a clinic offers, each with its treatment, in the clinic's own order."""
    return (
        Offer.objects.filter(clinic=clinic).select_related("treatment").order_by("treatment__order", "treatment__name")
    )


def offer_at(clinic: Clinic, slug: str) -> Offer:
    """
    Find what a clinic offers under this name.

    :raises NotFound: it offers nothing of that name
    """
    offer = offers_at(clinic).filter(treatment__slug=slug).first()
    if offer is None:
        raise NotFound
    return offer


def offers_elsewhere(offer: Offer) -> QuerySet[Offer]:
    """Find which other clinics offer the same for anybody to book."""
    same = Offer.objects.filter(treatment=offer.treatment_id, treatment__is_bookable_online=True)
    return same.exclude(clinic=offer.clinic_id)


def bookable_online(clinic: Clinic) -> QuerySet[Offer]:
    """Find what anybody may book without speaking to the clinic first: the consultations."""
    return offers_at(clinic).filter(treatment__is_bookable_online=True)


def concerns() -> QuerySet[Concern]:
    """Find everything that readers see in the mirror, in order."""
    return Concern.objects.all()


def concern_called(slug: str) -> Concern:
    """
    Find one concern by the name in its address.

    :raises NotFound: there is none of that name
    """
    concern = Concern.objects.filter(slug=slug).first()
    if concern is None:
        raise NotFound
    return concern


def evidence_about(concern: Concern) -> QuerySet[Evidence]:
    """Find what each treatment can and cannot do for a concern."""
    return (
        Evidence.objects.filter(concern=concern)
        .select_related("treatment")
        .order_by("treatment__order", "treatment__name")
    )


def choices_about(concern: Concern) -> QuerySet[Choice]:
    """Find what to do about a concern, the first thing worth trying first."""
    return Choice.objects.filter(concern=concern).select_related("treatment").order_by("order")


def care() -> QuerySet[Treatment]:
    """Find the care that nobody sells and everybody may read about."""
    return Treatment.objects.filter(kind=Treatment.Kind.CARE)


def evidence_of_all(treatments: Iterable[Treatment]) -> dict[int, list[Evidence]]:
    """Find the evidence for several treatments at once, by treatment."""
    found: dict[int, list[Evidence]] = {treatment.pk: [] for treatment in treatments}
    rows = Evidence.objects.filter(treatment__in=found).select_related("concern")
    for row in rows.order_by("concern__order", "order"):
        found[row.treatment_id].append(row)
    return found


def reviewed_on_by_concern(treatments: Iterable[Treatment]) -> dict[int, date]:
    """Find the newest day on which evidence of any of these treatments was reviewed, by concern."""
    studied = Evidence.objects.filter(treatment__in=[treatment.pk for treatment in treatments])
    return dict(studied.order_by().values_list("concern").annotate(newest=Max("reviewed_on")))


def concerns_studied(treatments: Iterable[Treatment]) -> QuerySet[Concern]:
    """Find the concerns for which any of these treatments has been studied, in order."""
    studied = Evidence.objects.filter(treatment__in=[treatment.pk for treatment in treatments])
    return Concern.objects.filter(pk__in=studied.values("concern"))
