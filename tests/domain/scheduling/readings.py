"""The plain reading of everything that scheduling does: one minute at a time, slowly, with nothing clever."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time

from hypothesis import strategies as st

from corneum.domain.scheduling import Interval, Lane, Occupied, Opening, Requirement, wall

LENGTH = 160  # of the windows that are drawn: short enough to read minute by minute
ORIGIN = 29_500_000  # a minute in February 2026

# --- reading ---------------------------------------------------------------------------------


def minutes_of(intervals: Iterable[tuple[int, int]]) -> set[int]:
    """Write out every minute."""
    return {minute for starts, ends in intervals for minute in range(starts, ends)}


def openings_by_minute(
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Collection[int],
) -> list[Opening]:
    """Try every start on every lane, as the rule says it."""
    is_open = minutes_of(open_hours)
    found = []
    for start in range(*window):
        if start in grid and is_open.issuperset(range(start, start + minutes)):
            choices = tuple(
                tuple(
                    lane.key
                    for lane in requirement.lanes
                    if may_start(lane, start, minutes, requirement.before, requirement.after)
                )
                for requirement in requirements
            )
            if all(choices):
                found.append(Opening(start, start + minutes, choices))
    return found


def may_start(lane: Lane, start: int, minutes: int, before: int, after: int) -> bool:
    """
    Say whether a lane can take a visit: the two rules that the database keeps, and the lane's hours.

    The visit and its clean-down are free of every visit and its clean-down; the visit and its
    set-up are free of every visit and its set-up.
    """
    cleaned_after = minutes_of((visit[0], visit[3]) for visit in lane.occupied)
    set_up_before = minutes_of((visit[2], visit[1]) for visit in lane.occupied)
    return (
        cleaned_after.isdisjoint(range(start, start + minutes + after))
        and set_up_before.isdisjoint(range(start - before, start + minutes))
        and (lane.hours is None or minutes_of(lane.hours).issuperset(range(start, start + minutes)))
    )


def is_on_wall(minute: int, day: date, starts: time, ends: time, zone: str) -> bool:
    """Say whether the wall clock reads something between two readings of a day."""
    shown = wall.local(minute, zone)
    return shown.date() == day and starts <= shown.time() < ends


# --- drawing ---------------------------------------------------------------------------------

NEARBY = st.integers(ORIGIN - 40, ORIGIN + LENGTH + 60)
INTERVALS = st.builds(Interval, NEARBY, NEARBY)  # among them empty ones, and ones that end before they start
MANY = st.lists(INTERVALS, max_size=6)
WINDOWS = st.builds(
    lambda starts, minutes: Interval(starts, starts + minutes), st.integers(ORIGIN, ORIGIN + 20), st.integers(0, LENGTH)
)


@st.composite
def visits(draw: st.DrawFn) -> Occupied:
    """Draw one visit with a set-up and a clean-down of any size."""
    starts, minutes = draw(NEARBY), draw(st.integers(1, 60))
    before, after = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    return Occupied(starts, starts + minutes, starts - before, starts + minutes + after)


ALL_OF_IT = st.just([Interval(ORIGIN - 100, ORIGIN + LENGTH + 200)])
HOURS = st.one_of(st.none(), ALL_OF_IT, st.lists(INTERVALS, min_size=1, max_size=4))


@st.composite
def requirements(draw: st.DrawFn) -> list[Requirement]:
    """Draw what a visit needs: up to three kinds of thing, up to three of each, with or without hours."""
    return [
        Requirement(
            [
                Lane(10 * kind + key, draw(HOURS), draw(st.lists(visits(), max_size=3)))
                for key in range(draw(st.sampled_from((2, 1, 3, 0))))
            ],
            draw(st.integers(0, 25)),
            draw(st.integers(0, 25)),
        )
        for kind in range(draw(st.integers(0, 3)))
    ]
