"""What somebody has answered: choices with their dates, dates, and words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

NOT_SURE = "not-sure"
PREFER_NOT = "prefer-not"
NONE = "none"
BORN = "Q04"  # the part that asks for the date of birth


@dataclass(frozen=True, slots=True)
class Answers:
    """
    The answers to one form, each under the key of the part that asked.

    A choice stands for one fact of the skin or the person, whichever form asks for it, so the quick
    check, the questionnaire and the short form before a session set off the same rules. The date of
    a choice is when it was last so, or none if nobody knows.
    """

    chosen: Mapping[str, Mapping[str, date | None]] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def born(self) -> date | None:
        """The date of birth, if it was given."""
        return self.dates.get(BORN)

    def facts(self) -> dict[str, date | None]:
        """List every fact that was chosen, with the latest date that was given for it; unknown counts as latest."""
        facts: dict[str, date | None] = {}
        for choices in self.chosen.values():
            for choice, on in choices.items():
                known = facts.get(choice, date.min)
                facts[choice] = None if on is None or known is None else max(known, on)
        return facts

    def has(self, part: str) -> bool:
        """Say whether this part was answered at all; an empty text is an answer only if it was sent."""
        return bool(self.chosen.get(part)) or part in self.dates or part in self.texts
