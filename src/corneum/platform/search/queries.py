"""Asking the index. The database finds; the order is worked out here, so that both give the same."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from corneum.db.full_text import holding
from corneum.domain.finding import nearest, words_of
from corneum.platform.search.models import Document

LONGEST = 100  # letters of a question that are read
MOST_WORDS = 8
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found, and the sentence in it that says why."""

    kind: str
    key: str
    title: str
    extract: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and the words that were looked for: `instead` says for which written word each was taken."""

    found: list[Found]
    words: list[str]
    instead: dict[str, str]


def search(question: str, *, also_known: Collection[str] = ()) -> Answer:
    """
    Find the pages about what somebody asks, the likeliest first.

    :param also_known: words that are rightly spelt even where no page has them
    """
    asked = list(dict.fromkeys(words_of(question[:LONGEST])))[:MOST_WORDS]
    rows, instead = list(_with_any(asked)) if asked else [], {}
    unknown = [word for word in asked if word not in also_known and not any(_holds(row, word) for row in rows)]
    if unknown:
        known = _vocabulary()
        for word in also_known:
            known[word] += 1
        instead = {word: meant for word in unknown if (meant := nearest(word, known))}
    if instead:
        asked = list(dict.fromkeys(instead.get(word, word) for word in asked))
        rows = list(_with_any(asked))
    ranked = sorted(rows, key=lambda row: (-_weight(row, asked), row.kind, row.key))
    best = (
        [row for row in ranked if set(asked) <= set(row.words.split())]
        or [row for row in ranked if all(_holds(row, word) for word in asked)]
        or ranked
    )
    return Answer([Found(row.kind, row.key, row.title, _extract(row, asked)) for row in best], asked, instead)


def _with_any(words: Sequence[str]) -> QuerySet[Document]:
    """Find the rows with any of these words, or with a longer word that begins with it."""
    return holding(Document.objects.all(), [[(word, True) for word in words]])


def _holds(row: Document, word: str) -> bool:
    return f" {word}" in f" {row.words}"


def _weight(row: Document, words: Sequence[str]) -> float:
    """Count a word in the title most, the more the less else stands there; then in the first sentences, then anywhere."""
    title, lead, anywhere = words_of(row.title), words_of(row.lead), Counter(row.words.split())
    in_title = sum(word in title for word in words)
    return (
        (20 * in_title + 20 * in_title / len(title) if title else 0)
        + sum(6 * (word in lead) + min(anywhere[word], 5) for word in words)
        + sum(known.startswith(word) for word in words for known in title)
    )


def _vocabulary() -> Counter[str]:
    return Counter(word for words in Document.objects.values_list("words", flat=True) for word in words.split())


def _extract(row: Document, words: Sequence[str]) -> str:
    """Choose the sentence with most of the words; the first one where none has any."""
    sentences = [line for text in (row.lead, row.text) for line in _SENTENCE.split(text) if line.strip()]
    if not sentences:
        return ""
    best = max(sentences, key=lambda line: sum(any(w.startswith(word) for w in words_of(line)) for word in words))
    return best if len(best) <= 240 else f"{best[:239].rsplit(' ', 1)[0]}…"
