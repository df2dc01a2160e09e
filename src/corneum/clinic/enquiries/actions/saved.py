"""Keeping words for the next time."""

from datetime import datetime

from corneum.clinic.enquiries.models import SavedReply
from corneum.domain.errors import ClinicError
from corneum.domain.saved_words import check_placeholders
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record


class TitleTaken(ClinicError):
    """There is a saved reply of this name already. Change that one, or choose a different name."""


@action
def save_reply(
    *, clinic: Clinic, title: str, text: str, user: User, by: Actor, at: datetime, changes: SavedReply | None = None
) -> SavedReply:
    """
    Keep a reply for the next time, or change one that is kept.

    :param text: with placeholders for what differs (domain.saved_words.PLACEHOLDERS)
    :param changes: the one that is changed; a new one if left out
    :raises UnknownPlaceholder: a placeholder in it cannot be filled in
    :raises TitleTaken: another one of this clinic has this title
    """
    check_placeholders(text)
    others = SavedReply.objects.filter(clinic=clinic)
    if any(other != changes and other.title.casefold() == title.casefold() for other in others):
        raise TitleTaken
    saved = changes or SavedReply(clinic=clinic)
    saved.title, saved.text, saved.changed_at, saved.changed_by = title, text.strip(), at, user
    saved.save()
    record("enquiries.save_reply", entity=saved, by=by, at=at, clinic=clinic, title=title)
    return saved


@action
def remove_saved_reply(*, saved: SavedReply, by: Actor, at: datetime) -> None:
    """Keep a reply no longer; what was sent with it stays as it was sent."""
    record("enquiries.remove_saved_reply", entity=saved, by=by, at=at, clinic=saved.clinic, title=saved.title)
    saved.delete()
