"""What may not be said of a treatment."""

from datetime import date

import pytest

from corneum.clinic.treatments import actions
from corneum.clinic.treatments.models import Concern, Evidence, Treatment
from corneum.clinic.treatments.wording import SaysTooMuch, keep_to_what_is_known, overclaims
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast

TEST = Actor.system("test")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is safe.", "safe"),
        ("SAFELY done", "SAFELY"),
        ("a painless scrub", "painless"),
        ("pain-free", "pain-free"),
        ("results guaranteed", "guaranteed"),
        ("more collagen", "collagen"),
        ("suitable for everyone", "suitable for everyone"),
        ("suitable for all skin types", "suitable for all"),
        ("There is no risk", "no risk"),
        ("with no downtime", "no downtime"),
        ("zero down-time", "zero down-time"),
        ("it cures spots", "cures"),
        ("a permanent change", "permanent"),
        ("the best peel in town", "best"),
        ("anti-wrinkle injections", "anti-wrinkle"),
        ("an anti ageing cream", "anti ageing"),
        ("removes wrinkles", "removes"),
        ("erase lines", "erase"),
        ("skin regenerates", "regenerates"),
        ("Botox", "Botox"),
    ],
)
def test_overclaims_finds_the_word(text: str, word: str) -> None:
    assert [claim.word for claim in overclaims("Skin often looks smoother.", text)] == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Skin may look smoother for a while, and the effect fades.",
        "Accurate, secure, bestow, procure.",
        "Most people need no anaesthetic.",
        "Nobody can promise you a result.",
        "At least 3 days",
    ],
)
def test_overclaims_lets_plain_words_through(text: str) -> None:
    assert overclaims(text) == []


def test_keep_to_what_is_known_says_each_word_and_what_to_write_in_its_place() -> None:
    with pytest.raises(SaysTooMuch) as refusal:
        keep_to_what_is_known("Safe and permanent.")

    assert str(refusal.value) == (
        "“Safe” says more than is known: say what can go wrong, and how often. "
        "“permanent” says more than is known: say how long it lasts."
    )


def test_note_evidence_refuses_what_says_too_much_and_writes_nothing(cast: Cast) -> None:
    concern = Concern.objects.create(slug="lines", name="Fine lines")

    with pytest.raises(SaysTooMuch):
        actions.note_evidence(
            treatment=cast.peel, concern=concern, says="Removes lines.", strength="weak", source="A paper",
            reviewed_on=date(2026, 3, 2), by=TEST, at=NOW,
        )  # fmt: skip

    assert not Evidence.objects.exists()


def test_add_treatment_refuses_what_says_too_much_and_writes_nothing(cast: Cast) -> None:
    with pytest.raises(SaysTooMuch):
        actions.add_treatment(
            slug="new", name="New", short_name="New", kind="treatment", family="other", summary="A scrub.",
            feels_like="Painless", minutes=30, needs=[], by=TEST, at=NOW,
        )  # fmt: skip

    assert not Treatment.objects.filter(slug="new").exists()
