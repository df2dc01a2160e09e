"""Wall clocks: what people write on a door or a letter, as UTC minutes, and back."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.timeline import Timeline

MINUTE = timedelta(minutes=1)
DAY = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute_of(instant: datetime) -> int:
    """
    This will say in which UTC minute since 1970 an instant falls; seconds are cut off.

    :raises ValueError: the instant does not say its zone
    """
    if instant.tzinfo is None:
        raise ValueError("An instant without a zone is not an instant.")
    return (instant - EPOCH) // MINUTE


def instant_of(minute: int) -> datetime:
    """This will give the instant at which a UTC minute begins."""
    return EPOCH + minute * MINUTE


def local(minute: int, zone: str) -> datetime:
    """This will give what date and clock say in a zone when a UTC minute begins."""
    return instant_of(minute).astimezone(ZoneInfo(zone))


def span_on(day: date, starts: time, ends: time, zone: str) -> Interval:
    """
    This will give the minutes between two readings of the wall clock on a day.

    An end at or before the start is on the next day: 22:00 to 06:00 is a night, 09:00 to 00:00
    ends at midnight, 00:00 to 00:00 is the whole day. A reading that the clocks skip means the
    moment they skip it, so a span that begins inside the skipped hour begins at its end. A reading
    that comes twice means the first time: spans that touch on paper always touch in time.
    """
    last_day = day if starts < ends else day + timedelta(days=1)
    return Interval(_minute_at(day, starts, zone), _minute_at(last_day, ends, zone))


def day_window(first: date, last: date, zone: str) -> Interval:
    """This will give the minutes of the days from `first` to `last`, both included."""
    return Interval(_minute_at(first, time.min, zone), _minute_at(last + timedelta(days=1), time.min, zone))


@lru_cache(maxsize=1024)
def starts_every(step: int, window: Interval, zone: str, tick: int = 1) -> Timeline:
    """
    This will set the minutes at which the wall clock stands at a multiple of `step` since midnight.

    The step, the window and the zone's distance from UTC are multiples of the tick.

    Every quarter of an hour is at :00, :15, :30 and :45 as people there read it, on every day of
    the year. What is skipped is not there, and what comes twice is there twice.
    """
    bits = 0
    for piece, offset in _offsets(window, zone):
        # In this piece the wall shows the UTC minute plus `offset`.
        on_wall = Interval(piece.starts + offset, piece.ends + offset)
        for midnight in range(on_wall.starts // DAY * DAY, on_wall.ends, DAY):
            begins, ends = max(on_wall.starts, midnight), min(on_wall.ends, midnight + DAY)
            first = begins + (midnight - begins) % step
            bits |= _comb(step // tick, len(range(first, ends, step))) << (first - offset - window.starts) // tick
    return Timeline(window, bits, tick)


@lru_cache(maxsize=64)
def _comb(step: int, teeth: int) -> int:
    """Set `teeth` bits that stand `step` apart: the sum of a geometric series."""
    return ((1 << step * teeth) - 1) // ((1 << step) - 1)


def _offsets(window: Interval, zone: str) -> list[tuple[Interval, int]]:
    """Cut a window where the clocks change, and say for each piece how far they are ahead of UTC."""
    pieces: list[tuple[Interval, int]] = []
    starts = window.starts
    while starts < window.ends:
        offset = _offset(starts, zone)
        # Always the same marks, so that they are remembered; no zone changes its clocks twice between two.
        ends = min(starts // DAY * DAY + DAY, window.ends)
        if _offset(ends, zone) != offset:
            ends = _first_minute_with_another(offset, Interval(starts, ends), zone)
        if pieces and pieces[-1][1] == offset:
            starts = pieces.pop()[0].starts
        pieces.append((Interval(starts, ends), offset))
        starts = ends
    return pieces


def _first_minute_with_another(offset: int, span: Interval, zone: str) -> int:
    """Halve the span until the minute is found at which the clocks change."""
    before, after = span
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(middle, zone) == offset:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=4096)
def _offset(minute: int, zone: str) -> int:
    """How many minutes the clocks of a zone are ahead of UTC."""
    ahead = local(minute, zone).utcoffset()
    return 0 if ahead is None else ahead // MINUTE


@lru_cache(maxsize=16384)
def _minute_at(day: date, reading: time, zone: str) -> int:
    """Say at which UTC minute the wall clock of a zone first reads this, or skips it."""
    # Kept: every practitioner of a clinic begins at the same few readings of the same days.
    wall = datetime.combine(day, reading.replace(fold=0, tzinfo=None), ZoneInfo(zone))
    minute = minute_of(wall)
    if local(minute, zone).replace(tzinfo=None) == wall.replace(tzinfo=None, second=0, microsecond=0):
        return minute
    # Skipped. Python reads it with the offset from before the change, so it lands past the change.
    earlier = minute_of(wall.replace(fold=1))
    return _first_minute_with_another(_offset(earlier, zone), Interval(earlier, minute), zone)
