"""Finding what somebody means: words as they are compared, the nearest known word to a misspelt one, and people."""

from corneum.domain.finding.people import Part, Term, asked_for, joined, known_by, nearness
from corneum.domain.finding.spelling import distance, nearest
from corneum.domain.finding.words import words_of

__all__ = ["Part", "Term", "asked_for", "distance", "joined", "known_by", "nearest", "nearness", "words_of"]
