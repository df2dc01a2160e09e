"""Openings against a reading that tries every start on every lane, and against what others got wrong."""

from datetime import date, time
from itertools import product

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from corneum.domain.scheduling import (
    Busy,
    Homes,
    Interval,
    Lane,
    Occupied,
    Opening,
    Requirement,
    Timeline,
    find_openings,
    wall,
)
from tests.domain.scheduling.readings import (
    ALL_OF_IT,
    HOURS,
    LENGTH,
    MANY,
    ORIGIN,
    WINDOWS,
    is_on_wall,
    may_start,
    openings_by_minute,
    requirements,
    visits,
)

OPEN_HOURS = st.one_of(ALL_OF_IT, ALL_OF_IT, MANY)
MINUTES = st.one_of(st.integers(1, 20), st.integers(1, 70))
EVERY_MINUTE = 1
STEPS = st.tuples(st.sampled_from((1, 5, 7, 15)), st.integers(0, 14))


def grid_of(window, step, first=0):
    """Allow a start every few minutes of a window."""
    bits = sum(1 << minute for minute in range(first, window.minutes, step))
    return Timeline(window, bits)


def at(day, hour, minute=0):
    """Say which minute a London clock shows."""
    return wall.span_on(day, time(hour, minute), time(0), "Europe/London").starts


@settings(max_examples=150)
@given(WINDOWS, MINUTES, OPEN_HOURS, requirements(), STEPS)
def test_openings_are_exactly_those_of_a_plain_reading(window, minutes, open_hours, needed, steps):
    grid = grid_of(window, *steps)

    found = find_openings(window=window, minutes=minutes, open_hours=open_hours, requirements=needed, grid=grid)

    assert found == openings_by_minute(window, minutes, open_hours, needed, set(grid.iterate()))
    event("found some" if found else "found none")


@given(visits(), st.integers(1, 60), st.integers(0, 30), st.integers(0, 30))
def test_the_larger_of_the_two_adjoining_buffers_holds(visit, minutes, before, after):
    lane = Lane(1, None, [visit])
    window = Interval(visit.starts - 150, visit.ends + 150)

    found = find_openings(
        window=window, minutes=minutes, open_hours=[Interval(window.starts, window.ends + minutes)],
        requirements=[Requirement([lane], before, after)], grid=grid_of(window, EVERY_MINUTE),
    )  # fmt: skip

    earlier = visit.starts - max(after, visit.starts - visit.clear_from)
    later = visit.ends + max(before, visit.clear_until - visit.ends)
    starts = {opening.starts for opening in found}
    assert starts == set(range(*window)) - set(range(earlier - minutes + 1, later))
    assert all(may_start(lane, start, minutes, before, after) for start in starts)


@given(WINDOWS, MINUTES, OPEN_HOURS, requirements(), st.integers(0, LENGTH))
def test_openings_of_two_parts_are_those_of_the_whole(window, minutes, open_hours, needed, length):
    middle = min(window.starts + length, window.ends)

    whole, *parts = [
        find_openings(
            window=part, minutes=minutes, open_hours=open_hours, requirements=needed, grid=grid_of(window, EVERY_MINUTE)
        )
        for part in (window, Interval(window.starts, middle), Interval(middle, window.ends))
    ]

    assert parts[0] + parts[1] == whole


@st.composite
def shared(draw):
    """Draw needs of which two may be met by the same things, and machines that are fixed in rooms."""
    rooms = [Lane(n, draw(HOURS), draw(st.lists(visits(), max_size=2))) for n in range(draw(st.integers(1, 3)))]
    machines = [
        Lane(("machine", n), None, draw(st.lists(visits(), max_size=2))) for n in range(draw(st.integers(1, 3)))
    ]
    fixed = draw(st.dictionaries(st.sampled_from([lane.key for lane in machines]), st.integers(0, 3), max_size=3))
    needed = [Requirement(rooms), *[Requirement(machines, 5, 10)] * draw(st.integers(1, 2))]
    return needed, Homes({lane.key: lane.key for lane in rooms}, fixed)


