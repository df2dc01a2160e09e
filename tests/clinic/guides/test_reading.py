"""Every sample text reads at the age of 11 to 12, by the Flesch-Kincaid grade (Kincaid and others, 1975)."""

import re
from collections.abc import Iterator
from dataclasses import astuple

import pytest

from corneum.clinic.guides.sample import ARTICLES, CONCERNS, EVIDENCE, GUIDES

GRADE = 6  # the sixth year of school in its own country: 11 to 12 years of age


def texts() -> Iterator[tuple[str, str]]:
    """Give what a reader reads of each sample page, with its name; headings and single words are not sentences."""
    for guide in GUIDES:
        yield guide.treatment, " ".join([guide.lead, *(part.text for part in guide.parts)])
    for article in ARTICLES:
        yield article.slug, f"{article.lead} {re.sub(r'(?m)^#.*$', '', article.body)}"
    yield "evidence", " ".join(note.says for note in EVIDENCE)
    yield "concerns", " ".join(astuple(concern)[2] for concern in CONCERNS)


def grade(text: str) -> float:
    """Work out the school year in which a text can be read."""
    plain = re.sub(r"[*_#>]", " ", text)
    sentences = [part for part in re.split(r"[.!?:;]+(?=\s|$)|\n\s*\n|\n-", plain) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z][A-Za-z'\u2019]*", plain)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Count the syllables of an English word, as near as its letters tell."""
    bare = re.sub(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$", lambda end: end.group()[0], word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


@pytest.mark.parametrize(("name", "text"), list(texts()), ids=[name for name, _ in texts()])
def test_sample_text_reads_at_eleven_to_twelve(name: str, text: str) -> None:
    assert grade(text) <= GRADE


def test_grade_tells_a_plain_sentence_from_an_official_one() -> None:
    plain = "We look at your skin. Then we tell you what may help, and what will not."
    official = (
        "Individualised dermatological evaluation necessarily precedes any therapeutic recommendation whatsoever."
    )

    assert grade(plain) < 3
    assert grade(official) > 20
