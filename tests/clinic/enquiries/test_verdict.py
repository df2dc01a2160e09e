"""Spam is kept apart for reasons that can be read; a person's question is not."""

from typing import Any

import pytest

from corneum.clinic.enquiries.verdict import Submission, Verdict, judge


def asked(
    text: str, *, name: str = "Hannah Doyle", trap: str = "", seconds: float | None = 40.0, many: bool = False,
    proof: bool | None = True, worn_out: bool = False, flood: bool = False, same: bool = False,
):  # fmt: skip
    return judge(
        Submission(
            name=name, text=text, trap=trap, seconds=seconds, proof=proof, too_many=many, flood=flood,
            worn_out=worn_out, same_words=same,
        )
    )  # fmt: skip


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
        ({"text": "Hello", "flood": True}, "More came from the same connection within the hour than anybody asks."),
        ({"text": "xcvbdfgsdrtkljh dfgsdrtkl"}, "Its letters make no words."),
    ],
)
def test_judge_keeps_apart_on_one_strong_sign(said: dict[str, Any], reason: str):
    verdict = asked(**said)

    assert (verdict.is_spam, verdict.reasons[0]) == (True, reason)


def test_judge_keeps_apart_on_two_weak_signs_and_names_both_the_heavier_first():
    verdict = asked("Buy from our agency, dear friend", seconds=None)

    assert verdict == Verdict(
        is_spam=True,
        reasons=("The form did not come with the mark that our pages give it.", "It says “our agency”."),
    )


@pytest.mark.parametrize("said", [{"proof": False}, {"many": True}, {"same": True}, {"proof": None}, {"seconds": 3.0}])
def test_judge_notices_one_weak_sign_and_lets_it_through(said: dict[str, Any]):
    verdict = asked("Is the consultation free?", **said)

    assert (verdict.is_spam, len(verdict.reasons)) == (False, 1)


@pytest.mark.parametrize("said", [{"worn_out": True}, {"seconds": None}])
def test_judge_without_proof_keeps_apart_what_did_not_come_from_a_page_of_its_own(said: dict[str, Any]):
    assert asked("Hello", proof=None, **said).is_spam is True


def test_judge_lets_the_quickest_person_without_scripts_ask_from_a_busy_connection():
    assert asked("Can you ring me?", seconds=2.1, proof=None, many=True).is_spam is False


def test_judge_does_not_count_autofill_in_four_seconds_as_a_robot():
    assert asked("Can you ring me?", seconds=4.0) == Verdict(is_spam=False, reasons=())


@pytest.mark.parametrize(
    "hidden",
    ["c\u200ba\u200bs\u200bi\u200bn\u200bo", "\uff43\uff41\uff53\uff49\uff4e\uff4f", "\u202ec\u202ca\u2066sino"],
    ids=ascii,
)
def test_judge_reads_words_as_they_are_seen(hidden: str):
    assert asked(f"{hidden} https://x.example").is_spam is True


@pytest.mark.parametrize("word", ["Angstschweiss", "Hmmmmmmmmm", "Llanfairpwllgwyngyllgogerych", "VanDerBerg"])
def test_judge_takes_a_rare_word_for_a_word(word: str):
    assert asked(word) == Verdict(is_spam=False, reasons=())


def test_judge_takes_a_megabyte_without_reading_it_all():
    assert asked("a www.x.example/ " * 60_000).reasons == ("It holds 1177 links.",)