@given(WINDOWS, MINUTES, shared(), STEPS)
def test_no_machine_is_needed_twice_at_once_nor_away_from_its_room(window, minutes, drawn, steps):
    needed, homes = drawn
    grid = grid_of(window, *steps)

    found = find_openings(
        window=window, minutes=minutes, open_hours=[Interval(ORIGIN - 100, ORIGIN + 400)], requirements=needed,
        grid=grid, homes=homes,
    )  # fmt: skip

    def goes(room, *machines):
        return len(set(machines)) == len(machines) and all(
            homes.fixed.get(machine) in {None, room} for machine in machines
        )

    apart = openings_by_minute(window, minutes, [Interval(ORIGIN - 100, ORIGIN + 400)], needed, set(grid.iterate()))
    assert found == [opening for opening in apart if any(goes(*keys) for keys in product(*opening.choices))]


@given(st.lists(visits(), max_size=4), st.integers(1, 12), st.integers(0, 5), st.integers(0, 5))
def test_a_coarse_clock_says_the_same_where_it_does(taken, minutes, before, after):
    coarse = [Occupied(*(5 * (minute - ORIGIN) for minute in visit)) for visit in taken]
    window = Interval(-5_000, 5_000)

    fine, fives = [
        Busy.of(window, coarse, tick).starts_for(5 * minutes, 5 * before, 5 * after).through(Interval(-4000, 4000))
        for tick in (1, 5)
    ]

    assert list(fives.iterate()) == [minute for minute in fine.iterate() if minute % 5 == 0]


def test_nothing_needed_is_free_whenever_it_is_open():
    window = Interval(0, 60)

    found = find_openings(window=window, minutes=30, open_hours=[window], requirements=[], grid=grid_of(window, 15))

    assert found == [Opening(0, 30, ()), Opening(15, 45, ()), Opening(30, 60, ())]


def test_a_kind_of_which_there_is_none_is_never_free():
    window = Interval(0, 60)

    found = find_openings(
        window=window, minutes=30, open_hours=[window], requirements=[Requirement([])], grid=grid_of(window, 15)
    )

    assert found == []


def test_everything_needed_is_free_at_once_and_each_choice_is_named():
    """A machine, a room and a practitioner: the gaps of each, and only what they share."""
    window = Interval(0, 120)
    needed = [
        Requirement([Lane(1, [Interval(0, 60)], []), Lane(2, [Interval(30, 120)], [])]),
        Requirement([Lane(7, None, [Occupied(0, 20, 0, 20)]), Lane(8, None, [Occupied(40, 120, 40, 120)])]),
        Requirement([Lane(9, None, [Occupied(70, 80, 70, 80)])]),
    ]

    found = find_openings(window=window, minutes=30, open_hours=[window], requirements=needed, grid=grid_of(window, 10))

    assert [(opening.starts, opening.choices) for opening in found] == [
        (0, ((1,), (8,), (9,))),
        (10, ((1,), (8,), (9,))),
        (20, ((1,), (7,), (9,))),
        (30, ((1, 2), (7,), (9,))),
        (40, ((2,), (7,), (9,))),
        (80, ((2,), (7,), (9,))),
        (90, ((2,), (7,), (9,))),
    ]


# --- what others got wrong -------------------------------------------------------------------

MONDAY, SPRING, AUTUMN = date(2026, 3, 9), date(2026, 3, 29), date(2026, 10, 25)


def starts_on(day, hours, occupied=(), *, minutes=30, step=15, before=0, after=0):
    """List what the clock shows at every start that one practitioner can offer on a day."""
    spans = [wall.span_on(day, time(*starts), time(*ends), "Europe/London") for starts, ends in hours]
    window = wall.day_window(day, day, "Europe/London")
    found = find_openings(
        window=window,
        minutes=minutes,
        open_hours=spans,
        requirements=[Requirement([Lane(1, spans, occupied)], before, after)],
        grid=wall.starts_every(step, window, "Europe/London"),
    )
    return [f"{wall.local(opening.starts, 'Europe/London'):%H:%M}" for opening in found]


def visit_on(day, starts, ends, before=0, after=0):
    """Book something, as the clock shows it."""
    return Occupied(at(day, *starts), at(day, *ends), at(day, *starts) - before, at(day, *ends) + after)


def test_the_last_slot_before_closing_is_offered_although_its_clean_down_passes_closing():
    """Easy!Appointments users lengthen the service instead, and lose the last slot (#435)."""
    assert starts_on(MONDAY, [((16, 0), (17, 30))], before=5, after=10) == ["16:00", "16:15", "16:30", "16:45", "17:00"]


