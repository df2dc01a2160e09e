"""Marks in a text: shown where they are, and nothing of the text is changed by showing them."""

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.marking import Stretch, paragraphs


def test_a_line_is_cut_where_its_marks_begin_and_end() -> None:
    assert paragraphs("All is well.\nIt is safe.\nBye.", [(19, 23)]) == [
        [Stretch("It is ", ()), Stretch("safe", (0,)), Stretch(".", ())]
    ]


def test_marks_that_overlap_are_both_on_the_letters_that_they_share() -> None:
    assert paragraphs("no pain at all", [(0, 7), (3, 10)]) == [
        [Stretch("no ", (0,)), Stretch("pain", (0, 1)), Stretch(" at", (1,)), Stretch(" all", ())]
    ]


@given(st.text(alphabet="ab \n\r"), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4))
def test_every_line_with_a_mark_comes_back_whole_and_no_other(text: str, marks: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in marks]

    shown = ["".join(stretch.text for stretch in line) for line in paragraphs(text, spans)]

    start, wanted = 0, []
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if any(begins < start + len(bare) and ends > start for begins, ends in spans):
            wanted.append(bare)
        start += len(line)
    assert shown == wanted
