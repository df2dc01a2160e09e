"""
What a clinic may not say about a treatment, and what it may say in its place.

After the Committee of Advertising Practice's advice on cosmetic treatments, which accepts words about
the look of the skin and little else, and the General Medical Council's guidance, under which nothing
is free of risk and nothing is promised. It reads letters, not sense: a person still reads the page.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from corneum.domain.errors import ClinicError


class Overclaim(NamedTuple):
    """A word that says more than is known, and what to say in its place."""

    word: str
    instead: str


class SaysTooMuch(ClinicError):
    """The text says more than is known."""

    def __init__(self, found: Iterable[Overclaim]) -> None:
        """Say each word and what to write in its place."""
        super().__init__(" ".join(f"“{claim.word}” says more than is known: {claim.instead}." for claim in found))


_RISK = "say what can go wrong, and how often"
_LOOK = "say how the skin may look"
_RULES = (
    (r"\b(?:un)?safe(?:r|st|ly|ty)?\b", _RISK),
    (r"\b(?:no|zero|without|free (?:of|from)) (?:any )?risks?\b|\brisk[- ]?free\b", _RISK),
    (r"\bpain[- ]?(?:less(?:ly)?|free)\b|\bno pain\b", "say what it feels like"),
    (r"\b(?:no|zero) down[- ]?time\b", "say how the skin looks and feels afterwards, and for how long"),
    (r"\bguarante\w*|\bproven\b|\bmiracle\w*", "say what studies found, and how sure they are"),
    (r"\bpermanent\w*|\bfor good\b|\bfor ever\b|\bforever\b", "say how long it lasts"),
    (r"\bcur(?:e|es|ed|ing)\b|\bheals? acne\b|\bacne treatment\b", _LOOK),
    (r"\b(?:remov|eras|eliminat)(?:e|es|ed|ing|al)\b|\bget rid of\b", _LOOK),
    (r"\bcollagen\b|\bregenerat\w*|\brejuvenat\w*|\bdetox\w*", _LOOK),
    (r"\banti[- ]?(?:wrinkles?|age|ag(?:e)?ing)\b|\bbotox\b", "prescription medicines are not advertised; leave it out"),
    (r"\bsuit(?:s|able for) (?:everyone|everybody|anyone|all)\b", "say who waits and who chooses something else"),
    (r"\bbest\b|\bflawless\b|\bperfect\b", "say what was measured, or leave it out"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in _RULES)


def overclaims(*texts: str) -> list[Overclaim]:
    """Find every word in some texts that says more than is known, in the order of the rules."""
    return [
        Overclaim(match.group(), instead)
        for pattern, instead in _PATTERNS
        for text in texts
        for match in pattern.finditer(text)
    ]


def keep_to_what_is_known(*texts: str) -> None:
    """
    Let texts through that say no more than is known.

    :raises SaysTooMuch: one of them does; the sentence says which word, and what to write in its place
    """
    if found := overclaims(*texts):
        raise SaysTooMuch(found)
