"""Taking letters in from the mailbox: each once, in order, whatever is killed when."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from corneum.platform.accounts.actors import Actor
from corneum.platform.messages.actions import note_bounce
from corneum.platform.messages.letter import Letter, read_letter
from corneum.platform.messages.mailbox import Mailbox, MailboxAway, Place
from corneum.platform.messages.models import Mailbox as Kept
from corneum.platform.messages.models import Received
from corneum.platform.messages.transports.parcel import BadAddress

log = logging.getLogger("corneum.messages")
OVERLAP = timedelta(days=2)  # of what is read again when the server has numbered everything anew


def mailbox_is_set() -> bool:
    """Say whether there is a mailbox to read."""
    return bool(settings.MAILBOX_URL)


def take_in(receive: Callable[[Letter], object], *, at: datetime) -> int:
    """
    Read what is new in the mailbox of the settings, and hand over each letter; answer with how many.

    A letter, the note that it was taken in and the place in the mailbox are one transaction. What was
    delivered twice is handed over once. A mailbox out of reach is noted, and read the next time.
    """
    try:
        mailbox = Mailbox.at(settings.MAILBOX_URL)
    except BadAddress:
        log.warning("the mailbox is not read: CORNEUM_MAILBOX_URL cannot be understood")
        return 0
    kept = Kept.objects.filter(name=mailbox.name).first()
    taken = 0
    try:
        for place, content in mailbox.read_new(_place(kept), since=kept.read_at - OVERLAP if kept else None):
            taken += _take(mailbox.name, place, content, receive, at)
    except MailboxAway as away:
        log.warning("the mailbox could not be read: %s", away)
        Kept.objects.get_or_create(name=mailbox.name, defaults={"read_at": at})
        Kept.objects.filter(name=mailbox.name, failing_since=None).update(failing_since=at)
        Kept.objects.filter(name=mailbox.name).update(last_error=str(away))
    else:
        Kept.objects.filter(name=mailbox.name).update(read_at=at, failing_since=None, last_error="")
    return taken


def _place(kept: Kept | None) -> Place | None:
    if kept is None or kept.validity is None or kept.last_uid is None:
        return None
    return Place(kept.validity, kept.last_uid)


@transaction.atomic
def _take(name: str, place: Place, content: bytes, receive: Callable[[Letter], object], at: datetime) -> bool:
    Kept.objects.update_or_create(
        name=name,
        defaults={"validity": place.validity, "last_uid": place.uid},
        create_defaults={"validity": place.validity, "last_uid": place.uid, "read_at": at},
    )
    if not content:
        return False
    letter = read_letter(content)
    _received, is_new = Received.objects.get_or_create(key=letter.key, defaults={"at": at})
    if is_new:
        if letter.is_bounce:
            note_bounce(message_ids=letter.refers_to, by=Actor.system("mailbox"), at=at)
        receive(letter)
    return is_new


def is_first_time(key: str, *, at: datetime) -> bool:
    """Note, within the transaction that takes something in, that it was taken in; False if it was before."""
    _received, is_new = Received.objects.get_or_create(key=key, defaults={"at": at})
    return is_new
