"""Reading complaints: every way in starts from which of them this person may see."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from corneum.clinic.complaints.models import Complaint
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

RAISED_BEFORE = timedelta(days=3)  # how long before its day one is raised


def complaints_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Complaint]:
    """Find a clinic's complaints, if this person deals with them; otherwise none."""
    return Complaint.objects.filter(within(user, Right.DEAL_WITH_COMPLAINTS), clinic=clinic)


def open_complaints(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Complaint]:
    """Find those that wait for an answer, the one due first at the top."""
    return complaints_visible_to(user, clinic).filter(answered_at=None).order_by("answer_by", "received_at")


def answered_complaints(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Complaint]:
    """Find those that were answered, the latest first."""
    return complaints_visible_to(user, clinic).exclude(answered_at=None).order_by("-answered_at")


def complaint_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Complaint:
    """
    Find one complaint with what was done about it.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    visible = complaints_visible_to(user, clinic).select_related("clinic", "acknowledged_by", "answered_by")
    complaint = visible.prefetch_related("entries__by").filter(ref=ref).first()
    if complaint is None:
        raise NotFound
    return complaint


def raised_count(user: User | AnonymousUser, clinic: Clinic, on: date) -> int:
    """Count those of which something is late, or due within three days."""
    soon = on + RAISED_BEFORE
    due = Q(answer_by__lte=soon) | Q(acknowledged_at=None, acknowledge_by__lte=soon)
    return open_complaints(user, clinic).filter(due).count()
