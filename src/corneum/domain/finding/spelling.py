"""The nearest known word to one that is misspelt."""

from collections.abc import Mapping


def distance(one: str, other: str) -> int:
    """
    Count the slips between two words: a letter too many, too few, wrong, or two letters swapped.

    The optimal string alignment distance (Damerau 1964, as commonly computed).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, its in enumerate(other, start=1):
            least = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        before, last = last, line
    return last[-1]


def slips_forgiven(word: str) -> int:
    """Say how many slips a word may have: none in a very short one, for then it is another word."""
    length = len(word)
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 11 else 3


def nearest(word: str, known: Mapping[str, int]) -> str:
    """
    Find the known word that somebody most likely meant, or "" when none is near.

    :param known: each known word with how often it is written; of two as near, the commoner is meant
    """
    most = slips_forgiven(word)
    near = [
        (slips, -count, other)
        for other, count in known.items()
        if abs(len(other) - len(word)) <= most and (slips := distance(word, other)) <= most
    ]
    return min(near)[2] if near else ""
