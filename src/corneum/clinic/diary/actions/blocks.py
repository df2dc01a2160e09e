"""Taking somebody or something out of the diary for a time: leave, training, cleaning, a device that is broken."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from corneum.clinic.diary.models import Block, Owner, Schedule
from corneum.clinic.diary.placing import schedules_of
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.db.ref import new_ref
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record


@action
def block_time(
    *,
    clinic: Clinic,
    owners: Iterable[Owner],
    kind: str,
    spans: Sequence[Interval],
    note: str = "",
    by: Actor,
    at: datetime,
    press: str = "",
) -> str:
    """
    Take practitioners, rooms or devices out for some stretches of time, and answer with the series that these are.

    What is booked there already stays as it is, for a person to place anew; nothing new is booked
    into it. A room or device that takes several visits at once is taken out with all its places by
    naming each of them.

    :param clinic: where this is done; somebody's leave holds at every clinic where they work
    """
    series = new_ref()
    _write(owners, kind, series, spans, note, by=by, at=at)
    record("diary.block_time", entity=clinic, by=by, at=at, clinic=clinic, press=press, series=series)
    return series


@action
def set_blocks(
    *, owner: Owner, kind: str, series: str, spans: Sequence[Interval], note: str = "", by: Actor, at: datetime
) -> int:
    """
    Let the blocks of a series on one diary be exactly these spans, and say how many have changed.

    For what is known from elsewhere and read again and again, such as another calendar.
    """
    schedule = schedules_of([owner])[owner]
    live = Block.objects.filter(schedule=schedule, series=series, lifted_at=None)
    kept = {(block.starts, block.ends): block.pk for block in live}
    wanted = set(spans)
    gone = [key for span, key in kept.items() if span not in wanted]
    Block.objects.filter(pk__in=gone).update(lifted_at=at)
    new = [span for span in spans if span not in kept]
    _write([owner], kind, series, new, note, by=by, at=at)
    if gone or new:
        record(
            "diary.set_blocks", entity=_owner_of(schedule), by=by, at=at, clinic=None, series=series,
            added=len(new), lifted=len(gone),
        )  # fmt: skip
    return len(gone) + len(new)


@action
def lift_blocks(*, series: str, by: Actor, at: datetime, clinic: Clinic | None = None, press: str = "") -> int:
    """Give a series of blocked times back to the diary, as far as they are not over, and say how many those were."""
    live = Block.objects.filter(series=series, lifted_at=None, ends__gt=minute_of(at)).select_related(
        "schedule__practitioner", "schedule__room", "schedule__device"
    )
    blocks = list(live)
    schedules_of({block.schedule.owner for block in blocks})
    lifted = Block.objects.filter(pk__in=[block.pk for block in blocks], lifted_at=None).update(lifted_at=at)
    for block in blocks[:1]:
        record(
            "diary.lift_blocks", entity=_owner_of(block.schedule), by=by, at=at, clinic=clinic, press=press,
            series=series, lifted=lifted,
        )  # fmt: skip
    return lifted


def _owner_of(schedule: Schedule) -> Practitioner | Room | Device:
    owner = schedule.practitioner or schedule.room or schedule.device
    if owner is None:
        raise ValueError("A patient's time cannot be blocked.")
    return owner


def _write(
    owners: Iterable[Owner], kind: str, series: str, spans: Sequence[Interval], note: str, *, by: Actor, at: datetime
) -> None:
    """Lock the diaries, as whoever books in them does, and block them."""
    schedules = schedules_of(owners)
    Block.objects.bulk_create(
        Block(
            schedule=schedule,
            series=series,
            kind=kind,
            starts=span.starts,
            ends=span.ends,
            note=note,
            created_at=at,
            created_by_id=by.user_id,
        )
        for schedule in schedules.values()
        for span in spans
        if span.minutes
    )
