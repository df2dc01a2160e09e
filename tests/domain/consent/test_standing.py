"""Consent stands when nothing is missing, and each thing that is missing is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.consent.standing import Lack, Path, best, lacks

STARTS = datetime(2026, 3, 12, 10, tzinfo=UTC)
WHOLE = Path(
    reflect_until=STARTS - timedelta(hours=1), talked=True, may_go_on=True, treats=7, signed=True,
    lasts_until=STARTS + timedelta(days=1),
)  # fmt: skip

PATHS = st.builds(
    Path,
    reflect_until=st.sampled_from([STARTS - timedelta(minutes=1), STARTS, STARTS + timedelta(minutes=1)]),
    talked=st.booleans(), may_go_on=st.booleans(), treats=st.sampled_from([7, 8]), signed=st.booleans(),
    lasts_until=st.sampled_from([None, STARTS, STARTS - timedelta(minutes=1)]), withdrawn=st.booleans(),
    needs_anew=st.booleans(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"reflect_until": STARTS + timedelta(minutes=1)}, Lack.REFLECTING),
        ({"talked": False}, Lack.NOT_TALKED),
        ({"may_go_on": False}, Lack.NOT_NOW),
        ({"treats": 8}, Lack.OTHER_PRACTITIONER),
        ({"signed": False}, Lack.NOT_SIGNED),
        ({"withdrawn": True}, Lack.WITHDRAWN),
        ({"needs_anew": True}, Lack.TEXT_CHANGED),
        ({"lasts_until": STARTS - timedelta(minutes=1)}, Lack.LAPSED),
    ],
)
def test_each_thing_that_is_missing_is_named_and_nothing_else(change, lack) -> None:
    assert lacks(replace(WHOLE, **change), treats=7, starts=STARTS) == [lack]


def test_consent_stands_from_the_minute_in_which_reflection_ends_to_the_one_in_which_it_lapses() -> None:
    assert lacks(replace(WHOLE, reflect_until=STARTS, lasts_until=STARTS), treats=7, starts=STARTS) == []


def test_who_was_told_nothing_lacks_the_information_or_the_text_itself() -> None:
    assert lacks(None, treats=7, starts=STARTS) == [Lack.NOT_INFORMED]
    assert best([], treats=7, starts=STARTS, has_text=False) == (None, [Lack.NO_TEXT])


@given(st.lists(PATHS, min_size=1, max_size=4), PATHS)
def test_reading_another_text_never_undoes_consent_that_stands(paths, another) -> None:
    before = best(paths, treats=7, starts=STARTS)[1]
    after = best([another, *paths], treats=7, starts=STARTS)[1]

    assert after == [] if before == [] else (after == []) == (lacks(another, treats=7, starts=STARTS) == [])


@given(PATHS)
def test_what_stands_was_told_talked_through_signed_in_time_and_not_withdrawn(path) -> None:
    if not lacks(path, treats=7, starts=STARTS):
        assert path.talked
        assert path.may_go_on
        assert path.signed
        assert path.treats == 7
        assert path.reflect_until <= STARTS
        assert not path.withdrawn
