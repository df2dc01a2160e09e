"""Finding what somebody means: words as they are compared, and the nearest known word to one that is misspelt."""

from corneum.domain.finding.spelling import distance, nearest
from corneum.domain.finding.words import words_of

__all__ = ["distance", "nearest", "words_of"]
