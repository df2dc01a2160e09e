"""Slot search: every time that can be had, with whom and where, from a diary in memory."""

import secrets
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from time import thread_time

from benchmarks import measuring
from benchmarks.baselines import lane_masks, minute_by_minute, sorted_sweep
from benchmarks.workload import DAYS, MEDIUM, ODD_KINDS, SMALL, TODAY, ZONE, Clinic, Size, days, make_clinic
from corneum.domain.scheduling import Interval, Opening, Requirement, Timeline, combine, find_openings, wall
from corneum.domain.scheduling.busy import WEEK, pack_week, span_of, unpack_weeks, weeks_over

STEP = 15
STANDARD_SEEDS = (1, 2)
WINDOWS = (
    ("day", TODAY, TODAY),
    ("clock-change Sunday", date(2026, 3, 29), date(2026, 3, 29)),
    ("month", TODAY, TODAY + timedelta(days=30)),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One search: what is looked for, where, and when."""

    size: Size
    treatment: str
    range: str
    window: Interval
    minutes: int
    open_hours: list[Interval]
    requirements: list[Requirement]

    @property
    def visits(self) -> int:
        """How many spans of occupied time the search has to look at."""
        return sum(len(lane.occupied) for requirement in self.requirements for lane in requirement.lanes)

    def written(self) -> "Written":
        """Write everybody's weeks down, as the product keeps them, and their hours as minutes."""
        weeks = weeks_over(Interval(self.window.starts - 120, self.window.ends + self.minutes + 120))
        span = span_of(weeks)
        open_hours = Timeline.of(span, self.open_hours, 5)
        lanes = [
            [
                (
                    lane.key,
                    (open_hours if lane.hours is None else open_hours & Timeline.of(span, lane.hours, 5)).starts_for(
                        self.minutes
                    ),
                    {
                        week: pack_week(
                            week, [one for one in lane.occupied if one[2] < (week + 1) * WEEK and one[3] > week * WEEK]
                        )
                        for week in weeks
                    },
                )
                for lane in requirement.lanes
            ]
            for requirement in self.requirements
        ]
        return Written(self, weeks, lanes)

    def by(self, search: Callable[..., list[Opening]]) -> list[Opening]:
        """Search in one way or another, the making of the grid included."""
        return search(
            window=self.window,
            minutes=self.minutes,
            open_hours=self.open_hours,
            requirements=self.requirements,
            grid=wall.starts_every(STEP, self.window, ZONE),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """The same search over weeks that have been written down, as the product reads them."""

    case: Case
    weeks: range
    lanes: list[list[tuple[Hashable, Timeline, dict[int, bytes]]]]

    def starts(self) -> list[int]:
        """Unpack, combine, and list every start."""
        case, span = self.case, span_of(self.weeks)
        free = [
            {
                key: hours
                & unpack_weeks(self.weeks, packed).starts_for(case.minutes, needed.before, needed.after).coarser(5)
                for key, hours, packed in lanes
            }
            for needed, lanes in zip(case.requirements, self.lanes, strict=True)
        ]
        possible = wall.starts_every(STEP, span, ZONE, 5) & Timeline.of(span, [case.window], 5)
        return list(combine(possible=possible, minutes=case.minutes, free=free).starts.iterate())


def run() -> None:
    """Check that the answers are equal, then time them."""
    fresh = secrets.randbelow(1_000_000)
    measuring.heading(
        "Slot search, in memory",
        "t5: any practitioner, 30 minutes, set-up 5, clean-down 10; t2: practitioner, room and machine, 45 minutes.",
        f"{ZONE}, a start every {STEP} minutes. Ours: from everybody's weeks as they are kept, unpacked, combined, every start listed.",
        "Processor time. Baseline: the sorted sweep, each lane's free intervals walked along the grid. Beside it our search from",
        "rows, masks made on the way; and, for the small clinic, every minute read one by one (benchmarks/baselines.py).",
    )
    _check_that_answers_are_equal((*STANDARD_SEEDS, fresh))
    searches = [case for size in (SMALL, MEDIUM) for case in _cases(size, make_clinic(size, STANDARD_SEEDS[0]))]
    _time_searches(searches)
    _time_hours()


def _cases(size: Size, clinic: Clinic) -> Iterator[Case]:
    for name, first, last in WINDOWS:
        window = wall.day_window(first, last, ZONE)
        for treatment, minutes, requirements in (
            ("t5", 30, clinic.only_practitioners()),
            ("t2", 45, clinic.practitioner_room_and_device()),
        ):
            nearby = [_read(requirement, window) for requirement in requirements]
            open_hours = [span for span in clinic.open_hours if span.overlaps(window)]
            yield Case(size, treatment, name, window, minutes, open_hours, nearby)


def _read(requirement: Requirement, window: Interval) -> Requirement:
    """Keep what a query for this window would read: no visit and no hours from other weeks."""
    reach = Interval(window.starts - 60, window.ends + 120)
    return requirement._replace(
        lanes=[
            lane._replace(
                hours=None if lane.hours is None else [span for span in lane.hours if span.overlaps(window)],
                occupied=[visit for visit in lane.occupied if reach.overlaps(Interval(visit[2], visit[3]))],
            )
            for lane in requirement.lanes
        ]
    )


def _check_that_answers_are_equal(seeds: tuple[int, ...]) -> None:
    compared = 0
    for seed in seeds:
        for size in (SMALL, MEDIUM):
            for case in _cases(size, make_clinic(size, seed, ODD_KINDS)):
                found = case.by(find_openings)
                compared += len(found)
                for other in (sorted_sweep, lane_masks, minute_by_minute):
                    if case.by(other) != found:
                        raise SystemExit(
                            f"{other.__name__} answers otherwise: {size.name} {case.treatment} {case.range}, seed {seed}."
                        )
    print(f"Seeds {', '.join(map(str, seeds))}: {compared:,} openings, the same in every way.\n")


def _time_searches(cases: list[Case]) -> None:
    rows = []
    for case in cases:
        works: list[Callable[[], object]] = [
            case.written().starts,
            partial(case.by, sorted_sweep),
            partial(case.by, find_openings),
        ]
        if case.written().starts() != [opening.starts for opening in case.by(sorted_sweep)]:
            raise SystemExit(f"The written weeks answer otherwise: {case.size.name} {case.treatment} {case.range}.")
        if case.size is SMALL:
            works.append(partial(case.by, minute_by_minute))
        ours, sweep, rows_too, *plain = measuring.medians(works, clock=thread_time)
        rows.append(
            (
                f"{case.size.name} {case.range}, {case.treatment}",
                f"{case.visits:,}",
                f"{len(case.by(find_openings)):,}",
                measuring.milliseconds(ours),
                measuring.milliseconds(sweep),
                measuring.ratio(sweep, ours),
                measuring.ratio(rows_too, ours),
                measuring.ratio(plain[0], ours) if plain else "",
            )
        )
    columns = ("search", "visits", "openings", "ours ms", "sweep ms", "sweep/ours", "from rows/ours", "minutes/ours")
    measuring.table(columns, rows)


def _time_hours() -> None:
    """Time the turning of written hours into minutes, as a process does it first and ever after."""
    shifts = [(day, time(9, n % 4 * 15), time(17, 30)) for n in range(MEDIUM.practitioners) for day in days()]

    def warm() -> object:
        return [wall.span_on(day, starts, ends, ZONE) for day, starts, ends in shifts]

    def cold() -> object:
        wall._minute_at.cache_clear()
        return warm()

    cold_seconds, warm_seconds = measuring.medians([cold, warm], clock=thread_time)
    print(
        f"\nWritten hours of {MEDIUM.practitioners} practitioners over {DAYS} days into minutes ({len(shifts):,} shifts):"
    )
    print(f"  first {measuring.milliseconds(cold_seconds)} ms, then {measuring.milliseconds(warm_seconds)} ms")
