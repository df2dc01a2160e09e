"""The days between two sessions: the first that is possible, and every one that is not, are the same rule."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.scheduling.gap import Gap

DAY = date(2026, 3, 10)
days = st.integers(0, 120).map(lambda ahead: DAY + timedelta(days=ahead))
gaps = st.integers(0, 30).map(Gap)


@given(gaps, days, st.sets(days, max_size=6))
def test_first_from_is_the_first_day_that_is_far_enough_from_every_session(gap, day, sessions):
    ahead = (day + timedelta(days=more) for more in range(400))

    first = next(one for one in ahead if all(abs((one - other).days) >= gap.least for other in sessions))

    assert gap.first_from(day, sessions) == first
    assert gap.keeps(day, sessions) == (first == day)
    assert (day in gap.too_near(sessions)) == (first != day)


def test_days_too_long_counts_from_the_session_before_and_only_as_advice():
    gap = Gap(10, longest=28)
    before, after = DAY - timedelta(days=29), DAY + timedelta(days=10)

    assert gap.days_too_long(DAY, {before, after}) == 29
    assert gap.days_too_long(DAY, {before, before + timedelta(days=1)}) is None
    assert gap.days_too_long(DAY, {after}) is None
    assert Gap(10).days_too_long(DAY, {before}) is None
    assert gap.keeps(DAY, {before})
