"""
The clinic's own words around a visit: headings and sentences, and what they must not leave to redness alone.

A text is written as it is read: a line that begins with `#` is a heading, every other line one thing to know
or to do. Placeholders of a treatment's facts may stand in it (domain/facts.py).
"""

import re
from dataclasses import dataclass

from corneum.domain.errors import ClinicError

# How the same reaction looks or feels on skin on which redness is hard to see.
_ON_EVERY_SKIN = re.compile(
    r"\b(?:feel|feels|warm|warmer|warmth|hot|hotter|tender|tight|sting\w*|brown|black|dark|darker|purple|grey|violet)\b",
    re.IGNORECASE,
)
_REDNESS = re.compile(r"\b(?:red|redder|redness|reddening|pink|pinkness|flush|flushed)\b", re.IGNORECASE)


class NoHeading(ClinicError):
    """Begin with a heading: a line that starts with #."""


class NothingUnder(ClinicError):
    """There is a heading with nothing under it."""


class RednessAlone(ClinicError):
    """Say how it feels, or how it looks on brown and black skin: redness alone does not show on everybody."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def sections_of(text: str) -> tuple[Section, ...]:
    """
    Read a text as its sections.

    :raises NoHeading: the first line is none
    :raises NothingUnder: a heading has no lines
    """
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            found.append((line.lstrip("# "), []))
        elif not found:
            raise NoHeading
        else:
            found[-1][1].append(line.lstrip("-• "))
    if not found or not all(heading for heading, _lines in found):
        raise NoHeading
    if not all(lines for _heading, lines in found):
        raise NothingUnder
    return tuple(Section(heading, tuple(lines)) for heading, lines in found)


def insist_on_every_skin(sections: tuple[Section, ...]) -> None:
    """
    Refuse a section that goes by redness and says nothing else by which to tell.

    Redness is hard to see on brown and black skin, so a text that goes by it alone tells part of its readers nothing.

    :raises RednessAlone: there is such a section
    """
    for section in sections:
        said = " ".join(section.lines)
        if _REDNESS.search(said) and not _ON_EVERY_SKIN.search(said):
            raise RednessAlone
