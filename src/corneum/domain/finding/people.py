"""
Finding a person by what somebody remembers of them: part of a name, a telephone number, a date of birth, an address.

A person is kept as plain words, each beginning with a letter that says what it is a part of, so that one index
answers every question: n a name, d the same with one letter left out, s how it sounds, p a telephone number from one
of its digits on, e an e-mail address from one of its parts on, a its domain, b a date of birth, m its day and month.
Two words that differ by one slip share a word with a letter left out (Garbe 2012, symmetric deletes).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from corneum.domain.finding.plain import bare
from corneum.domain.finding.sounds import sound
from corneum.domain.finding.spelling import distance

LONGEST = 100  # letters of a question that are read
MOST_WORDS = 8
FEWEST_DIGITS = 3
MOST_DIGITS = 15  # E.164
_NOT = float("inf")
_WORD = re.compile(r"[^\W_]+")
_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split("|"), 1)}
_DATE = re.compile(
    r"(?<![\w./-])(?:"
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})(?P<mark>[./-])(?P<month2>\d{1,2})(?:(?P=mark)(?P<year2>\d{4}|\d{2}))?"
    rf"|(?P<day3>\d{{1,2}})(?:st|nd|rd|th)? ?(?P<name>{_NAMES})[a-z]*"
    r"(?: (?P<year3>\d{4}|\d{2}))?"
    r"|(?P<month4>\d{1,2})/(?P<year4>\d{4})"
    r")(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
_SPACED_DATE = re.compile(r"(?P<day2>\d{1,2}) (?P<month2>\d{1,2}) (?P<year2>\d{4})")
_NUMBER = re.compile(r"(?<![^\s(])\+?\(?\d[\d ()./-]*(?!\w)")


class Term(NamedTuple):
    """A word to look for in the index; or, if it only begins so, every word that does."""

    word: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was typed: what it may be, as it is written, and `near` if it may be misspelt."""

    exact: tuple[Term, ...]
    near: tuple[Term, ...] = ()
    name: str = ""

    @property
    def whole(self) -> tuple[Term, ...]:
        """As it is written, and to its last letter."""
        return tuple(term._replace(begins=False) for term in self.exact)

    @property
    def either(self) -> tuple[Term, ...]:
        """As it is written, or nearly so."""
        return (*self.exact, *self.near)


def known_by(*, name: str, phone: str = "", email: str = "", born_on: date | None = None) -> str:
    """
    Write the words by which somebody can be found, parted by spaces.

    :param phone: E.164
    """
    return " ".join(dict.fromkeys([*_of_name(name), *_of_phone(phone), *_of_email(email), *_of_birth(born_on)]))


def asked_for(typed: str) -> list[Part]:
    """Read what somebody typed to find a person, in whatever order. Empty: there is nothing in it to look for."""
    left = " ".join(typed[:LONGEST].split())
    parts: list[Part] = []
    if whole := _SPACED_DATE.fullmatch(left):
        dated, _ = _birth(whole)
        return [Part((*dated, *_number(left)))] if dated else [Part(number) for number in (_number(left),) if number]
    for found in list(_DATE.finditer(left)):
        terms, is_one = _birth(found)
        if is_one:
            parts.append(Part(terms))
            left = left.replace(found.group(), " ", 1)
    parts += [Part((_address(word),)) for word in left.split() if "@" in word and _squashed(word)]
    left = " ".join(word for word in left.split() if "@" not in word)
    for found in list(_NUMBER.finditer(left)):
        if terms := _number(found.group()):
            parts.append(Part(terms))
        left = left.replace(found.group(), " ", 1)
    parts += [_named(word) for word in name_words(left)]
    return parts[:MOST_WORDS]


