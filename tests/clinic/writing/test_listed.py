"""Lists as they are typed: what was written is read again unchanged, and what cannot be read is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneum.clinic.writing.listed import (
    Entry,
    NotReadable,
    choices_in,
    entries,
    evidence_in,
    instead_in,
    parts_in,
    write,
)  # fmt: skip

WORDS = st.text(alphabet="abc ,.", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=3))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str]]) -> None:
    text = write((title, prose, [("Source", source)]) for title, prose, source in rows)

    assert entries(text, {"Source"}) == [
        Entry(title, {"Source": " ".join(source.split())}, prose) for title, prose, source in rows
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## Freckles (weak)\nMay.\nSource: S", "There is no concern called “Freckles”"),
        ("## Fine lines\nMay.\nSource: S", "Say how sure we are of “Fine lines”"),
        ("## Fine lines (surely)\nMay.\nSource: S", "Say how sure we are of “Fine lines (surely)”"),
        ("## Fine lines (weak)\nMay.", "needs what was found, and a line that begins with Source:"),
        ("Hello\n## Fine lines (weak)\nMay.\nSource: S", "this stands before the first: “Hello”"),
        ("## Fine lines (weak)\nA\nSource: S\n## Fine lines (weak)\nB\nSource: T", "stands there twice"),
    ],
)
def test_an_evidence_note_that_cannot_be_read_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotReadable, match=says.replace("(", r"\(").replace(")", r"\)")):
        evidence_in(text, {"fine lines": "fine-lines"})


def test_a_choice_says_who_it_is_from_and_a_row_of_the_table_fills_every_line() -> None:
    with pytest.raises(NotReadable, match="with who it is from"):
        choices_in("## Ask first\nText", {})
    with pytest.raises(NotReadable, match="There is no treatment called “Laser”"):
        choices_in("## Clinic: Laser\nText\nTreatment: Laser", {})
    with pytest.raises(NotReadable, match="needs a line that begins with What it does:"):
        instead_in("## Waiting\nDepth: None", {})


def test_a_title_that_no_page_can_keep_is_refused() -> None:
    assert parts_in(f"## {'a' * 160}\nText", "step")[0].title == "a" * 160
    with pytest.raises(NotReadable, match="is longer than 160 letters"):
        parts_in(f"## {'a' * 161}\nText", "step")
