"""Abreast: the same window of many lanes, laid end to end, so that each step of a search is one stroke for all of them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from corneum.domain.scheduling.busy import TICK, WEEK, Busy, Visit, span_of, tick_of, unpack_weeks
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.timeline import Timeline

Key = TypeVar("Key", bound=Hashable)
SIZE = WEEK // TICK // 4  # bytes of a week in the longer tick
NO_WEEK = bytes(SIZE)


class Abreast(Mapping[Key, Timeline], Generic[Key]):
    """
    For each of several lanes the same window, kept end to end in one long timeline.

    Fifty lanes cost fifty steps of Python when they are asked one by one, and one step here. They are
    told apart only when somebody asks for one of them.

    Runs are looked for across the seams: what a lane says within the longest visit of either end of its
    window is not to be relied on, as with `Busy.starts_for`.
    """

    def __init__(self, window: Interval, keys: Sequence[Key], laid: Timeline) -> None:
        """Take the window of one lane, of whole bytes; its keys in order; and the timeline of `laid_out(window, keys)`."""
        self.window, self.keys_in_order, self.laid = window, keys, laid

    @classmethod
    def of(cls, window: Interval, tick: int, lanes: Mapping[Key, Timeline]) -> "Abreast[Key]":
        """Lay timelines of one window end to end."""
        size = _size(window, tick)
        bits = int.from_bytes(b"".join([one.bits.to_bytes(size, "little") for one in lanes.values()]), "little")
        return cls(window, list(lanes), Timeline(laid_out(window, len(lanes)), bits, tick))

    def __getitem__(self, key: Key) -> Timeline:
        """Tell one lane apart from the others."""
        return self._apart[key]

    def __iter__(self) -> Iterator[Key]:
        """Name the lanes in their order."""
        return iter(self.keys_in_order)

    def __len__(self) -> int:
        """Count the lanes."""
        return len(self.keys_in_order)

    def __and__(self, laid: Timeline) -> "Abreast[Key]":
        """Set what is set in both; the other is laid out in the same way."""
        return Abreast(self.window, self.keys_in_order, self.laid & laid)

    def anywhere(self) -> Timeline:
        """Set what is set in any of the lanes: the farther half is folded onto the nearer until one is left."""
        bits, lanes, tick = self.laid.bits, len(self), self.laid.tick
        length = self.window.minutes // tick
        while lanes > 1:
            lanes = (lanes + 1) // 2
            bits = bits & (1 << lanes * length) - 1 | bits >> lanes * length
        return Timeline(self.window, bits, tick)

    @cached_property
    def _apart(self) -> dict[Key, Timeline]:
        tick, size = self.laid.tick, _size(self.window, self.laid.tick)
        data = self.laid.bits.to_bytes(size * len(self), "little")
        return {
            key: Timeline(self.window, int.from_bytes(data[at : at + size], "little"), tick)
            for key, at in zip(self.keys_in_order, range(0, len(data), size), strict=True)
        }


class Diary(NamedTuple):
    """What one lane has in some weeks: whole weeks as they were packed, and visits that stand in none of them."""

    packed: Mapping[int, bytes]
    visits: Sequence[Visit]

    def busy(self, weeks: range) -> Busy:
        """Write all of it as masks."""
        return unpack_weeks(weeks, self.packed).with_visits(self.visits)

    @property
    def is_fine(self) -> bool:
        """Whether anything in it asks for a clock of single minutes."""
        return max(map(len, self.packed.values()), default=0) > SIZE or (
            bool(self.visits) and tick_of(minute for visit in self.visits for minute in visit) < TICK
        )


def laid_out(window: Interval, lanes: int) -> Interval:
    """Say how long so many lanes are, laid end to end."""
    return Interval(0, window.minutes * lanes)


def clear_starts(
    weeks: range, diaries: Sequence[Diary], *, minutes: int, before: int, after: int, tick: int
) -> Timeline:
    """
    Set, for several diaries laid end to end, where a visit with its own set-up and clean-down is clear of what they have.

    The few that need single minutes are asked one by one, so that they do not make all others five times as long.

    :param tick: all three lengths are multiples of it, and the answer is in it
    """
    rows = [diary.packed.get(week, NO_WEEK) for diary in diaries for week in weeks]
    visits = [(place, visit) for place, diary in enumerate(diaries) for visit in diary.visits]
    fine: list[int] = []
    if visits or max(map(len, rows), default=0) > SIZE:
        fine = [place for place, diary in enumerate(diaries) if diary.is_fine]
        rows = [NO_WEEK if place // len(weeks) in fine else row for place, row in enumerate(rows)]
    window = span_of(weeks)
    busy = _laid(rows).with_visits([_within(window, visit, place) for place, visit in visits if place not in fine])
    clear = busy.finer(tick).starts_for(minutes, before, after)
    for place in fine:
        theirs = diaries[place].busy(weeks).starts_for(minutes, before, after).coarser(tick)
        clear = _narrowed(clear, theirs, place)
    return clear


def _narrowed(laid: Timeline, theirs: Timeline, place: int) -> Timeline:
    """Keep of one lane, of several that are laid end to end, what is set in its own timeline."""
    length = theirs.window.minutes // theirs.tick
    lost = (1 << length) - 1 ^ theirs.bits
    return Timeline(laid.window, laid.bits & ~(lost << place * length), laid.tick)


def _laid(rows: Sequence[bytes]) -> Busy:
    """Join weeks end to end, the lanes' one after the other."""
    half, span = SIZE // 2, Interval(0, WEEK * len(rows))
    cleaned, readied = b"".join([row[:half] for row in rows]), b"".join([row[half:] for row in rows])
    return Busy(
        Timeline(span, int.from_bytes(cleaned, "little"), TICK),
        Timeline(span, int.from_bytes(readied, "little"), TICK),
    )


def _within(window: Interval, visit: Visit, place: int) -> Visit:
    """Cut off what a window has of a visit, and count its minutes from where that lane is laid."""
    first, last = window
    laid = place * window.minutes - first
    starts, ends, clear_from, clear_until = (min(max(minute, first), last) + laid for minute in visit)
    return starts, ends, clear_from, clear_until


def _size(window: Interval, tick: int) -> int:
    """Say how many bytes one lane takes: weeks are whole bytes, in either tick."""
    size, left = divmod(window.minutes // tick, 8)
    if left:
        raise ValueError("Lanes are laid end to end by whole bytes.")
    return size