def joined(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Read two names beside each other as one, each pair in turn: Mary Anne is Maryanne."""
    for place, (one, other) in enumerate(pairwise(parts)):
        if one.name and other.name:
            yield [*parts[:place], _named(one.name + other.name), *parts[place + 2 :]]


def name_words(name: str) -> list[str]:
    """Read the words of a name as they are compared: O'Brien-Łuczak is obrien, luczak."""
    return _WORD.findall(bare(name))


def nearness(parts: Iterable[Part], words: str) -> float | None:
    """
    Say how far somebody is from what was typed: 0 is exactly so, and None is nobody who could be meant.

    :param words: what :func:`known_by` wrote of them
    """
    whole = 0.0
    for part in parts:
        far = min((_exactness(term, f" {words} ") for term in part.exact), default=_NOT)
        if part.near and far == _NOT:
            names = (word[1:] for word in words.split() if word.startswith("n"))
            far = min((_likeness(part.name, name) for name in names), default=_NOT)
        if far == _NOT:
            return None
        whole += far
    return whole


def _exactness(term: Term, words: str) -> float:
    if f" {term.word} " in words:
        return 0
    if not (term.begins and f" {term.word}" in words):
        return _NOT
    return 0.3 if term.word.startswith("n") else 0.5


def _likeness(typed: str, name: str) -> float:
    """Compare two words of names: by their letters, more kindly where they sound alike."""
    sounds_alike = sound(typed) == sound(name)
    longer = max(len(typed), len(name))
    most = 1 if not sounds_alike or longer < 5 else longer // 2  # a vowel in a short name makes another of it
    if abs(len(typed) - len(name)) > most:
        return _NOT
    slips = distance(typed, name)
    return slips + (0 if sounds_alike else 0.5) if slips <= most else _NOT


def _named(word: str) -> Part:
    near = (Term(f"s{sound(word)}"), *(Term(f"d{each}") for each in _slips(word))) if len(word) >= 3 else ()
    return Part((Term(f"n{word}", begins=True), Term(f"e{word}", begins=True)), near, word)


def _slips(word: str) -> list[str]:
    """Give a word and what is left of it without any one letter; of a short word, only the word."""
    shorter = [word[:place] + word[place + 1 :] for place in range(len(word))] if len(word) > 3 else []
    return list(dict.fromkeys([word, *shorter]))


def _of_name(name: str) -> Iterator[str]:
    words = name_words(name)
    for word in words:
        yield f"n{word}"
    for one, other in pairwise(words):
        yield f"n{one}{other}"
    for part in bare(name, apart="'\u2019").split():  # the Brien of an O'Brien
        yield from (f"n{word}" for word in _WORD.findall(part))
    for word in words:
        if len(word) >= 3:
            yield f"s{sound(word)}"
            yield from (f"d{each}" for each in _slips(word))


def _of_phone(phone: str) -> Iterator[str]:
    digits = "".join(letter for letter in phone if letter.isdigit())
    return (f"p{digits[place:]}" for place in range(len(digits) - FEWEST_DIGITS + 1))


def _of_email(email: str) -> Iterator[str]:
    local, _, domain = email.rpartition("@")
    words = _WORD.findall(bare(local))
    for place in range(len(words)):
        yield f"e{''.join(words[place:])}{_squashed(domain)}"
    if domain:
        yield f"a{_squashed(domain)}"


def _of_birth(born_on: date | None) -> Iterator[str]:
    if born_on is not None:
        yield f"b{born_on:%Y%m%d}"
        yield f"m{born_on:%m%d}"


def _squashed(text: str) -> str:
    return "".join(_WORD.findall(bare(text)))


def _address(word: str) -> Term:
    kind = "a" if word.startswith("@") else "e"
    return Term(f"{kind}{_squashed(word)}", begins=True)


def _number(text: str) -> tuple[Term, ...]:
    """Read digits as part of a telephone number, and four of them as a year of birth too."""
    digits = "".join(letter for letter in text if letter.isdigit())
    # 0161 is kept as +44161: the 0 is for ringing from here and is no part of the number
    rung = digits.removeprefix("00").removeprefix("0")[:MOST_DIGITS]
    found = (Term(f"p{rung}", begins=True),) if len(digits) >= FEWEST_DIGITS and rung else ()
    return (*found, Term(f"b{digits}", begins=True)) if found and re.fullmatch(r"(19|20)\d\d", digits) else found


def _birth(found: re.Match[str]) -> tuple[tuple[Term, ...], bool]:
    """Read a date of birth, or a part of one; and whether there is such a day at all."""
    said = found.groupdict()
    year = next((said[key] for key in ("year", "year2", "year3", "year4") if said.get(key)), "")
    month = next((said[key] for key in ("month", "month2", "month4") if said.get(key)), "")
    day = next((said[key] for key in ("day", "day2", "day3") if said.get(key)), "")
    number = int(month) if month else _MONTHS[said["name"].lower()]
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)] if year else [2000]
    try:
        days = [date(each, number, int(day or 1)) for each in years]
    except ValueError:
        return (), False
    if not day:
        return (Term(f"b{days[0]:%Y%m}", begins=True),), True
    if not year:
        return (Term(f"m{days[0]:%m%d}"),), True
    return tuple(Term(f"b{each:%Y%m%d}") for each in days), True
