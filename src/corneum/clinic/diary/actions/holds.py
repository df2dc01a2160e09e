"""Keeping a time for somebody while they make up their mind, and letting it go."""

from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef

from corneum.clinic.diary.models import Hold, Slot
from corneum.clinic.diary.placing import Place, TimeRefused, Wanted, occupy, place
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

FORGOTTEN_AFTER = timedelta(days=2)  # when no draft points at a hold any more
MINUTES = 10  # long enough to fill in a short form, and short enough to be fair to everybody else


class HoldExpired(TimeRefused):
    """We kept this time for you for a while, and it has gone since. Please choose another."""


class AlreadyExtended(ClinicError):
    """This time has been kept for longer once already."""


@action
def hold_time(
    *,
    clinic: Clinic,
    treatment: Treatment,
    starts: int,
    practitioner: Practitioner | None,
    by: Actor,
    at: datetime,
    minutes: int = MINUTES,
    press: str = "",
) -> Hold:
    """
    Keep a time for some minutes: nobody else can have it until they are over.

    :param practitioner: with whom; None for whoever has the fewest visits that day
    :raises NotOffered: no such time is offered
    :raises SlotTaken: somebody else has it
    """

    def keep(chosen: Place) -> Hold:
        hold = Hold.objects.create(
            clinic=clinic,
            treatment=treatment,
            practitioner_id=chosen.practitioner_id,
            starts=chosen.starts,
            ends=chosen.ends,
            expires_at=at + timedelta(minutes=minutes),
            created_at=at,
        )
        occupy(chosen, at=at, hold=hold)
        return hold

    hold = place(Wanted(clinic, treatment, starts, practitioner), at=at, take=keep)
    record("diary.hold_time", entity=hold, by=by, at=at, clinic=clinic, press=press, starts=starts)
    return hold


@action
def extend_hold(*, hold: Hold, by: Actor, at: datetime) -> Hold:
    """
    Keep a time for ten minutes more, once.

    :raises HoldExpired: it is kept no longer
    :raises AlreadyExtended: it was kept for longer before
    """
    kept = Hold.objects.select_for_update().filter(ref=hold.ref, expires_at__gt=at).first()
    if kept is None or not kept.slots.exists():
        raise HoldExpired(Wanted(hold.clinic, hold.treatment, hold.starts, hold.practitioner))
    if kept.extended:
        raise AlreadyExtended
    kept.expires_at += timedelta(minutes=MINUTES)
    kept.extended = True
    kept.save(update_fields=["expires_at", "extended"])
    record("diary.extend_hold", entity=kept, by=by, at=at, clinic=kept.clinic)
    return kept


@action
def release_hold(*, hold: Hold, by: Actor, at: datetime) -> bool:
    """Let a time go before it expires, and say whether it was still there to let go."""
    kept = Hold.objects.select_for_update().filter(ref=hold.ref).first()
    if kept is None:
        return False
    kept.delete()  # its slots go with it
    record("diary.release_hold", entity=hold, by=by, at=at, clinic=hold.clinic, starts=hold.starts)
    return True


@action
def release_expired_holds(*, by: Actor, at: datetime) -> int:
    """Let all times go that were kept long enough, and say how many there were."""
    # One that somebody is booking at this very moment is locked, and is theirs.
    holds = Hold.objects.select_for_update(skip_locked=True, of=("self",))
    expired = holds.filter(Exists(Slot.objects.filter(hold=OuterRef("pk"))), expires_at__lte=at)
    released = list(expired.select_related("clinic").order_by("clinic", "pk"))
    Slot.objects.filter(hold__in=released).delete()
    for clinic, theirs in groupby(released, key=lambda hold: hold.clinic):
        refs = [hold.ref for hold in theirs]
        record("diary.release_expired_holds", entity=clinic, by=by, at=at, clinic=clinic, holds=refs)
    forgotten = Hold.objects.select_for_update(skip_locked=True).filter(expires_at__lte=at - FORGOTTEN_AFTER)
    Hold.objects.filter(pk__in=[hold.pk for hold in forgotten]).delete()
    return len(released)
