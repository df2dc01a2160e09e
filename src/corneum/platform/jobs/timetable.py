"""Work by the clock: each turn is taken by one worker, and becomes a job like any other."""

from datetime import datetime, timedelta

from django.db import transaction

from corneum.platform.jobs.models import Job, Turn
from corneum.platform.jobs.registry import TIMETABLE, Entry, turn_kind

# A turn further off than its line allows was written by a clock that ran ahead, or by an older timetable.
TOLERANCE = timedelta(minutes=1)


def take_due_turns(at: datetime) -> int:
    """
    Turn each line of the timetable that is due into a job, and answer with how many there were.

    Turns missed while no worker ran are taken once, not once for each.
    """
    known = dict(Turn.objects.filter(name__in=TIMETABLE).values_list("name", "next_at"))
    taken = 0
    for name, entry in TIMETABLE.items():
        if name not in known:
            first = entry.first(at)
            turn, _is_new = Turn.objects.get_or_create(name=name, defaults={"next_at": first})
            known[name] = turn.next_at
        if known[name] <= at:
            taken += _take(entry, seen=known[name], at=at)
        elif known[name] > entry.following(at) + TOLERANCE:
            Turn.objects.filter(name=name, next_at=known[name]).update(next_at=entry.following(at))
    return taken


@transaction.atomic
def _take(entry: Entry, *, seen: datetime, at: datetime) -> bool:
    """Take one turn, unless another worker was quicker: only one of them finds the moment it saw."""
    won = Turn.objects.filter(name=entry.name, next_at=seen).update(next_at=entry.following(at))
    if won:
        _arm(entry, at)
    return bool(won)


def _arm(entry: Entry, at: datetime) -> None:
    """Ask for the work anew, in one row for ever; unless the last time is not done yet."""
    kind = turn_kind(entry.name)
    _job, is_new = Job.objects.get_or_create(key=kind, defaults={"kind": kind, "due_at": at, "created_at": at})
    if not is_new:
        Job.objects.filter(key=kind).exclude(state=Job.State.WAITING).update(
            state=Job.State.WAITING, due_at=at, attempts=0, last_error="", lease="", lease_until=None, done_at=None
        )
