"""What is being typed about a visit, kept at every change until it is signed. No action: it is nobody's word yet."""

from datetime import datetime
from typing import Any

from django.db import transaction

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.records.models import Draft, VisitRecord
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.models import User


class DraftMoved(ClinicError):
    """Somebody else has saved this write-up since you opened it. Nothing of theirs or yours is lost: compare the two."""

    def __init__(self, draft: Draft | None) -> None:
        """Keep what stands there now; nothing when it is no longer a draft."""
        super().__init__()
        self.draft = draft


class SignedAlready(ClinicError):
    """This visit has been signed. What you have to add goes beside it as an amendment."""


@transaction.atomic
def save_draft(appointment: Appointment, content: dict[str, Any], *, version: int, user: User, at: datetime) -> Draft:
    """
    Keep what was typed, as the next version.

    :param version: the one that whoever types has seen; 0 when there was none
    :raises DraftMoved: somebody saved meanwhile
    :raises SignedAlready: it was signed meanwhile
    """
    locked_appointment(appointment)
    if VisitRecord.objects.filter(appointment=appointment).exists():
        raise SignedAlready
    draft = draft_of(appointment)
    if (draft.version if draft else 0) != version:
        raise DraftMoved(draft)
    kept: Any = content  # the field takes whatever JSON can hold
    if draft is None:
        return Draft.objects.create(appointment=appointment, content=kept, saved_at=at, saved_by=user)
    if draft.content != content:
        draft.content, draft.version, draft.saved_at, draft.saved_by = kept, version + 1, at, user
        draft.save()
    return draft


def draft_of(appointment: Appointment) -> Draft | None:
    """Find what was typed about a visit so far."""
    return Draft.objects.filter(appointment=appointment).select_related("saved_by").first()
