"""A form as data: items of a questionnaire, their parts one to a page, and what each choice stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from corneum.domain.suitability.answers import NONE, NOT_SURE, PREFER_NOT, Answers


class Kind(Enum):
    """How a part is answered."""

    ONE = "one"
    MANY = "many"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen; ``when`` asks for its date."""

    key: str
    says: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """
    One question on one page.

    ``why`` stands under it. ``follows`` names choices of an earlier part: without one of them, it is not asked.
    ``is_optional`` is for what no rule needs.
    """

    key: str
    asks: str
    why: str
    kind: Kind = Kind.ONE
    choices: tuple[Choice, ...] = ()
    follows: tuple[str, frozenset[str]] | None = None
    is_optional: bool = False

    @property
    def facts(self) -> frozenset[str]:
        """The facts that can be chosen here."""
        return frozenset(choice.key for choice in self.choices) - {NONE, NOT_SURE, PREFER_NOT}


@dataclass(frozen=True)
class Item:
    """A question of the questionnaire under its code, with its parts."""

    code: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Form:
    """Items in their order, asked on one occasion."""

    name: str
    version: int
    items: tuple[Item, ...]

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Every part under its key, in order."""
        return {part.key: part for item in self.items for part in item.parts}

    def asked(self, answers: Answers) -> Iterator[Part]:
        """Yield the parts that somebody with these answers is asked."""
        for part in self.parts.values():
            if part.follows is None or part.follows[1] & set(answers.chosen.get(part.follows[0], {})):
                yield part

    def missing(self, answers: Answers) -> list[str]:
        """Name the parts that are asked, needed and not answered."""
        return [part.key for part in self.asked(answers) if not part.is_optional and not answers.has(part.key)]

    def unsure(self, answers: Answers) -> list[str]:
        """Name the parts that are needed and were answered with "not sure"."""
        return [
            part.key
            for part in self.asked(answers)
            if not part.is_optional and NOT_SURE in answers.chosen.get(part.key, {})
        ]

    def facts_of(self, part: str) -> frozenset[str]:
        """Name the facts that a part asks about; nothing for a part of another form."""
        return self.parts[part].facts if part in self.parts else frozenset()


def yes_no(yes: str, when: str = "") -> tuple[Choice, ...]:
    """Offer yes, no and not sure; yes stands for this fact."""
    return Choice(yes, "Yes", when), Choice(NONE, "No"), Choice(NOT_SURE, "I'm not sure")


def any_of(*choices: Choice, none: str = "None of these") -> tuple[Choice, ...]:
    """Offer these, none of them and not sure."""
    return *choices, Choice(NONE, none), Choice(NOT_SURE, "I'm not sure")
