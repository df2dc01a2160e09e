"""What was used of which lot, and on whom."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from corneum.clinic.records.models import Lot, LotUse
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

MOST_LOTS = 60


def lots_of(user: User | AnonymousUser, clinic: Clinic, text: str = "") -> QuerySet[Lot]:
    """Find the lots of a clinic by part of their number, the latest first, each with how many visits it was used at."""
    visible = Lot.objects.filter(within(user, Right.SEE_RECORDS), clinic=clinic)
    found = visible.filter(number__icontains=text) if text else visible
    return found.annotate(visits=Count("uses")).order_by("-added_at", "-pk")[:MOST_LOTS]


def treated_with(lot: Lot) -> QuerySet[LotUse]:
    """Find who was treated with something of a lot, the latest first: each use with its visit and patient."""
    uses = LotUse.objects.filter(lot=lot).select_related(
        "record__patient", "record__treatment", "record__practitioner", "record__device"
    )
    return uses.order_by("-record__visited_at")
