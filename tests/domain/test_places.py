"""How far it is between two places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.places import Place, read_place

PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))
MANCHESTER, BUXTON = Place(53.4808, -2.2426), Place(53.2591, -1.9111)


def test_miles_are_those_of_the_map() -> None:
    assert MANCHESTER.miles_to(BUXTON) == pytest.approx(20.6, abs=0.1)
    assert Place(51.5074, -0.1278).miles_to(Place(40.7128, -74.0060)) == pytest.approx(3461, rel=0.005)
    assert Place(0, 179.5).miles_to(Place(0, -179.5)) == pytest.approx(69.1, abs=0.1)  # across the date line


@given(PLACES, PLACES)
def test_the_way_there_is_the_way_back_and_never_longer_than_half_the_earth(here: Place, there: Place) -> None:
    way = here.miles_to(there)

    assert way == pytest.approx(there.miles_to(here))
    assert 0 <= way <= 12_440
    assert here.miles_to(here) == 0


@given(PLACES, PLACES, PLACES)
def test_no_way_round_is_shorter(one: Place, two: Place, three: Place) -> None:
    assert one.miles_to(three) <= one.miles_to(two) + two.miles_to(three) + 1e-6


@pytest.mark.parametrize("text", ["53.4808, -2.2426", " 53.4808 -2.2426 ", "53.4808;-2.2426"])
def test_place_is_read_as_maps_write_it(text: str) -> None:
    assert read_place(text) == MANCHESTER


@pytest.mark.parametrize("text", ["", "53.4", "M1 9ZZ", "91, 0", "0, 181", "1e5, 0", "53,4808, -2,2426"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"maps|latitude"):
        read_place(text)
