"""The line: its order, who fits, who is passed over, and why; the reasons come from the rules that choose."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.interval import Interval
from corneum.domain.waiting import Chosen, Passed, Reason, Waiter, Window, freed_at, in_line, next_in_line, why_not

MONDAY = date(2026, 3, 9)
WEEK = Window(MONDAY, MONDAY + timedelta(days=6))
MIDNIGHT = 29_550_240  # Monday 9 March 2026, 00:00 UTC
PEEL, FACIAL = 1, 2
ROSA, NADIA = 11, 12


def waiter(ref="a", joined=0, **facts) -> Waiter:
    return Waiter(**{
        "ref": ref, "joined": joined, "treatment": PEEL, "windows": (WEEK,), "expires_on": WEEK.last, **facts
    })  # fmt: skip


def at(hour, *, day=1, minutes=30, treatment=PEEL, who=(ROSA, NADIA)):
    starts = MIDNIGHT + day * 1440 + round(hour * 60)
    return freed_at(treatment, starts, starts + minutes, who, "Europe/London")


def reason_of(somebody: Waiter, time=None) -> Reason | None:
    return why_not(somebody, time or at(10), MONDAY)


def test_in_line_is_by_how_long_they_wait_and_then_by_ref():
    line = in_line([waiter("c", 5), waiter("b", 3), waiter("a", 5)])

    assert [one.ref for one in line] == ["b", "a", "c"]


def test_in_line_has_urgent_ones_first_and_among_themselves_by_how_long_they_wait():
    line = in_line([waiter("a", 1), waiter("b", 9, is_urgent=True), waiter("c", 8, is_urgent=True)])

    assert [one.ref for one in line] == ["c", "b", "a"]


def test_why_not_has_nothing_against_a_time_that_fits():
    assert reason_of(waiter()) is None


def test_why_not_says_each_reason():
    ten = at(10).span
    assert reason_of(waiter(expires_on=MONDAY - timedelta(days=1))) == Reason.ENDED
    assert reason_of(waiter(expires_on=MONDAY)) is None
    assert reason_of(waiter(is_reachable=False)) == Reason.UNREACHABLE
    assert reason_of(waiter(has_open_offer=True)) == Reason.OPEN_OFFER
    assert reason_of(waiter(has_had_enough=True)) == Reason.ENOUGH
    assert reason_of(waiter(practitioner=ROSA), at(10, who=(NADIA,))) == Reason.ANOTHER_PERSON
    assert reason_of(waiter(windows=())) == Reason.OUTSIDE
    assert reason_of(waiter(sooner_than=ten.starts)) == Reason.NOT_SOONER
    assert reason_of(waiter(sooner_than=ten.starts + 1)) is None
    assert reason_of(waiter(offered=(ten,))) == Reason.OFFERED_BEFORE
    assert reason_of(waiter(busy=(Interval(ten.ends - 1, ten.ends + 30),))) == Reason.BUSY
    assert reason_of(waiter(busy=(Interval(ten.ends, ten.ends + 30),))) is None
    assert reason_of(waiter(treatment=FACIAL)) == Reason.DOES_NOT_FIT


def test_why_not_counts_a_time_beside_one_that_was_offered_as_another_only_when_they_share_no_minute():
    somebody = waiter(offered=(at(10).span,))

    assert reason_of(somebody, at(10.25)) == Reason.OFFERED_BEFORE
    assert reason_of(somebody, at(10.5)) is None


def test_window_holds_its_days_weekdays_and_hours():
    window = Window(MONDAY, MONDAY + timedelta(days=7), weekdays=0b10, opens=600, closes=720)
    tuesday = MONDAY + timedelta(days=1)

    assert window.holds(tuesday, 600)
    assert not window.holds(tuesday, 599)
    assert not window.holds(tuesday, 720)
    assert not window.holds(MONDAY, 600)
    assert not window.holds(tuesday + timedelta(days=7), 600)


def test_freed_at_reads_the_clinics_own_clock():
    summer = freed_at(PEEL, MIDNIGHT + 30 * 1440 + 8 * 60, 0, [ROSA], "Europe/London")

    assert (summer.on, summer.clock) == (MONDAY + timedelta(days=30), 9 * 60)


def test_next_in_line_gives_the_first_person_their_first_time():
    free = {PEEL: [at(9, who=(NADIA,)), at(10), at(11)]}

    chosen = next_in_line([waiter("late", 9), waiter("first", 1, practitioner=ROSA)], free, MONDAY)

    assert chosen == Chosen(waiter("first", 1, practitioner=ROSA), at(10), ())


def test_next_in_line_names_those_passed_over_in_order_with_their_reasons():
    afternoons = Window(MONDAY, WEEK.last, opens=13 * 60)
    waiting = [
        waiter("d", 4),
        waiter("c", 3, treatment=FACIAL),
        waiter("b", 2, has_open_offer=True),
        waiter("a", 1, windows=(afternoons,)),
        waiter("later", 5),
    ]

    chosen = next_in_line(waiting, {PEEL: [at(10)]}, MONDAY)

    assert chosen is not None
    assert chosen.waiter.ref == "d"
    assert chosen.passed == (
        Passed("a", Reason.OUTSIDE),
        Passed("b", Reason.OPEN_OFFER),
        Passed("c", Reason.DOES_NOT_FIT),
    )


def test_next_in_line_is_nobody_when_nothing_is_for_anybody():
    assert next_in_line([waiter(has_open_offer=True)], {PEEL: [at(10)]}, MONDAY) is None
    assert next_in_line([waiter()], {FACIAL: [at(10, treatment=FACIAL)]}, MONDAY) is None
    assert next_in_line([], {PEEL: [at(10)]}, MONDAY) is None


TIMES = st.builds(
    at,
    st.sampled_from([9, 9.5, 10, 13, 16]),
    day=st.integers(0, 6),
    treatment=st.sampled_from([PEEL, FACIAL]),
    who=st.sampled_from([(ROSA,), (NADIA,), (ROSA, NADIA)]),
)
WINDOWS = st.builds(
    Window,
    st.just(MONDAY),
    st.sampled_from([MONDAY, WEEK.last]),
    weekdays=st.integers(1, 127),
    opens=st.sampled_from([0, 600]),
    closes=st.sampled_from([720, 1440]),
)
SPANS = st.lists(TIMES.map(lambda time: time.span), max_size=2).map(tuple)


@st.composite
def waiters(draw) -> list[Waiter]:
    return [
        waiter(
            ref,
            joined=draw(st.integers(0, 3)),
            treatment=draw(st.sampled_from([PEEL, FACIAL])),
            windows=tuple(draw(st.lists(WINDOWS, min_size=1, max_size=2))),
            expires_on=draw(st.sampled_from([MONDAY - timedelta(days=1), WEEK.last])),
            practitioner=draw(st.sampled_from([None, ROSA, NADIA])),
            is_urgent=draw(st.booleans()),
            has_open_offer=draw(st.booleans()),
            sooner_than=draw(st.sampled_from([None, at(10, day=3).starts])),
            offered=draw(SPANS),
            busy=draw(SPANS),
        )
        for ref in "abcde"[: draw(st.integers(0, 5))]
    ]


@given(waiting=waiters(), times=st.lists(TIMES, max_size=5), data=st.data())
def test_the_line_is_never_turned_round_without_a_named_cause(waiting, times, data):
    free = {key: [time for time in times if time.treatment == key] for key in (PEEL, FACIAL)}

    chosen = next_in_line(data.draw(st.permutations(waiting)), free, MONDAY)

    pairs = [(one, time) for one in waiting for time in free[one.treatment] if why_not(one, time, MONDAY) is None]
    assert (chosen is None) == (not pairs)
    if chosen is not None:
        assert (chosen.waiter, chosen.time) in pairs
        before = in_line(waiting)[: in_line(waiting).index(chosen.waiter)]
        assert [passed.ref for passed in chosen.passed] == [one.ref for one in before]
        # nobody before them could have had any time at all
        assert not [one for one, _ in pairs if one in before]
        causes = [why_not(one, chosen.time, MONDAY) for one in before]
        assert [passed.reason for passed in chosen.passed] == causes
        assert None not in causes
