"""People are found by what is remembered of them, in whatever order and nearly spelt."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.finding import asked_for, joined, known_by, nearness

SMITH = known_by(
    name="John Smith", phone="+447700900982", email="j.smith@mail.example", born_on=date(1990, 3, 2)
)  # fmt: skip


def is_found(typed: str, words: str = SMITH) -> bool:
    """Say whether the index finds somebody, as the database asks it, and the order does not drop them."""
    parts, held = asked_for(typed), words.split()
    index_finds = bool(parts) and all(
        any(word == term or (begins and word.startswith(term)) for term, begins in part.either for word in held)
        for part in parts
    )
    return index_finds and nearness(parts, words) is not None


@pytest.mark.parametrize(
    "typed",
    [
        "Jon Smyth", "smith john", "SMI", "jonh smiht", "j smith", "smith 1990", "smith 2/3/90", "smith 0770", "2 March",
        "2nd march 1990", "3/1990", "john 07700 900 982", "(07700) 900-982", "@mail.ex", "smith@mail", "J. Smith,",
    ],
)  # fmt: skip
def test_person_is_found_by(typed: str) -> None:
    assert is_found(typed)


@pytest.mark.parametrize(
    "typed", ["Jane Smith", "John Schmidt", "smith 1991", "smith 3/2/1990", "0161", "98", "@", "-"]
)
def test_person_is_not_found_by(typed: str) -> None:
    assert not is_found(typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Müller", "zoe muller"),
        ("Søren Łuczak", "soren luczak"),
        ("Siobhán O\u2019Brien", "brien siobhan"),
        ("Siobhán O\u2019Brien", "O'Brien"),
        ("Anne-Marie Lee", "marie"),
        ("Mary Anne Lee", "maryanne"),
        ("Catherine Stephenson", "kathryn stevenson"),
        ("Ewan MacDonald", "mcdonald"),
        ("Иван Петров", "петров"),
        ("王 小明", "小明"),
    ],
)
def test_name_is_found_as_people_type_it(name: str, typed: str) -> None:
    assert is_found(typed, known_by(name=name))


def test_two_words_that_are_one_name_are_joined() -> None:
    words = known_by(name="Maryanne Lee")

    assert not is_found("mary anne lee", words)
    assert [nearness(parts, words) for parts in joined(asked_for("mary anne lee"))] == [0, None]


def test_nearness_puts_the_same_before_what_begins_so_before_what_sounds_so_before_a_slip() -> None:
    names = ["Jon", "Jonathan", "John", "Jin"]

    far = [nearness(asked_for("jon"), known_by(name=name)) for name in names]

    assert far == [0, 0.3, 1, 1]
    assert nearness(asked_for("wilson"), known_by(name="Wilton")) == 1.5


@given(name=st.from_regex(r"[a-z]{4,12}", fullmatch=True), place=st.integers(0, 11), letter=st.sampled_from("abcxyz"))
def test_one_slip_in_a_name_is_always_forgiven(name: str, place: int, letter: str) -> None:
    place %= len(name)
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :],
    ]

    assert [typed for typed in slips if not is_found(typed, known_by(name=name))] == []


@given(st.text(max_size=120))
def test_whatever_is_typed_can_be_asked_of_both_databases(typed: str) -> None:
    terms = [term.word for part in asked_for(typed) for term in part.either]

    assert [word for word in terms if not word.isalnum()] == []
    assert len(asked_for(typed)) <= 8
