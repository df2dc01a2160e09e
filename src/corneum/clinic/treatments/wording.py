"""
What a clinic may not say about a treatment, and what it may say in its place.

The rules themselves, each with its reason and source, stand in domain/wording.py.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from corneum.domain.errors import ClinicError
from corneum.domain.wording import check


class Overclaim(NamedTuple):
    """A word that says more than is known, and what to say in its place."""

    word: str
    instead: str


class SaysTooMuch(ClinicError):
    """The text says more than is known."""

    def __init__(self, found: Iterable[Overclaim]) -> None:
        """Say each word and what to write in its place."""
        super().__init__(" ".join(f"“{claim.word}” says more than is known: {claim.instead}." for claim in found))


def overclaims(*texts: str) -> list[Overclaim]:
    """Find every word in some texts that says more than is known, in the order in which it is read."""
    return [Overclaim(hit.word, hit.rule.instead) for text in texts for hit in check(text)]


def keep_to_what_is_known(*texts: str, answered: Collection[str] = ()) -> None:
    """
    Let texts through that say no more than is known.

    :param answered: words that somebody with the right has given a reason for
    :raises SaysTooMuch: one of them does; the sentence says which word, and what to write in its place
    """
    if found := [claim for claim in overclaims(*texts) if claim.word not in answered]:
        raise SaysTooMuch(found)
