"""The text of a document: facts come from the treatment, typed words stay words, a fingerprint is of one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corneum.domain.consent.drawing import NotADrawing, drawing
from corneum.domain.consent.text import (
    SECTIONS,
    Facts,
    FactTyped,
    UnknownPlaceholder,
    check_facts,
    fingerprint,
    plain,
    written,
)

TEXTS = {section.name: f"Words of {section.name}." for section in SECTIONS}
FACTS = Facts("Microdermabrasion", "Alder", 45, 8500, settling="Pink for hours", course="Often 6")


def test_facts_of_the_treatment_stand_above_the_sections_and_in_their_places() -> None:
    text = written({**TEXTS, "what": "It lasts {minutes} for {price}."}, FACTS, version=3, approved="Nadia")

    assert "- It takes 45 minutes.\n- Settling: Pink for hours.\n- How many: Often 6.\n- One session: £85." in text
    assert "It lasts 45 minutes for £85." in text
    assert [section.heading for section in SECTIONS if f"## {section.heading}\n" not in text] == []


@pytest.mark.parametrize(
    ("typed", "refusal"), [("45 minutes", FactTyped), ("for £85", FactTyped), ("{sessions}", UnknownPlaceholder)]
)
def test_fact_that_is_typed_and_braces_around_nothing_are_refused(typed, refusal) -> None:
    with pytest.raises(refusal):
        check_facts({**TEXTS, "what": typed}, minutes=45, prices=frozenset({8500}))


@given(st.text(alphabet=st.sampled_from("ab *_#[]()!`<>&~-+.1|\\\n"), min_size=1, max_size=60))
def test_what_somebody_typed_becomes_words_and_nothing_else(typed) -> None:
    tokens = MarkdownIt("commonmark", {"html": False}).parse(plain(typed))

    kinds = {child.type for token in tokens for child in (token.children or [])} | {token.type for token in tokens}
    assert kinds <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
        "softbreak", "hardbreak",
    }  # fmt: skip


def test_fingerprint_is_the_sha_256_of_the_words() -> None:
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_drawing_is_strokes_in_the_field_and_nothing_else() -> None:
    assert drawing("") == ""
    assert drawing("M1 2L30 40M5 5L599 199") == "M1 2L30 40M5 5L599 199"
    for wrong in ("L1 2", "M1 2Z", 'M1 2"/><script>', "M1000 2", "M1 2" * 6000, "M1 2\n"):
        with pytest.raises(NotADrawing):
            drawing(wrong)
