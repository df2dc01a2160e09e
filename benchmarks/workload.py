"""A clinic's diary, made up but shaped like a real one: the data that every benchmark searches."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import count

from corneum.domain.scheduling import Interval, Lane, Requirement, merge, subtract, wall

ZONE = "Europe/London"
TODAY = date(2026, 3, 9)  # a Monday; the clocks go forward on the 29th, inside the month that follows
BANK_HOLIDAYS = (date(2026, 4, 3), date(2026, 4, 6))
DAYS = 35  # how far the diary reaches

Kinds = tuple[tuple[int, int, int], ...]
Reading = tuple[int, int]  # hours and minutes on the wall
SHIFTS: tuple[tuple[tuple[Reading, Reading], ...], ...] = (
    (((9, 0), (13, 0)), ((13, 45), (17, 30))),
    (((8, 0), (12, 0)), ((12, 30), (16, 0))),
    (((8, 30), (12, 15)), ((16, 0), (20, 0))),
    (((11, 0), (15, 0)), ((15, 40), (16, 0)), ((16, 15), (19, 30))),
    (((9, 30), (14, 10)),),
)
"""With breaks, split over the day, and with a stretch shorter than an hour, which some search engines lose."""

KINDS = ((20, 0, 5), (30, 5, 10), (45, 5, 10), (60, 10, 15), (25, 0, 10), (30, 0, 0))
"""Minutes, set-up and clean-down of what is booked already."""
ODD_KINDS = ((20, 0, 5), (30, 5, 10), (45, 5, 10), (60, 10, 15), (23, 0, 7), (30, 0, 0))
"""The same with visits that are no multiple of five minutes, which ask for a clock of single minutes."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a clinic is."""

    name: str
    practitioners: int
    rooms: int
    devices: int


SMALL = Size("S", 5, 4, 3)
MEDIUM = Size("M", 50, 30, 20)
LARGE = Size("L", 500, 300, 200)


@dataclass(slots=True)
class Clinic:
    """Who and what a clinic has, when it is open, and what is booked."""

    open_hours: list[Interval]
    practitioners: list[Lane] = field(default_factory=list)
    rooms: list[Lane] = field(default_factory=list)
    devices: list[Lane] = field(default_factory=list)

    @property
    def visits(self) -> int:
        """How many visits are in the diary."""
        return sum(len(lane.occupied) for lane in self.practitioners)

    @property
    def rows(self) -> int:
        """How many spans of time they take up."""
        return sum(len(lane.occupied) for lane in (*self.practitioners, *self.rooms, *self.devices))

    def only_practitioners(self) -> list[Requirement]:
        """Need a practitioner, whoever it is, with five minutes before and ten after: treatment t5."""
        return [Requirement(self.practitioners, 5, 10)]

    def practitioner_room_and_device(self) -> list[Requirement]:
        """Need one of the trained, one of the treatment rooms and one of the machines: treatment t2."""
        return [
            Requirement(
                [lane for lane in self.practitioners if int(str(lane.key)) % 5 != 0 and int(str(lane.key)) % 4 != 0],
                5,
                10,
            ),
            Requirement(self.rooms[: max(1, len(self.rooms) * 2 // 3)], 5, 10),
            Requirement(self.devices[: max(1, len(self.devices) // 3)], 5, 10),
        ]


def days() -> Iterator[date]:
    """Count the days of the diary."""
    return (TODAY + timedelta(days=n) for n in range(DAYS))


def make_clinic(size: Size, seed: int, kinds: Kinds = KINDS) -> Clinic:
    """Make a clinic whose diary is 85 % full today and emptier from day to day."""
    rng = random.Random(seed)
    keys = count(1)
    clinic = Clinic(merge(_span(day, (8, 0), (20, 0)) for day in days() if day not in BANK_HOLIDAYS))
    booked: list[tuple[int, int, int, int]] = []
    for _ in range(size.practitioners):
        hours = _hours_of_a_practitioner(rng)
        occupied = _fill(hours, rng, kinds)
        booked += occupied
        clinic.practitioners.append(Lane(next(keys), hours, occupied))
    booked.sort()
    clinic.rooms = _shared_out(booked, [next(keys) for _ in range(size.rooms)])
    clinic.devices = _shared_out(
        [visit for visit in booked if rng.random() < 0.4], [next(keys) for _ in range(size.devices)]
    )
    return clinic


def _hours_of_a_practitioner(rng: random.Random) -> list[Interval]:
    shifts = rng.choice(SHIFTS)
    weekdays = rng.sample(range(7), 5)
    on_leave = rng.randrange(DAYS)
    leaves_for = rng.choice((0, 0, 1, 7))
    hours: list[Interval] = []
    for n, day in enumerate(days()):
        if day.weekday() in weekdays and not on_leave <= n < on_leave + leaves_for:
            hours += [_span(day, starts, ends) for starts, ends in shifts]
    # One in ten may give the treatment only until some day, or only from it.
    if rng.random() < 0.1:
        turning = wall.day_window(TODAY, TODAY + timedelta(days=rng.randrange(DAYS)), ZONE)
        hours = subtract(hours, [turning]) if rng.random() < 0.5 else [span for span in hours if span.overlaps(turning)]
    return merge(hours)


def _fill(hours: Sequence[Interval], rng: random.Random, kinds: Kinds) -> list[tuple[int, int, int, int]]:
    first = wall.day_window(TODAY, TODAY, ZONE).starts
    booked: list[tuple[int, int, int, int]] = []
    for span in hours:
        chance = 0.85 * (1 - 0.6 * (span.starts - first) / (DAYS * wall.DAY))
        cursor, clear_until = span.starts, 0
        while cursor < span.ends:
            minutes, before, after = rng.choice(kinds)
            starts = max(cursor + before, clear_until)
            starts += -starts % 5
            if starts + minutes > span.ends:
                break
            if rng.random() < chance:
                booked.append((starts, starts + minutes, starts - before, starts + minutes + after))
                cursor, clear_until = starts + minutes, starts + minutes + after
            else:
                cursor = starts + minutes
    return booked


def _shared_out(visits: Sequence[tuple[int, int, int, int]], keys: Sequence[int]) -> list[Lane]:
    """Give each visit the first room or device that is free; when none is, it needed none."""
    taken: dict[int, list[tuple[int, int, int, int]]] = {key: [] for key in keys}
    for visit in visits:
        for rows in taken.values():
            if not rows or (rows[-1][3] <= visit[0] and rows[-1][1] <= visit[2]):
                rows.append(visit)
                break
    return [Lane(key, None, rows) for key, rows in taken.items()]


def _span(day: date, starts: Reading, ends: Reading) -> Interval:
    return wall.span_on(day, time(*starts), time(*ends), ZONE)
