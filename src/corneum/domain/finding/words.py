"""Words as they are compared: small letters, no accents, no plural s, and no words that say nothing."""

import re

from corneum.domain.finding.plain import bare

_SAYS_NOTHING = frozenset(
    {
        "a", "about", "after", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
        "have", "how", "i", "if", "in", "is", "it", "my", "of", "on", "or", "our", "that", "the", "this", "to",
        "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
    }
)  # fmt: skip
# Written apart or with a hyphen it is still one word, and never the shorter word that stands in it.
_JOINED = re.compile(r"\b(micro|photo)[\s\u00ad\u2010-\u2015-]+(?=[a-z]{5})")
_WORD = re.compile(r"[^\W_]+")
LONGEST = 40  # letters; nobody's word is longer, and a search engine's patience ends


def words_of(text: str) -> list[str]:
    """Read the words of a text in their order: `Micro-dermabrasion for scars` is microdermabrasion, scar."""
    found = _WORD.findall(_JOINED.sub(r"\1", bare(text)))
    return [_singular(word[:LONGEST]) for word in found if word not in _SAYS_NOTHING]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
