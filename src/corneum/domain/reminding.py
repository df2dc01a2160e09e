"""When a visit is reminded of: how long before, on the clinic's own clock, and never in the night."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, span_on

BEFORE_THE_NIGHT = 30  # minutes: what is moved out of the night leaves well before it
A_DAY = timedelta(days=1)
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: by e-mail or by text, so many hours before the visit."""

    channel: str  # email or text
    hours: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when nobody is written to, on the clinic's clock; the same twice: there is no such time."""

    begins: time
    ends: time


class Verdict(StrEnum):
    """What is to be done about one reminder now."""

    WAIT = "wait"
    SEND = "send"
    BOOKED_SINCE = "It was booked, or moved here, when this reminder was due already."
    LATER_SAYS_IT = "The next reminder was due as well, and says the same."
    BEGUN = "The visit had begun."


def due_at(starts: int, step: Step, *, zone: str, quiet: Quiet) -> int:
    """
    Say in which minute a reminder is due.

    A day before is the day before at the same time by the clock, also when the clocks change between. What
    would be due in the night is due half an hour before that night: never later, so never after the visit.
    """
    on = local(starts, zone)
    days, hours = divmod(step.hours, HOURS_A_DAY)
    due = span_on(on.date() - timedelta(days=days), on.time(), on.time(), zone).starts - hours * 60
    night = night_at(due, zone, quiet)
    return due if night is None else night.starts - BEFORE_THE_NIGHT


def night_at(minute: int, zone: str, quiet: Quiet) -> Interval | None:
    """Find the quiet time that a minute falls into."""
    if quiet.begins == quiet.ends:
        return None
    today = local(minute, zone).date()
    nights = (span_on(day, quiet.begins, quiet.ends, zone) for day in (today - A_DAY, today))
    return next((night for night in nights if night.starts <= minute < night.ends), None)


def decide(*, starts: int, agreed: int, due: int, following: int | None, now: int, zone: str, quiet: Quiet) -> Verdict:
    """
    Decide about one reminder.

    :param agreed: since when the patient and the clinic agree on this time
    :param following: when the next reminder of the same visit is due
    """
    if now >= starts:
        return Verdict.BEGUN
    if now < due:
        return Verdict.WAIT
    if agreed > due:
        return Verdict.BOOKED_SINCE
    if following is not None and following <= now:
        return Verdict.LATER_SAYS_IT
    return Verdict.WAIT if night_at(now, zone, quiet) else Verdict.SEND


def way_for(step: Step, steps: Sequence[Step], reachable: Collection[str]) -> str:
    """
    Say by which way a step reaches a patient, or that it does not.

    Each step goes its own way. Who can be reached by none of them gets the last one by the other way.
    """
    if step.channel in reachable:
        return step.channel
    reached_otherwise = any(other.channel in reachable for other in steps)
    is_last = step.hours == min(other.hours for other in steps)
    return next(iter(reachable), "") if is_last and not reached_otherwise else ""
