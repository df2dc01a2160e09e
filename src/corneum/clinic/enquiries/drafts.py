"""What is being typed, kept until it is sent. No action: it is nobody's word yet."""

from datetime import datetime

from corneum.clinic.enquiries.models import Enquiry, Entry, ReplyDraft
from corneum.platform.accounts.models import User

LONGEST = 20_000  # letters; what is sent is shorter


def keep_draft(enquiry: Enquiry, user: User, text: str, *, at: datetime) -> None:
    """Keep what somebody is typing in a conversation; what is empty, or was sent this moment, is none."""
    sent = Entry.objects.filter(enquiry=enquiry, kind=Entry.Kind.OURS, by=user, text=text.strip())
    if not text.strip() or sent.exists():
        drop_draft(enquiry, user)
        return
    kept = {"text": text[:LONGEST].replace("\0", ""), "saved_at": at}
    ReplyDraft.objects.update_or_create(enquiry=enquiry, user=user, defaults=kept)


def draft_of(enquiry: Enquiry, user: User) -> ReplyDraft | None:
    """Find what somebody was typing in a conversation."""
    return ReplyDraft.objects.filter(enquiry=enquiry, user=user).first()


def drop_draft(enquiry: Enquiry, user: User) -> None:
    """Forget it: it was sent, or begun afresh."""
    ReplyDraft.objects.filter(enquiry=enquiry, user=user).delete()
