"""What somebody means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.finding import distance, nearest, words_of
from corneum.domain.finding.spelling import slips_forgiven

KNOWN = {"dermabrasion": 2, "microdermabrasion": 40, "peel": 30, "needle": 9, "scar": 12, "scrub": 1}
WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Micro-dermabrasion for scars", ["microdermabrasion", "scar"]),
        ("micro dermabrasion", ["microdermabrasion"]),
        ("micro\u00addermabrasion", ["microdermabrasion"]),
        ("dermabrasion", ["dermabrasion"]),
        ("What does a PEEL cost?", ["peel", "cost"]),
        ("Fąk, naïve, St Peter's", ["fak", "naive", "st", "peter"]),
        ('\'; DROP TABLE "x" * NEAR(', ["drop", "table", "x", "near"]),
        ("the of and", []),
    ],
)
def test_words_are_read_as_they_are_compared(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dermabrasian", "dermabrasion"),
        ("dermabraision", "dermabrasion"),
        ("microdermabraison", "microdermabrasion"),
        ("microdermabrasian", "microdermabrasion"),
        ("microdermbrasion", "microdermabrasion"),
        ("needel", "needle"),
        ("pel", ""),
        ("eczema", ""),
    ],
)
def test_nearest_known_word_is_found_and_the_two_abrasions_are_never_taken_for_each_other(written, meant) -> None:
    assert nearest(written, KNOWN) == meant
    assert distance("dermabrasion", "microdermabrasion") > slips_forgiven("microdermabrasion")


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_nought_only_for_the_same_word(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
