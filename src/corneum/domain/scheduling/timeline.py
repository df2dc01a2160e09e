"""Timeline: the minutes of a window as one Python integer, one bit for each or for each few."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress, count
from typing import Self

from corneum.domain.scheduling.interval import Interval, runs

BITS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
"""Which bits each byte has: a long integer is asked byte by byte, never bit by bit."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    Which minutes of a window are set: bit *n* stands for the minutes from `window.starts + n * tick`.

    One integer, because Python joins, cuts and shifts a month of minutes in about a microsecond
    each. A bit for every minute; or, where everything that is ever asked of it is a multiple of a
    `tick` of some minutes, a bit for each of these, which is as many times shorter and no less exact.
    Nothing is ever rounded: rounding hides a time that is free or offers one that is not. Windows
    are in UTC, so the days on which the clocks change have 1,380 or 1,500 minutes and no special case.
    """

    window: Interval
    bits: int = 0
    tick: int = 1

    @classmethod
    def of(cls, window: Interval, spans: Iterable[tuple[int, int]], tick: int = 1) -> Self:
        """
        This will set the minutes of the window that any of the spans holds; intervals are spans.

        The window and every span begin and end at a multiple of the tick.
        """
        origin, length = window.starts, window.minutes // tick
        # A run of ones is a power of two less a smaller one. Runs stand apart, so all of them
        # together are one number less another: two strokes for each run, and one long subtraction.
        begun, ended = bytearray(length // 8 + 1), bytearray(length // 8 + 1)
        for starts, ends in runs(spans):
            first, last = max((starts - origin) // tick, 0), min((ends - origin) // tick, length)
            if first < last:
                begun[first >> 3] |= 1 << (first & 7)
                ended[last >> 3] |= 1 << (last & 7)
        return cls(window, int.from_bytes(ended, "little") - int.from_bytes(begun, "little"), tick)

    def __and__(self, other: Self) -> Self:
        """Set what is set in both."""
        return self._with(self.bits & self._bits_of(other))

    def __or__(self, other: Self) -> Self:
        """Set what is set in either."""
        return self._with(self.bits | self._bits_of(other))

    def __sub__(self, other: Self) -> Self:
        """Set what is set here and not there."""
        return self._with(self.bits & ~self._bits_of(other))

    def __contains__(self, minute: int) -> bool:
        """Whether this minute is set; outside the window none is."""
        return minute >= self.window.starts and bool(self.bits >> (minute - self.window.starts) // self.tick & 1)

    def __len__(self) -> int:
        """Count what is set: minutes, or ticks."""
        return self.bits.bit_count()

    def starts_for(self, minutes: int) -> Self:
        """This will set each minute from which `minutes` in a row are all set."""
        bits, run = self.bits, 1
        length = minutes // self.tick
        # Each pass keeps the starts of runs up to twice as long as the last: five passes for 30 minutes.
        while run < length:
            step = min(run, length - run)
            bits &= bits >> step
            run += step
        return self._with(bits)

    def through(self, window: Interval) -> Self:
        """This will show the same minutes through another window; those outside it are lost."""
        later = (self.window.starts - window.starts) // self.tick
        bits = self.bits << later if later > 0 else self.bits >> -later
        return type(self)(window, bits & (1 << window.minutes // self.tick) - 1, self.tick)

    def shifted(self, minutes: int) -> Self:
        """This will move everything later (or, below zero, earlier); what leaves the window is lost."""
        moved = Interval(self.window.starts + minutes, self.window.ends + minutes)
        return type(self)(moved, self.bits, self.tick).through(self.window)

    def finer(self, tick: int) -> Self:
        """This will say the same in shorter ticks, of which a whole number makes one of these."""
        if tick == self.tick:
            return self
        return type(self).of(self.window, self.intervals(), tick)

    def coarser(self, tick: int) -> Self:
        """This will keep, of what is set, the minutes that are a multiple of a longer tick: for starts, not for spans."""
        if tick == self.tick:
            return self
        # Every so manieth digit from the lowest on, which a string gives in one stroke.
        digits = f"{self.bits:b}"[:: -(tick // self.tick)][::-1]
        return type(self)(self.window, int(digits, 2), tick)

    def intervals(self) -> list[Interval]:
        """This will write what is set as intervals, earliest first, as few as possible."""
        digits, last = self._digits()
        origin, tick = self.window.starts, self.tick
        found: list[Interval] = []
        end = digits.rfind("1")
        while end >= 0:
            begin = digits.rfind("0", 0, end)
            found.append(Interval(origin + (last - end) * tick, origin + (last - begin) * tick))
            end = digits.rfind("1", 0, max(begin, 0))
        return found

    def iterate(self) -> Iterator[int]:
        """This will yield every minute that is set, earliest first."""
        tick = self.tick
        data = self.bits.to_bytes((self.bits.bit_length() + 7) // 8, "little")
        some = compress(zip(count(self.window.starts, 8 * tick), data), data)
        return iter([at + bit * tick for at, byte in some for bit in BITS[byte]])

    def _digits(self) -> tuple[str, int]:
        """
        Write the bits as digits, the latest first, and say which bit that is.

        To search such a string costs about a hundredth of asking a long integer bit by bit.
        """
        digits = f"{self.bits:b}"
        return digits, len(digits) - 1

    def _with(self, bits: int) -> Self:
        return type(self)(self.window, bits, self.tick)

    def _bits_of(self, other: Self) -> int:
        if other.window != self.window or other.tick != self.tick:
            raise ValueError("Timelines of different windows cannot be compared.")
        return other.bits
