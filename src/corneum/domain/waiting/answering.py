"""How long somebody may think over a freed time: an hour of the day, never of the night."""

from datetime import datetime, time, timedelta

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, span_on

MINUTES = 60  # of waking time: long enough to see a message, short enough to be fair to whoever is next
LEAST = 15  # with less, nobody could read it, think and answer
WAKES, SLEEPS = time(8), time(21)
ONE_DAY = timedelta(days=1)


def time_to_answer(now: int, *, starts: int, notice: int, zone: str, minutes: int = MINUTES) -> Interval | None:
    """
    This will say from when until when a freed time is kept for the one person who is asked.

    The clock stands still while people sleep, from nine in the evening to eight in the morning where
    the clinic is: what is freed at night is told in the morning, and what is told late in the evening
    is kept into the morning. It is kept shorter when the visit is near, because the clinic's notice
    comes after it. None: there is no time left in which anybody could answer.

    :param now: the UTC minute of this moment, a begun one whole
    :param starts: the UTC minute at which the visit would start
    :param notice: how many minutes before a visit the clinic must know of it
    """
    latest, left, ends = starts - notice, minutes, now
    begins: int | None = None
    for awake in _waking(now, zone):
        opens, closes = max(now, awake.starts), min(awake.ends, latest)
        if opens >= latest:
            break
        if closes > opens:
            begins = opens if begins is None else begins
            ends = opens + min(left, closes - opens)
            left -= ends - opens
        if left <= 0:
            break
    if begins is None or minutes - left < min(LEAST, minutes):
        return None
    return Interval(begins, ends)


def _waking(now: int, zone: str) -> list[Interval]:
    """List the waking hours of the days in which an hour is sure to be found."""
    today: datetime = local(now, zone)
    return [span_on(today.date() + late * ONE_DAY, WAKES, SLEEPS, zone) for late in range(3)]
