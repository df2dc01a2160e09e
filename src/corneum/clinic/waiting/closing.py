"""Closing an offer: its time is free again, what has not left is not sent, and the next in line can be asked."""

from datetime import datetime

from corneum.clinic.diary import actions as diary
from corneum.clinic.waiting.models import FreedOffer
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.jobs.queueing import queue
from corneum.platform.messages.actions import withdraw_messages

OFFERING = "waiting.offer"


def close(offer: FreedOffer, state: FreedOffer.State, *, by: Actor, at: datetime) -> None:
    """This will close an open offer for this cause, and let its time go."""
    hold = offer.hold
    offer.state, offer.closed_at, offer.hold = state, at, None
    offer.save(update_fields=["state", "closed_at", "hold"])
    if hold is not None:
        diary.release_hold(hold=hold, by=by, at=at)
    withdraw_messages(about=offer, by=by, at=at)


def ask_for_offers(clinic: Clinic, *, key: str, at: datetime) -> None:
    """This will have the freed times of a clinic offered as soon as this transaction has come true."""
    queue(key=f"{OFFERING}:{key}", kind=OFFERING, payload={"clinic": clinic.ref}, due_at=at, at=at)