def test_starts_stand_on_the_clock_not_at_the_end_of_what_is_booked():
    """Easy!Appointments anchors them at the end of the appointment before."""
    assert starts_on(MONDAY, [((9, 0), (10, 30))], [visit_on(MONDAY, (9, 0), (9, 20))]) == ["09:30", "09:45", "10:00"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0, 0, ["09:00", "09:30", "11:00", "11:30"]),
        (20, 0, ["09:00", "09:30", "11:00", "11:30"]),
        (20, 25, ["09:00", "11:00", "11:30"]),
        (45, 0, ["09:00", "09:30", "11:30"]),
    ],
)
def test_between_two_visits_the_larger_buffer_holds_and_not_the_sum(before, after, expected):
    """Ten minutes' set-up and thirty of clean-down are there: only what is larger moves anything."""
    booked = visit_on(MONDAY, (10, 10), (10, 30), before=10, after=30)

    assert starts_on(MONDAY, [((9, 0), (12, 0))], [booked], step=30, before=before, after=after) == expected


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_shift_shorter_than_an_hour_is_offered_on_the_day_the_clocks_change(day):
    """Cal.com loses them all on the spring Sunday."""
    assert starts_on(day, [((13, 0), (13, 30)), ((15, 40), (16, 0))], minutes=20, step=10) == [
        "13:00",
        "13:10",
        "15:40",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SPRING, ["00:00", "00:30", "02:00", "02:30", "03:00", "03:30"]),
        (AUTUMN, ["00:00", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_night_hours_over_the_change_are_all_there_and_none_twice(day, expected):
    """Cal.com offers the spring night an hour too early, and loses the autumn night's first hour."""
    assert starts_on(day, [((0, 0), (4, 0))], step=30) == expected


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_hours_that_end_at_midnight_are_offered_to_the_end(day):
    """Cal.com loses overrides that end at midnight on both days."""
    assert starts_on(day, [((22, 0), (0, 0))], step=30) == ["22:00", "22:30", "23:00", "23:30"]


def test_buffers_reach_over_midnight():
    booked = visit_on(date(2026, 3, 10), (0, 20), (1, 0), before=30)

    assert starts_on(MONDAY, [((22, 30), (2, 0))], [booked]) == ["22:30", "22:45", "23:00", "23:15"]


def test_twenty_three_minutes_on_a_grid_of_seven():
    booked = visit_on(MONDAY, (9, 30), (9, 53), after=7)

    assert starts_on(MONDAY, [((9, 0), (10, 30))], [booked], minutes=23, step=7) == ["09:06", "10:02"]


def test_a_blocked_hour_blocks_that_hour_alone():
    """LibreBooking marks the whole range unavailable for one blackout anywhere in it."""
    assert starts_on(MONDAY, [((9, 0), (12, 0))], [visit_on(MONDAY, (10, 0), (11, 0))], minutes=60, step=60) == [
        "09:00",
        "11:00",
    ]


def test_a_visit_longer_than_the_step_leaves_no_later_step_open():
    """ERPNext leaves the next slot open when a 30-minute visit takes a 15-minute slot (frappe/erpnext #16068)."""
    assert starts_on(MONDAY, [((9, 0), (10, 0))], [visit_on(MONDAY, (9, 0), (9, 30))], minutes=15) == ["09:30", "09:45"]


def test_every_start_of_a_month_is_within_the_hours_on_the_wall():
    window = wall.day_window(date(2026, 3, 1), date(2026, 3, 31), "Europe/London")
    days = [date(2026, 3, day) for day in range(1, 32)]
    hours = [wall.span_on(day, time(9), time(17, 30), "Europe/London") for day in days]

    found = find_openings(
        window=window, minutes=45, open_hours=hours, requirements=[Requirement([Lane(1, hours, [])])],
        grid=wall.starts_every(15, window, "Europe/London"),
    )  # fmt: skip

    assert len(found) == 31 * 32
    assert all(
        is_on_wall(minute, day, time(9), time(17, 30), "Europe/London")
        for opening in found
        for day in (wall.local(opening.starts, "Europe/London").date(),)
        for minute in (opening.starts, opening.ends - 1)
    )
