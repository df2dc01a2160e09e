"""When a rule fires: conditions as data, each of which more answers can only make truer."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from corneum.domain.suitability.answers import Answers


@dataclass(frozen=True, slots=True)
class Given:
    """What a condition is asked about: the answers, the days they are judged on and were given, and the rule's numbers."""

    answers: Answers
    facts: Mapping[str, date | None]
    on: date
    numbers: Mapping[str, "Span"]
    answered_on: date


@dataclass(frozen=True, slots=True)
class Met:
    """A condition holds: because of these, and until this day if a day ends it."""

    because: tuple[str, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in the unit that the rule is written in."""

    count: int
    unit: str = "days"  # days, months or years

    def after(self, day: date) -> date:
        """Answer with the day that is so long after another; a month that is too short ends on its last day."""
        try:
            if self.unit == "days":
                return day + timedelta(days=self.count)
            months = day.year * 12 + day.month - 1 + self.count * (12 if self.unit == "years" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.max

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit.removesuffix('s')}"


class Condition(Protocol):
    """Something that the answers may or may not meet."""

    @property
    def reads(self) -> frozenset[str]:
        """The facts that it looks for: whoever is not sure about one is asked by a person."""
        ...

    def met(self, given: Given) -> Met | None:
        """Say why it holds, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Chose:
    """One of these facts was chosen."""

    facts: tuple[str, ...]

    @property
    def reads(self) -> frozenset[str]:
        """These facts."""
        return frozenset(self.facts)

    def met(self, given: Given) -> Met | None:
        """Because of those that were chosen."""
        found = tuple(fact for fact in self.facts if fact in given.facts)
        return Met(found) if found else None


@dataclass(frozen=True, slots=True)
class Since:
    """One of these facts was so less than a while ago; if nobody knows when, it is the day on which they said so."""

    facts: tuple[str, ...]
    span: str

    @property
    def reads(self) -> frozenset[str]:
        """These facts."""
        return frozenset(self.facts)

    def met(self, given: Given) -> Met | None:
        """Because of those that are not long enough ago, until the last of them is."""
        span = given.numbers[self.span]
        ends = {fact: span.after(given.facts[fact] or given.answered_on) for fact in self.facts if fact in given.facts}
        found = tuple(fact for fact, end in ends.items() if end > given.on)
        return Met(found, max(ends[fact] for fact in found)) if found else None


@dataclass(frozen=True, slots=True)
class LongSince:
    """This fact was so at least a while ago, on a day that is known."""

    fact: str
    span: str

    @property
    def reads(self) -> frozenset[str]:
        """This fact."""
        return frozenset((self.fact,))

    def met(self, given: Given) -> Met | None:
        """Because it is long ago."""
        day = given.facts.get(self.fact)
        return Met((self.fact,)) if day and given.numbers[self.span].after(day) <= given.on else None


@dataclass(frozen=True, slots=True)
class Still:
    """This fact is so now; the date is when it is expected to end, and a while is counted from there."""

    fact: str
    span: str

    @property
    def reads(self) -> frozenset[str]:
        """This fact."""
        return frozenset((self.fact,))

    def met(self, given: Given) -> Met | None:
        """Because of it, until so long after its planned end; an end that has passed is no end."""
        if self.fact not in given.facts:
            return None
        ends = given.facts[self.fact]
        return Met((self.fact,), given.numbers[self.span].after(ends) if ends and ends >= given.on else None)


@dataclass(frozen=True, slots=True)
class YoungerThan:
    """The birthday of so many years is still to come; or no birthday, and one of these facts."""

    span: str
    fact: str

    @property
    def reads(self) -> frozenset[str]:
        """The fact that says so without a birthday."""
        return frozenset((self.fact,))

    def met(self, given: Given) -> Met | None:
        """Because of age, until the birthday if it is known."""
        born = given.answers.born
        birthday = given.numbers[self.span].after(born) if born else None
        if birthday and birthday > given.on:
            return Met(("date of birth",), birthday)
        return Met((self.fact,)) if self.fact in given.facts else None


@dataclass(frozen=True, slots=True)
class Sooner:
    """A wanted date lies less than a while ahead."""

    part: str
    span: str

    @property
    def reads(self) -> frozenset[str]:
        """No fact."""
        return frozenset()

    def met(self, given: Given) -> Met | None:
        """Because of the date."""
        wanted = given.answers.dates.get(self.part)
        return Met((self.part,)) if wanted and wanted < given.numbers[self.span].after(given.on) else None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """
    One of these words begins a word of a text: of these parts, or with no part of any.

    A person reads every text; this only brings it to the front. It cannot tell "no warfarin" from
    "warfarin", and asks about both.
    """

    words: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        """No fact."""
        return frozenset()

    def met(self, given: Given) -> Met | None:
        """Because of the parts that hold such a word. The words themselves stay where they were written."""
        texts = given.answers.texts
        pattern = _pattern(self.words)
        found = tuple(
            part for part in self.parts or sorted(texts) if pattern.search(texts.get(part, "").replace("\u2019", "'"))
        )
        return Met(found) if found else None


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of these conditions hold."""

    count: int
    of: tuple[Condition, ...]

    @property
    def reads(self) -> frozenset[str]:
        """Whatever they read."""
        return frozenset().union(*(one.reads for one in self.of))

    def met(self, given: Given) -> Met | None:
        """Because of all that hold."""
        held = [met for one in self.of if (met := one.met(given))]
        return Met(tuple(because for met in held for because in met.because)) if len(held) >= self.count else None
