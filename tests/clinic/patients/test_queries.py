"""Whom somebody may see, and finding them."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from corneum.clinic.patients import queries
from corneum.domain.errors import NotFound
from tests.factories.cast import Cast, make_patient


def test_patients_visible_to_the_front_desk_are_those_of_its_clinic(cast: Cast) -> None:
    elsewhere = make_patient(cast.stockport, "Carla Crewe")

    assert set(queries.patients_visible_to(cast.dana, cast.manchester)) == {cast.alice, cast.bea}
    assert set(queries.patients_visible_to(cast.mallory, cast.stockport)) == {elsewhere}


def test_patients_visible_to_the_desk_of_another_clinic_are_none(cast: Cast) -> None:
    assert list(queries.patients_visible_to(cast.mallory, cast.manchester)) == []
    assert list(queries.patients_visible_to(AnonymousUser(), cast.manchester)) == []


def test_patients_visible_to_somebody_who_has_left_are_none(cast: Cast) -> None:
    cast.dana.is_active = False
    cast.dana.save()

    assert list(queries.patients_visible_to(cast.dana, cast.manchester)) == []


def test_patient_for_the_front_desk_is_found_by_ref(cast: Cast) -> None:
    assert queries.patient_for(cast.dana, cast.manchester, cast.alice.ref) == cast.alice


def test_patient_for_another_clinic_is_as_if_there_were_none(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.patient_for(cast.mallory, cast.manchester, cast.alice.ref)
    with pytest.raises(NotFound):
        queries.patient_for(cast.mallory, cast.stockport, cast.alice.ref)
    with pytest.raises(NotFound):
        queries.patient_for(cast.owen, cast.stockport, cast.alice.ref)


@pytest.mark.parametrize(
    "text",
    [
        "alice",
        "ASH",
        "ash ali",
        "  Alice   Ashworth ",
        "0770090",
        "07700 900 982",
        "+44 7700",
        "0044 77009",
        "982",
        "alice@pat",
        "2/3/1990",
        "02.03.1990",
        "1990-03-02",
        "2 March 1990",
    ],
)
def test_find_by_part_of_name_number_email_or_by_date_of_birth(cast: Cast, text: str) -> None:
    alice = cast.alice
    alice.phone, alice.born_on = "+447700900982", date(1990, 3, 2)
    alice.save()

    assert list(queries.find(cast.dana, cast.manchester, text)) == [alice]


@pytest.mark.parametrize("text", ["alice birch", "0161", "3/2/1990", "98", "%", "_"])
def test_find_of_what_nobody_has_is_empty(cast: Cast, text: str) -> None:
    alice = cast.alice
    alice.phone, alice.born_on = "+447700900982", date(1990, 3, 2)
    alice.save()

    assert list(queries.find(cast.dana, cast.manchester, text)) == []


def test_find_without_words_is_nobody(cast: Cast) -> None:
    assert queries.find(cast.dana, cast.manchester, " ") == []


def test_find_puts_who_is_exactly_meant_before_who_is_nearly_so(cast: Cast) -> None:
    names = ["Joan Smith", "John Smithson", "Jon Smyth", "John Smith", "Simon Johns"]
    for name in names:
        make_patient(cast.manchester, name, phone="+447700900982")

    found = [patient.name for patient in queries.find(cast.dana, cast.manchester, "smith john")]

    assert found == ["John Smith", "John Smithson", "Joan Smith", "Jon Smyth"]


def test_find_is_of_this_clinic_even_where_another_has_the_better_match(cast: Cast) -> None:
    make_patient(cast.stockport, "Jon Smyth", email="jon.smyth@mail.example")
    here = make_patient(cast.manchester, "John Smith")

    assert queries.find(cast.dana, cast.manchester, "jon smyth") == [here]
    assert queries.find(cast.dana, cast.manchester, "jon.smyth@mail.example") == []
    assert queries.find(cast.mallory, cast.manchester, "jon smyth") == []


def test_find_goes_by_what_a_patient_is_called_now(cast: Cast) -> None:
    alice = cast.alice
    alice.name = "Alice Cartwright"
    alice.save(update_fields=["name"])

    found = [queries.find(cast.dana, cast.manchester, text) for text in ("cartwright", "ashworth")]

    assert found == [[alice], []]
