"""Busy: what one lane has already, as the two masks that say how near to it another visit may come."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.timeline import Timeline

WEEK = 7 * 24 * 60  # minutes; weeks are counted from 1970 in UTC, so none is longer or shorter
TICK = 5  # minutes: what nearly every clinic's times are multiples of

Visit = tuple[int, int, int, int]  # starts, ends, clear_from, clear_until


class Busy(NamedTuple):
    """
    The minutes of a lane's visits with what follows each, and again with what goes before each.

    Two visits of a lane are clear of each other when neither starts before the other has been
    cleaned up after, and neither ends after the other's set-up has begun. So between them lies the
    larger of the two adjoining buffers, not their sum: a room can be made ready for the next while
    it is cleaned after the last.
    """

    cleaned: Timeline  # every [starts, clear_until)
    readied: Timeline  # every [clear_from, ends)

    @classmethod
    def of(cls, window: Interval, visits: Iterable[Visit], tick: int = 1) -> "Busy":
        """Write visits as masks."""
        visits = list(visits)
        return cls(
            Timeline.of(window, ((starts, clear_until) for starts, _, _, clear_until in visits), tick),
            Timeline.of(window, ((clear_from, ends) for _, ends, clear_from, _ in visits), tick),
        )

    def with_visits(self, visits: Sequence[Visit]) -> "Busy":
        """Add visits to it, by a finer clock where they ask for one."""
        if not visits:
            return self
        tick = min(self.cleaned.tick, tick_of(minute for visit in visits for minute in visit))
        more = Busy.of(self.cleaned.window, visits, tick)
        return Busy(self.cleaned.finer(tick) | more.cleaned, self.readied.finer(tick) | more.readied)

    def finer(self, tick: int) -> "Busy":
        """Say the same by a finer clock, if it is one."""
        return Busy(self.cleaned.finer(tick), self.readied.finer(tick)) if tick < self.cleaned.tick else self

    def starts_for(self, minutes: int, before: int, after: int) -> Timeline:
        """
        Set each minute at which a visit with its own set-up and clean-down may start.

        All three are multiples of the tick: see `finer`.
        The first and last hours of the window are not to be relied on: what lies outside is not known here.
        """
        window, tick = self.cleaned.window, self.cleaned.tick
        everything = (1 << window.minutes // tick) - 1
        until_cleaned = Timeline(window, everything ^ self.cleaned.bits, tick).starts_for(minutes + after)
        once_ready = Timeline(window, everything ^ self.readied.bits, tick).starts_for(before + minutes)
        return Timeline(window, until_cleaned.bits & once_ready.bits << before // tick, tick)


def week_of(minute: int) -> int:
    """Say in which week a minute lies."""
    return minute // WEEK


def weeks_over(window: Interval) -> range:
    """List the weeks that a window touches."""
    return range(week_of(window.starts), week_of(window.ends - 1) + 1)


def span_of(weeks: range) -> Interval:
    """Say from which minute to which some weeks in a row reach."""
    return Interval(weeks.start * WEEK, weeks.stop * WEEK)


def tick_of(minutes: Iterable[int]) -> int:
    """Say how coarse a clock does for all of these without rounding any."""
    return 1 if any(minute % TICK for minute in minutes) else TICK


def pack_week(week: int, visits: Iterable[Visit]) -> bytes:
    """Write what a lane has in one week as bytes: its two masks, one after the other, in the longest tick that does."""
    visits = list(visits)
    tick = tick_of(minute for visit in visits for minute in visit)
    busy = Busy.of(span_of(range(week, week + 1)), visits, tick)
    size = WEEK // tick // 8
    return busy.cleaned.bits.to_bytes(size, "little") + busy.readied.bits.to_bytes(size, "little")


def tick_of_packed(packed: bytes) -> int:
    """Say in which tick a week was packed; its length tells."""
    return WEEK // (len(packed) * 4)


def unpack_weeks(weeks: range, packed: Mapping[int, bytes]) -> Busy:
    """Read some weeks in a row, in the coarsest tick in which all of them are written; one that is not given is empty."""
    longest = max(map(len, packed.values()), default=WEEK // TICK // 4)
    tick = WEEK // (longest * 4)
    if len({*map(len, packed.values())}) > 1:
        packed = {week: _in_tick(one, week, tick) for week, one in packed.items()}
    half, nothing, window = longest // 2, bytes(longest), span_of(weeks)
    rows = [packed.get(week, nothing) for week in weeks]
    cleaned, readied = b"".join([row[:half] for row in rows]), b"".join([row[half:] for row in rows])
    return Busy(
        Timeline(window, int.from_bytes(cleaned, "little"), tick),
        Timeline(window, int.from_bytes(readied, "little"), tick),
    )


def _in_tick(packed: bytes, week: int, tick: int) -> bytes:
    if tick_of_packed(packed) == tick:
        return packed
    window, half = span_of(range(week, week + 1)), len(packed) // 2
    masks = (packed[:half], packed[half:])
    finer = (Timeline(window, int.from_bytes(mask, "little"), tick_of_packed(packed)).finer(tick) for mask in masks)
    return b"".join(mask.bits.to_bytes(WEEK // tick // 8, "little") for mask in finer)
