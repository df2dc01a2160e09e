"""What the search is compared with: two usual ways to write it, and the way the rule reads."""

from collections.abc import Hashable, Iterable, Sequence
from functools import reduce
from operator import or_

from corneum.domain.scheduling import Interval, Lane, Opening, Requirement, Timeline


def sorted_sweep(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline,
) -> list[Opening]:
    """Sort each lane's visits, list its free intervals, then walk all lanes along the grid of starts."""
    free = [
        [_free_intervals(lane, requirement.before, requirement.after) for lane in requirement.lanes]
        for requirement in requirements
    ]
    places = [[0] * len(requirement.lanes) for requirement in requirements]
    hours, at_hours = sorted(open_hours), 0
    found = []
    for start in grid.iterate():
        end = start + minutes
        while at_hours < len(hours) and hours[at_hours][1] < end:
            at_hours += 1
        if at_hours == len(hours) or hours[at_hours][0] > start or not window.starts <= start < window.ends:
            continue
        choices = []
        for requirement, lanes, place in zip(requirements, free, places, strict=True):
            keys = []
            for n, intervals in enumerate(lanes):
                at = place[n]
                while at < len(intervals) and intervals[at][1] < end:
                    at += 1
                place[n] = at
                if at < len(intervals) and intervals[at][0] <= start:
                    keys.append(requirement.lanes[n].key)
            if not keys:
                break
            choices.append(tuple(keys))
        else:
            found.append(Opening(start, end, tuple(choices)))
    return found


def _free_intervals(lane: Lane, before: int, after: int) -> list[tuple[int, int]]:
    """Cut what is booked, with the larger buffers, out of the hours."""
    hours = [(-(10**9), 10**9)] if lane.hours is None else sorted(lane.hours)
    busy = sorted(_busy(lane, before, after))
    free = []
    at = 0
    for starts, ends in hours:
        free_from = starts
        while at > 0 and busy[at - 1][1] > starts:
            at -= 1
        while at < len(busy) and busy[at][0] < ends:
            if busy[at][0] > free_from:
                free.append((free_from, busy[at][0]))
            free_from = max(free_from, busy[at][1])
            at += 1
        if free_from < ends:
            free.append((free_from, ends))
    return free


def _busy(lane: Lane, before: int, after: int) -> list[tuple[int, int]]:
    """Widen what is booked by the larger of the two adjoining buffers."""
    return [
        (min(clear_from, starts - after), max(clear_until, ends + before))
        for starts, ends, clear_from, clear_until in lane.occupied
    ]


def lane_masks(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline,
) -> list[Opening]:
    """Make one Timeline of each lane, a bit a minute, and combine them by *and* and *or*."""
    span = Interval(window.starts, window.ends + minutes)
    possible = grid.through(window).through(span) & Timeline.of(span, open_hours).starts_for(minutes)
    starts = [
        [_free_mask(lane, requirement, span).starts_for(minutes) for lane in requirement.lanes]
        for requirement in requirements
    ]
    for lanes in starts:
        possible &= reduce(or_, lanes, Timeline(span))
    choices = []
    for requirement, lanes in zip(requirements, starts, strict=True):
        keys: dict[int, list[Hashable]] = {start: [] for start in possible.iterate()}
        for lane, mask in zip(requirement.lanes, lanes, strict=True):
            for start in (mask & possible).iterate():
                keys[start].append(lane.key)
        choices.append(keys.values())
    return [
        Opening(start, start + minutes, tuple(map(tuple, keys)))
        for start, *keys in zip(possible.iterate(), *choices, strict=True)
    ]


def _free_mask(lane: Lane, requirement: Requirement, span: Interval) -> Timeline:
    busy = _busy(lane, requirement.before, requirement.after)
    return Timeline.of(span, [span] if lane.hours is None else lane.hours) - Timeline.of(span, busy)


def minute_by_minute(
    *,
    window: Interval,
    minutes: int,
    open_hours: Sequence[Interval],
    requirements: Sequence[Requirement],
    grid: Timeline,
) -> list[Opening]:
    """Read the rule as it stands: every minute of every start, on every lane."""
    is_open = _minutes(open_hours)
    read = [[(lane, *_readings(lane)) for lane in requirement.lanes] for requirement in requirements]
    found = []
    for start in grid.iterate():
        visit = range(start, start + minutes)
        if not (window.starts <= start < window.ends and is_open.issuperset(visit)):
            continue
        choices = tuple(
            tuple(
                lane.key
                for lane, hours, cleaned_after, set_up_before in lanes
                if (hours is None or hours.issuperset(visit))
                and cleaned_after.isdisjoint(range(start, start + minutes + requirement.after))
                and set_up_before.isdisjoint(range(start - requirement.before, start + minutes))
            )
            for requirement, lanes in zip(requirements, read, strict=True)
        )
        if all(choices):
            found.append(Opening(start, start + minutes, choices))
    return found


def _readings(lane: Lane) -> tuple[set[int] | None, set[int], set[int]]:
    return (
        None if lane.hours is None else _minutes(lane.hours),
        _minutes((visit[0], visit[3]) for visit in lane.occupied),
        _minutes((visit[2], visit[1]) for visit in lane.occupied),
    )


def _minutes(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {minute for starts, ends in spans for minute in range(starts, ends)}
