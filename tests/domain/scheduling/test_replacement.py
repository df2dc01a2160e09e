"""Placing visits anew: never two in one lane too near to each other, as many as can be, then at the least cost."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from corneum.domain.scheduling.replacement import Costs, Place, Taken, clash, place_anew


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A place of one or two lanes with buffers of their own."""
    starts, minutes = draw(st.integers(0, 12)), draw(st.integers(1, 4))
    lanes = draw(st.sets(st.sampled_from("abc"), min_size=1, max_size=2))
    taken = [
        Taken(
            lane,
            starts,
            starts + minutes,
            starts - draw(st.integers(0, 2)),
            starts + minutes + draw(st.integers(0, 2)),
        )
        for lane in sorted(lanes)
    ]
    return Place(tuple(taken), draw(st.integers(0, 9)))


VISITS = st.lists(st.lists(places(), max_size=4), max_size=5)


def worth(visits, chosen) -> tuple[int, int]:
    """The fewer left over the better, and then the cheaper."""
    had = [visits[visit][place] for visit, place in enumerate(chosen) if place is not None]
    return len(visits) - len(had), sum(place.cost for place in had)


def goes_together(visits, chosen) -> bool:
    had = [visits[visit][place] for visit, place in enumerate(chosen) if place is not None]
    return not any(clash(one, other) for number, one in enumerate(had) for other in had[:number])


def best_of_all(visits) -> tuple[int, int]:
    """Try everything."""
    return min(
        worth(visits, chosen)
        for chosen in product(*([None, *range(len(each))] for each in visits))
        if goes_together(visits, chosen)
    )


@given(VISITS)
@settings(max_examples=150, deadline=None)
def test_place_anew_is_as_good_as_trying_everything(visits):
    found = place_anew(visits)

    assert goes_together(visits, found.chosen)
    assert worth(visits, found.chosen) == best_of_all(visits)
    assert (len(visits) - found.placed, found.cost) == worth(visits, found.chosen)
    assert found.is_proven


@given(VISITS, st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_place_anew_says_when_it_did_not_look_at_everything(visits, nodes):
    found = place_anew(visits, nodes=nodes)

    assert goes_together(visits, found.chosen)
    if found.is_proven:
        assert worth(visits, found.chosen) == best_of_all(visits)
    assert place_anew(visits, nodes=nodes) == found


@given(places(), places())
def test_clash_is_the_larger_of_the_two_buffers(one, other):
    apart = all(
        mine.lane != theirs.lane or gap_after(mine, theirs) or gap_after(theirs, mine)
        for mine in one.taken
        for theirs in other.taken
    )

    assert clash(one, other) is not apart


def gap_after(earlier: Taken, later: Taken) -> bool:
    """Read the rule as it is said: between two visits lies the larger of the two adjoining buffers."""
    larger = max(earlier.clear_until - earlier.ends, later.starts - later.clear_from)
    return later.starts - earlier.ends >= larger


def test_place_anew_gives_a_place_to_another_who_has_no_other():
    only, first = one_place(9), one_place(9)
    other = one_place(12, cost=500)

    found = place_anew([[first, other], [only]])

    assert (found.chosen, found.cost, found.is_proven) == ((1, 0), 500, True)


def test_place_anew_keeps_two_apart_by_the_larger_buffer():
    early = Place((Taken("room", 0, 30, 0, 45),), 0)
    too_near = Place((Taken("room", 40, 70, 30, 70),), 0)
    near_enough = Place((Taken("room", 45, 75, 35, 75),), 7)

    found = place_anew([[early], [too_near, near_enough]])

    assert (found.chosen, found.cost) == ((0, 1), 7)


def test_place_anew_of_nothing_is_nothing():
    assert place_anew([]).chosen == ()
    assert place_anew([[], [one_place(9)]]).chosen == (None, 0)


def test_costs_add_up():
    cost = Costs().of(minutes=-90, is_other_day=True, is_other_person=True, is_other_part=True, other_things=2)

    assert cost == 90 + 240 + 180 + 90 + 10
    assert Costs().of(minutes=0, is_other_day=False, is_other_person=False, is_other_part=False, other_things=0) == 0


def one_place(hour: int, cost: int = 0) -> Place:
    return Place((Taken("rosa", hour * 60, hour * 60 + 30, hour * 60, hour * 60 + 30),), cost)
