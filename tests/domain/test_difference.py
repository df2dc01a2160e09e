"""Two texts compared: nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from corneum.domain.difference import Run, difference

words = st.lists(st.sampled_from(["skin", "looks", "smooth", " ", "\n"]), max_size=12).map("".join)


def test_difference_strikes_and_puts_in_words() -> None:
    assert difference("It looks smooth.", "It feels smooth.") == [
        Run("same", "It "), Run("out", "looks"), Run("in", "feels"), Run("same", " smooth."),
    ]  # fmt: skip


@given(words, words)
def test_difference_holds_both_texts(before: str, after: str) -> None:
    runs = difference(before, after)

    assert "".join(run.text for run in runs if run.kind != "out") == after
    assert "".join(run.text for run in runs if run.kind != "in") == before
