"""Cutting a text where marks begin and end, so that each can be shown where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters that follow one another under the same marks; `marks` are places in the list that was given."""

    text: str
    marks: tuple[int, ...]


def paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Stretch]]:
    """
    Cut a text into those of its lines that hold a mark, each as its stretches; the stretches of a line are that line.

    :param spans: where each mark begins and ends, in letters of the text; they may overlap
    """
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        stop = start + len(line.rstrip("\r\n"))
        if any(begins < stop and ends > start for begins, ends in spans):
            found.append(_stretches(text, start, stop, spans))
        start += len(line)
    return found


def _stretches(text: str, start: int, stop: int, spans: Sequence[tuple[int, int]]) -> list[Stretch]:
    edges = sorted({start, stop, *(edge for span in spans for edge in span if start < edge < stop)})
    return [
        Stretch(text[one:other], tuple(n for n, (begins, ends) in enumerate(spans) if begins < other and ends > one))
        for one, other in pairwise(edges)
    ]
