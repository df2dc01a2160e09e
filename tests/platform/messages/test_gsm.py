"""Text messages are counted as the networks count them."""

import pytest

from corneum.platform.messages import gsm


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Hannah, you are booked", 22),
        ("£45", 3),  # one letter on a telephone, two bytes elsewhere
        ("é à ü Ø", 7),
        ("€", 2),  # an escape and a letter
        ("[ok] {1} a|b ~ ^ \\", 26),
        ("", 0),
        ("ë", 1),  # not one of theirs: UTF-16
        ("李雷", 2),
        ("🙂", 2),  # two halves of a pair
    ],
)
def test_length_counts_as_the_networks_do(text, counted):
    assert gsm.length(text) == counted


def test_length_of_the_longest_text_in_the_brief_is_155():
    text = (
        "Hannah, Alder Skin Clinic expects you tomorrow at 9:30am. A missed visit costs us £45. "
        "Move it free by 9:30am today: https://alderskin.example/b/7Q4KX9M2TD"
    )

    assert gsm.length(text) == 155


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Zoë\u2019s visit \u2013 9:30am\u2026", "Zoe's visit - 9:30am..."),
        ("Ñandú at 2\u00a0pm", "Ñandu at 2 pm"),
        ("Łukasz", "Łukasz"),  # no plain letter is the same letter: kept, and counted as it is sent
        ("李雷", "李雷"),
    ],
)
def test_simplified_keeps_names_and_drops_what_only_print_needs(written, sent):
    assert gsm.simplified(written) == sent
