"""Planning a course: the best there is, whenever there is one, and otherwise what stood in the way."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.course import (
    Candidate,
    Costs,
    Obstacle,
    Plan,
    Preferences,
    Spacing,
    alternatives,
    out_of_step,
    plan_course,
)
from corneum.domain.scheduling.wall import minute_of

LONDON = "Europe/London"
ZONES = (LONDON, "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York", "Pacific/Apia")
FORTNIGHT = Spacing(min_days=10, max_days=18, ideal_days=14)


def at(day: date, hour: int = 10, minute: int = 0, zone: str = LONDON) -> int:
    """Say which minute a wall clock means."""
    return minute_of(datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)))


def every(days: int, *, count: int, first: date = date(2026, 3, 10), practitioner: int = 1) -> list[Candidate]:
    """List one time every so many days."""
    return [Candidate(at(first + timedelta(days=days * n)), practitioner) for n in range(count)]


# --- an independent reading of the rules ---------------------------------------------------------


def day_of(candidate: Candidate, zone: str) -> date:
    """Read the day off a clock on the wall."""
    return datetime.fromtimestamp(candidate.start * 60, UTC).astimezone(ZoneInfo(zone)).date()


def keeps(plan, spacing: Spacing, zone: str, fixed) -> bool:
    """Check the constraints one by one."""
    for number, (one, other) in enumerate(pairwise(plan), 1):
        gap = (day_of(other, zone) - day_of(one, zone)).days
        both_fixed = number in fixed and number + 1 in fixed
        if not both_fixed and not spacing.min_days <= gap <= spacing.max_days:
            return False
    return all(plan[number - 1] == visit for number, visit in fixed.items())


def cost_of(plan, candidates, *, spacing, zone, preferences, costs, fixed) -> int:
    """Add up what a plan costs, word by word."""
    total = 0
    for number, visit in enumerate(plan, 1):
        if number in fixed:
            continue
        wall = datetime.fromtimestamp(visit.start * 60, UTC).astimezone(ZoneInfo(zone))
        if preferences.weekdays and wall.weekday() not in preferences.weekdays:
            total += costs.outside_days
        if not preferences.from_minute <= wall.hour * 60 + wall.minute < preferences.until_minute:
            total += costs.outside_hours
        if number == 1:
            soonest = min(day_of(one, zone) for one in candidates)
            total += costs.day_of_waiting * (wall.date() - soonest).days
    for one, other in pairwise(plan):
        total += costs.day_off_ideal * abs((day_of(other, zone) - day_of(one, zone)).days - spacing.ideal_days)
        total += costs.other_practitioner if one.practitioner != other.practitioner else 0
        total += costs.other_device if one.device != other.device else 0
    return total


def exhaustively(candidates, *, visits, spacing, zone, preferences, costs, fixed):
    """Try everything: the best plan, the first of the best, or None."""
    choices = [
        [(0, fixed[number])] if number in fixed else list(enumerate(candidates)) for number in range(1, visits + 1)
    ]
    found = [
        (
            cost_of(plan, candidates, spacing=spacing, zone=zone, preferences=preferences, costs=costs, fixed=fixed),
            [(one.start, rank) for rank, one in ranked],
            plan,
        )
        for ranked in product(*choices)
        if keeps(plan := tuple(one for _, one in ranked), spacing, zone, fixed)
    ]
    best = min(found, key=lambda each: each[:2], default=None)
    return None if best is None else Plan(best[2], best[0])


@st.composite
def courses(draw):
    """Draw a small course: few enough candidates to try everything."""
    zone = draw(st.sampled_from(ZONES))
    first = draw(st.sampled_from([date(2026, 3, 20), date(2026, 10, 15), date(2026, 6, 1), date(2028, 2, 20)]))
    midnight = minute_of(datetime(first.year, first.month, first.day, tzinfo=UTC))
    time = st.builds(
        Candidate,
        st.integers(0, 22 * 24 * 4).map(lambda quarter: midnight + 15 * quarter),
        st.integers(1, 3),
        st.sampled_from([None, 7, 8]),
    )
    low = draw(st.integers(1, 5))
    ideal = draw(st.integers(low, low + 3))
    visits = draw(st.integers(1, 4))
    fixed = draw(st.dictionaries(st.integers(1, visits), time, max_size=2))
    cost = st.integers(0, 12)
    return draw(st.lists(time, max_size=8)), {
        "visits": visits,
        "spacing": Spacing(low, draw(st.integers(ideal, ideal + 3)), ideal),
        "zone": zone,
        "preferences": Preferences(
            draw(st.frozensets(st.integers(0, 6), max_size=3)), draw(st.integers(0, 800)), draw(st.integers(800, 1440))
        ),
        "costs": draw(st.builds(Costs, cost, cost, cost, cost, cost, cost)),
        "fixed": fixed,
    }


@given(courses())
def test_plan_is_what_exhaustive_search_finds(drawn):
    candidates, rules = drawn
    expected = exhaustively(candidates, **rules)

    found = plan_course(candidates, **rules)

    if expected is None:
        assert isinstance(found, Obstacle)
    else:
        assert found == expected
        assert keeps(found.visits, rules["spacing"], rules["zone"], rules["fixed"])


@given(courses())
def test_obstacle_names_the_visit_that_no_choice_of_the_others_reaches(drawn):
    candidates, rules = drawn
    found = plan_course(candidates, **rules)
    if not isinstance(found, Obstacle):
        return

    def can_be_planned(visits: int) -> bool:
        first = {number: visit for number, visit in rules["fixed"].items() if number <= visits}
        return isinstance(plan_course(candidates, **rules | {"visits": visits, "fixed": first}), Plan)

    assert found.visits == rules["visits"]
    assert found.is_fixed == (found.visit in rules["fixed"])
    assert found.visit == 1 or can_be_planned(found.visit - 1)
    assert not can_be_planned(found.visit)
    tried = [rules["fixed"][found.visit]] if found.is_fixed else candidates
    days = [day_of(one, rules["zone"]) for one in tried]
    assert not any(first <= day <= last for day in days for first, last in found.spans)


def planned(*args, **kwargs):
    """Plan a course; what comes of it is looked at as it is, plan or obstacle."""
    return plan_course(*args, **kwargs)


# --- by name ------------------------------------------------------------------------------------


def test_a_fortnight_is_a_fortnight_whether_the_clocks_change_or_not():
    # 24 March to 7 April 2026: the clocks go forward between, so these are 335 hours and not 336
    plan = planned(every(14, count=3), visits=3, spacing=Spacing(14, 14, 14), zone=LONDON)

    assert plan == Plan(tuple(every(14, count=3)), 0)
    assert plan.visits[2].start - plan.visits[1].start == 14 * 24 * 60 - 60


def test_late_one_day_and_early_on_another_is_as_many_days():
    late, early = Candidate(at(date(2026, 5, 4), 19), 1), Candidate(at(date(2026, 5, 14), 8), 1)

    assert planned([late, early], visits=2, spacing=FORTNIGHT, zone=LONDON) == Plan((late, early), 16)


def test_same_hands_are_worth_some_days_but_not_any_number():
    anna, then_anna = Candidate(at(date(2026, 5, 4)), 1), Candidate(at(date(2026, 5, 20)), 1)
    ben = Candidate(at(date(2026, 5, 18)), 2)

    assert planned([anna, ben, then_anna], visits=2, spacing=FORTNIGHT, zone=LONDON).visits == (anna, then_anna)
    dear = Costs(day_off_ideal=30)
    assert planned([anna, ben, then_anna], visits=2, spacing=FORTNIGHT, zone=LONDON, costs=dear).visits == (
        anna,
        ben,
    )


def test_preferred_days_and_hours_are_kept_where_possible():
    tuesdays_late = Preferences(weekdays=frozenset({1}), from_minute=17 * 60)
    monday, tuesday = date(2026, 5, 4), date(2026, 5, 5)
    candidates = [Candidate(at(day, hour), 1) for day in (monday, tuesday) for hour in (10, 18)]

    plan = planned(candidates, visits=1, spacing=FORTNIGHT, zone=LONDON, preferences=tuesdays_late)

    assert plan.visits == (Candidate(at(tuesday, 18), 1),)


def test_equally_good_plans_are_decided_by_the_clock_and_then_by_the_order_given():
    first = Candidate(at(date(2026, 5, 4)), 2)
    same_minute = Candidate(at(date(2026, 5, 4)), 1)
    later = Candidate(at(date(2026, 5, 4), 11), 1)

    assert planned([later, first, same_minute], visits=1, spacing=FORTNIGHT, zone=LONDON).visits == (first,)


def test_what_is_fixed_stays_and_the_rest_is_planned_around_it():
    happened = {1: Candidate(at(date(2026, 3, 3)), 1), 2: Candidate(at(date(2026, 3, 5)), 1)}  # too near, but so it was
    candidates = every(1, count=60, first=date(2026, 3, 10))

    plan = planned(candidates, visits=4, spacing=FORTNIGHT, zone=LONDON, fixed=happened)

    assert [day_of(one, LONDON) for one in plan.visits] == [
        date(2026, 3, 3),
        date(2026, 3, 5),
        date(2026, 3, 19),
        date(2026, 4, 2),
    ]


def test_obstacle_says_which_visit_and_between_which_days():
    candidates = every(14, count=3, first=date(2026, 4, 4))  # 4 April, 18 April, 2 May

    assert planned(candidates, visits=6, spacing=FORTNIGHT, zone=LONDON) == Obstacle(
        visit=4, visits=6, spans=((date(2026, 5, 12), date(2026, 5, 20)),)
    )


def test_obstacle_leaves_out_the_days_between_that_nothing_could_reach():
    spacing = Spacing(min_days=2, max_days=3, ideal_days=2)
    candidates = [Candidate(at(date(2026, 5, day)), 1) for day in (1, 7)]

    assert planned(candidates, visits=2, spacing=spacing, zone=LONDON).spans == (
        (date(2026, 5, 3), date(2026, 5, 4)),
        (date(2026, 5, 9), date(2026, 5, 10)),
    )


def test_nothing_at_all_is_an_obstacle_to_the_first_visit():
    assert planned([], visits=6, spacing=FORTNIGHT, zone=LONDON) == Obstacle(visit=1, visits=6)


def test_alternatives_keep_the_others_as_they_are():
    candidates = every(1, count=40)
    plan = planned(candidates, visits=3, spacing=Spacing(12, 16, 14), zone=LONDON).visits

    found = alternatives(candidates, plan, 2, spacing=Spacing(12, 16, 14), zone=LONDON)

    assert [day_of(one, LONDON).isoformat() for one in found] == [f"2026-03-{day}" for day in (22, 23, 24, 25, 26)]
    assert alternatives(candidates, plan, 3, spacing=Spacing(12, 16, 14), zone=LONDON)[0] == candidates[26]


def test_a_visit_is_out_of_step_when_too_near_or_too_far():
    days = [date(2026, 3, 10), date(2026, 3, 24), date(2026, 3, 31), date(2026, 4, 30)]

    assert out_of_step([at(day) for day in days], spacing=FORTNIGHT, zone=LONDON) == [3, 4]


@pytest.mark.parametrize("days", [(0, 5, 3), (5, 4, 5), (3, 9, 10), (3, 9, 2)])
def test_a_spacing_that_no_visit_could_keep_is_no_spacing(days):
    with pytest.raises(ValueError, match="spacing"):
        Spacing(*days)


def test_a_cost_is_no_reward():
    with pytest.raises(ValueError, match="negative"):
        Costs(other_device=-1)


def test_what_is_fixed_is_one_of_the_visits():
    with pytest.raises(ValueError, match="one of them"):
        planned([], visits=2, spacing=FORTNIGHT, zone=LONDON, fixed={3: Candidate(0, 1)})
