"""Spam is kept apart for reasons that can be read; a person's question is not."""

from typing import Any

import pytest

from corneum.clinic.enquiries.verdict import Submission, Verdict, judge


def asked(text: str, *, name: str = "Hannah Doyle", trap: str = "", seconds: float | None = 40.0, many: bool = False):
    return judge(Submission(name=name, text=text, trap=trap, seconds=seconds, too_many=many))


@pytest.mark.parametrize(
    "text",
    [
        "Would this help with marks on both cheeks?",
        "hi",
        "我想预约一次咨询 可以吗",
        "هل يمكنني حجز موعد مساء الخميس؟",
        "I read https://www.nhs.uk/conditions/acne/ and wonder what you think of it for me.",
        "My web design studio keeps me busy until 6. Is there an evening?",
        "Pores!!! 😟 What can I do?",
    ],
)
def test_judge_lets_a_person_through(text: str):
    verdict = asked(text)

    assert verdict.is_spam is False


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"text": "Hello", "trap": "x"}, "A field that people cannot see was filled in."),
        ({"text": "Hello", "seconds": 1.2}, "It was sent faster than anybody can type."),
        (
            {"text": "See [url=https://x.example]our shop[/url] for all we sell"},
            "It holds links written for a forum, not for a person.",
        ),
        ({"text": "Hello", "name": "www.x.example"}, "The name is an address of a website."),
    ],
)
def test_judge_keeps_apart_on_one_strong_sign(said: dict[str, Any], reason: str):
    verdict = asked(**said)

    assert verdict == Verdict(is_spam=True, reasons=(reason,))


def test_judge_keeps_apart_on_two_weak_signs_and_names_both():
    verdict = asked("Cheap backlinks for you", seconds=None)

    assert verdict == Verdict(
        is_spam=True,
        reasons=("The form did not come with the mark that our pages give it.", "It says “backlink”."),
    )


@pytest.mark.parametrize("said", [{"seconds": None}, {"many": True}])
def test_judge_notices_one_weak_sign_and_lets_it_through(said: dict[str, Any]):
    verdict = asked("Is the consultation free?", **said)

    assert (verdict.is_spam, len(verdict.reasons)) == (False, 1)


def test_judge_does_not_count_autofill_in_four_seconds_as_a_robot():
    assert asked("Can you ring me?", seconds=4.0) == Verdict(is_spam=False, reasons=())
