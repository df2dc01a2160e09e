"""How long something still holds, and when to speak of its end."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum

Validity = tuple[date, date | None]


class Ending(IntEnum):
    """How near the end is, the calmest first: sixty, thirty and seven days are when people are told."""

    FAR = 0
    WITHIN_60 = 60
    WITHIN_30 = 30
    WITHIN_7 = 7
    OVER = -1


def last_day(stretches: Iterable[Validity], on: date) -> date | None:
    """
    Answer with the last day up to which these hold without a break, from a day on: the day before it when they do not.

    A renewal that begins the day after an end goes on from it. None means until further notice.
    """
    reached = on - timedelta(days=1)
    for first, last in sorted(stretches, key=lambda stretch: stretch[0]):
        if first > reached + timedelta(days=1):
            break
        if last is None or last == date.max:
            return None
        reached = max(reached, last)
    return reached


def notice(last: date | None, on: date) -> Ending:
    """Say how near an end is on a day; on the last day itself it still holds."""
    if last is None:
        return Ending.FAR
    left = (last - on).days
    if left < 0:
        return Ending.OVER
    return next((one for one in (Ending.WITHIN_7, Ending.WITHIN_30, Ending.WITHIN_60) if left <= one), Ending.FAR)
