"""Who of the team has a conversation open: told by their browsers every few seconds, and by nothing else."""

from datetime import datetime, timedelta

from corneum.clinic.enquiries.models import Enquiry, Presence
from corneum.platform.accounts.models import User

STILL_THERE = timedelta(seconds=30)  # browsers say so every ten
FORGOTTEN = timedelta(hours=1)


def be_here(enquiry: Enquiry, user: User, *, is_writing: bool, at: datetime) -> None:
    """Note that somebody has a conversation open. No action: it says nothing that is worth keeping."""
    Presence.objects.update_or_create(enquiry=enquiry, user=user, defaults={"is_writing": is_writing, "seen_at": at})
    Presence.objects.filter(seen_at__lt=at - FORGOTTEN).delete()


def others_here(enquiry: Enquiry, user: User, *, at: datetime) -> list[Presence]:
    """Find who else has it open now, those who are writing first."""
    others = Presence.objects.filter(enquiry=enquiry, seen_at__gt=at - STILL_THERE).exclude(user=user)
    return list(others.select_related("user").order_by("-is_writing", "user__name"))
