"""A treatment's minutes and price: found where they were typed, filled in where their placeholder stands."""

import pytest

from corneum.domain.facts import copies, fill


@pytest.mark.parametrize(
    ("text", "word", "placeholder"),
    [
        ("It takes 30 minutes.", "30 minutes", "{minutes}"),
        ("a 30-minute visit", "30-minute", "{minutes}"),
        ("about half an hour", "half an hour", "{minutes}"),
        ("It costs £120.", "£120", "{price}"),
        ("It costs £120.00 a session.", "£120.00", "{price}"),
    ],
)
def test_copies_finds_a_fact_that_was_typed(text: str, word: str, placeholder: str) -> None:
    assert [(copy.word, copy.placeholder) for copy in copies(text, minutes=30, prices=frozenset({12000}))] == [
        (word, placeholder)
    ]


@pytest.mark.parametrize("text", ["130 minutes", "30 days", "£1200", "£12", "{minutes} and {price}", "15 minutes"])
def test_copies_lets_other_numbers_through(text: str) -> None:
    assert copies(text, minutes=30, prices=frozenset({12000})) == []


def test_fill_writes_the_facts() -> None:
    assert fill("{minutes}, {price}", minutes=75, pence=8550) == "1 hour 15 minutes, £85.50"
