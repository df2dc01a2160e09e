"""Course planning: six visits a fortnight apart, from thousands of free times, at the least cost there is."""

import random
import secrets
from collections.abc import Sequence
from datetime import time, timedelta
from functools import partial
from time import thread_time
from typing import NamedTuple

from benchmarks import measuring
from benchmarks.workload import TODAY, ZONE
from corneum.domain.scheduling import wall
from corneum.domain.scheduling.course import Candidate, Costs, Obstacle, Plan, Preferences, Spacing, plan_course

VISITS = 6
SPACING = Spacing(min_days=10, max_days=18, ideal_days=14)
COSTS = Costs()
MORNINGS_MIDWEEK = Preferences(weekdays=frozenset({1, 2, 3}), from_minute=9 * 60, until_minute=13 * 60)
DAYS = 110  # five times the longest interval, and some to choose the first visit from
STANDARD_SEEDS = (1, 2)


class Size(NamedTuple):
    """How much a clinic has free."""

    name: str
    candidates: int
    practitioners: int
    devices: int


SMALL = Size("S", 276, 3, 1)
MEDIUM = Size("M", 6_396, 29, 7)


def run() -> None:
    """Check that both ways reach the same cost, then time them."""
    fresh = secrets.randbelow(1_000_000)
    measuring.heading(
        "Course of six, planned in memory",
        "Each candidate is a start with a practitioner and a device; 10 to 18 days between visits, best 14; cost for days off the",
        "best interval, change of hands and of device, days and hours that are not preferred, and waiting. Processor time.",
        "Baseline: the plain dynamic programme, which looks from each candidate at each one that may follow it.",
        "Goal: a course of six from about 6,400 candidates in at most 100 ms, at the same optimum.",
    )
    rows = []
    for size in (SMALL, MEDIUM):
        for seed in (*STANDARD_SEEDS, fresh) if size is SMALL else (STANDARD_SEEDS[0], fresh):
            free = make_candidates(size, seed)
            ours = partial(ours_of, free)
            plain = partial(plain_programme, free)
            cost, expected = ours(), plain()
            if cost != expected:
                raise AssertionError(f"seed {seed}: the planner's cost is {cost}, the baseline's {expected}")
            taken, baseline = measuring.medians([ours, plain], clock=thread_time)
            rows.append(
                [
                    f"{size.name}, seed {seed}",
                    f"{len(free):,}",
                    f"{cost}",
                    measuring.milliseconds(taken),
                    measuring.milliseconds(baseline),
                    measuring.ratio(baseline, taken),
                ]
            )
    measuring.table(["size", "candidates", "cost, equal", "planner ms", "plain ms", "plain / planner"], rows)


def make_candidates(size: Size, seed: int) -> list[Candidate]:
    """Draw what is free: quarters of an hour in the opening hours, fewer soon and more later, none on some days."""
    rng = random.Random(seed)
    closed = {rng.randrange(DAYS) for _ in range(6)}
    found: set[Candidate] = set()
    while len(found) < size.candidates:
        n = int(DAYS * rng.random() ** 0.8)
        day = TODAY + timedelta(days=n)
        if day.weekday() == 6 or n in closed:
            continue
        quarter = rng.randrange(8 * 4, 19 * 4)
        start = wall.span_on(day, time(quarter // 4, quarter % 4 * 15), time(23, 59), ZONE).starts
        found.add(Candidate(start, rng.randrange(size.practitioners), rng.randrange(size.devices)))
    return sorted(found)


def ours_of(free: Sequence[Candidate]) -> int | None:
    """Plan as the product does, and say the cost."""
    found = plan_course(free, visits=VISITS, spacing=SPACING, zone=ZONE, preferences=MORNINGS_MIDWEEK, costs=COSTS)
    match found:
        case Plan():
            return found.cost
        case Obstacle():
            return None


def plain_programme(free: Sequence[Candidate]) -> int | None:
    """Plan as the textbook does: for each visit and each candidate the best of all that may come before it."""
    walls = [wall.local(one.start, ZONE) for one in free]
    days = [moment.toordinal() for moment in walls]
    owns = [
        COSTS.outside_days * (moment.weekday() not in MORNINGS_MIDWEEK.weekdays)
        + COSTS.outside_hours
        * (not MORNINGS_MIDWEEK.from_minute <= moment.hour * 60 + moment.minute < MORNINGS_MIDWEEK.until_minute)
        for moment in walls
    ]
    best: list[int | None] = [own + COSTS.day_of_waiting * (day - days[0]) for own, day in zip(owns, days, strict=True)]
    for _ in range(VISITS - 1):
        best = [_best_before(at, free, days, owns[at], best) for at in range(len(free))]
    return min((cost for cost in best if cost is not None), default=None)


def _best_before(
    at: int, free: Sequence[Candidate], days: Sequence[int], own: int, best: Sequence[int | None]
) -> int | None:
    found = None
    day, (_, practitioner, device) = days[at], free[at]
    for before in range(at - 1, -1, -1):
        gap = day - days[before]
        if gap > SPACING.max_days:
            break
        known = best[before]
        if gap < SPACING.min_days or known is None:
            continue
        cost = (
            known
            + own
            + COSTS.day_off_ideal * abs(gap - SPACING.ideal_days)
            + COSTS.other_practitioner * (free[before].practitioner != practitioner)
            + COSTS.other_device * (free[before].device != device)
        )
        if found is None or cost < found:
            found = cost
    return found
