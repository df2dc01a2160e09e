"""The sample pages: honest, whole, and plain enough to read."""

import re
from dataclasses import astuple

import pytest

from corneum.clinic.guides import sample
from corneum.clinic.guides.models import Guide, Part
from corneum.clinic.treatments.models import Evidence
from corneum.clinic.treatments.wording import overclaims

# Written out here as well, so that a rule lost from wording.py is missed.
NEVER = re.compile(
    r"\b(safe\w*|painless\w*|guarante\w*|collagen|permanent\w*|cur(e|es|ed|ing)|best|botox|detox\w*|anti-?wrinkle|"
    r"anti-?ag\w*|eras\w*|remov\w*|regenerat\w*|miracle\w*|flawless|rejuvenat\w*)\b"
    r"|\b(no|zero) (risk|down-?time|pain)|suitable for (all|every|any)|risk-free",
    re.IGNORECASE,
)
OUR_VOICE = re.compile(r"!|\b(please|oops|valid|client|customer|slot)\b", re.IGNORECASE)


def all_texts() -> list[str]:
    texts = [text for guide in sample.GUIDES for text in guide.texts()]
    for rows in (sample.ARTICLES, sample.CONCERNS, sample.EVIDENCE):
        texts += [text for row in rows for text in astuple(row)]
    return texts


def test_no_sample_text_says_more_than_is_known() -> None:
    texts = all_texts()

    assert [text for text in texts if NEVER.search(text)] == []
    assert overclaims(*texts) == []


def test_every_sample_text_keeps_to_the_voice() -> None:
    assert [text for text in all_texts() if OUR_VOICE.search(text)] == []


@pytest.mark.parametrize("guide", sample.GUIDES, ids=lambda guide: guide.treatment)
def test_every_guide_is_whole(guide) -> None:
    kinds = {part.kind for part in guide.parts}

    assert kinds == set(Part.Kind.values)
    assert guide.reach in {"", *Guide.Reach.values}
    assert len(guide.description) <= 155
    assert guide.instead
    assert guide.beside


@pytest.mark.parametrize("guide", sample.GUIDES, ids=lambda guide: guide.treatment)
def test_every_guide_has_evidence_and_says_what_it_is_not_for_or_that_it_is_weak(guide) -> None:
    rows = [row for row in sample.EVIDENCE if row.treatment == guide.treatment]

    assert rows
    assert any(row.strength != Evidence.Strength.MODERATE for row in rows)
    assert all(row.source.endswith(".") and len(row.source) > 20 for row in rows)


def test_evidence_names_concerns_and_strengths_that_exist_once() -> None:
    concerns = {concern.slug for concern in sample.CONCERNS}
    pairs = [(row.treatment, row.concern) for row in sample.EVIDENCE]

    assert {row.concern for row in sample.EVIDENCE} == concerns
    assert {row.strength for row in sample.EVIDENCE} <= set(Evidence.Strength.values)
    assert len(set(pairs)) == len(pairs)


def test_microdermabrasion_is_not_offered_for_inflamed_spots_or_deep_scars() -> None:
    found = {row.concern: row for row in sample.EVIDENCE if row.treatment == "microdermabrasion"}

    assert found["spots"].strength == "very-weak"
    assert "not for sore, inflamed spots" in found["spots"].says
    assert found["deep-lines-and-scars"].strength == "against"
    assert found["melasma"].says.startswith("Not a first choice.")


@pytest.mark.parametrize(
    "texts",
    [
        *([guide.lead, *(part.text for part in guide.parts)] for guide in sample.GUIDES),
        *([article.lead, article.body] for article in sample.ARTICLES),
        [concern.seen_as for concern in sample.CONCERNS],
        [row.says for row in sample.EVIDENCE],
    ],
)
def test_sample_texts_read_at_eleven_or_twelve(texts: list[str]) -> None:
    assert school_year(" ".join(texts)) <= 7


def school_year(text: str) -> float:
    """Flesch and Kincaid's grade: years at school, a good year below the reader's school year in England."""
    sentences = [part for part in re.split(r"[.!?:]+\s|\n\n", text) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z']+", re.sub(r"\(/[^)]*\)", "", text))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouyl])e$", "", w.lower())))) for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
