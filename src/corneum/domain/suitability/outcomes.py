"""What a rule can say about a treatment, how bad it is, and who may decide otherwise."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum


class Kind(IntEnum):
    """What a rule says, the mildest first: the highest of all that fired is the verdict's."""

    NOTHING = 0
    ADVISE = 1  # allowed; a text is shown and kept
    REVIEW = 2  # somebody of the role must clear it, in the record, before treatment
    POSTPONE = 3  # not before a day, or not until something has settled
    BLOCK = 4  # no treatment until the medical lead says otherwise


class Role(IntEnum):
    """Who must look, the lowest first: whoever stands higher may look too."""

    PRACTITIONER = 1
    NURSE = 2
    PRESCRIBER = 3
    DOCTOR = 4
    MEDICAL_LEAD = 5


class Scope(Enum):
    """Where on the body the trigger counts."""

    AREA = "area"  # in or near the skin that is to be treated
    ANY = "any"  # anywhere


class Method(Enum):
    """How a treatment works on the skin; a few rules hold for some methods only."""

    ABRASION = "abrasion"
    PEEL = "peel"
    NEEDLING = "needling"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a rule does when it fires.

    ``role`` looks at it and, except for a BLOCK, may override it. ``until`` says in words when a
    postponement ends that no date ends, such as "it has healed". ``elsewhere`` names who should be
    seen before us; then not even a consultation is offered first.
    """

    kind: Kind
    role: Role = Role.PRACTITIONER
    until: str = ""
    elsewhere: str = ""
    by_telephone: bool = False  # no booking online, not even of a consultation
    is_urgent: bool = False  # a person is called at once, and help is shown

    @property
    def overridden_by(self) -> Role:
        """The lowest role that may decide otherwise, with a reason."""
        return Role.MEDICAL_LEAD if self.kind is Kind.BLOCK else self.role


def advise() -> Outcome:
    """Allow it, and say something."""
    return Outcome(Kind.ADVISE)


def review(role: Role = Role.PRACTITIONER) -> Outcome:
    """Ask somebody of the role to look first."""
    return Outcome(Kind.REVIEW, role)


def postpone(until: str = "", role: Role = Role.PRACTITIONER) -> Outcome:
    """Wait: until the day that the clause counts out, or until something in words."""
    return Outcome(Kind.POSTPONE, role, until=until)


def block(until: str = "", role: Role = Role.MEDICAL_LEAD, elsewhere: str = "") -> Outcome:
    """Do not treat, and say where to go instead."""
    return Outcome(Kind.BLOCK, role, until=until, elsewhere=elsewhere)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, with all that is kept of it: its version, what set it off and what it says."""

    rule: str
    version: int
    outcome: Outcome
    until: date | None  # the first day on which it no longer holds; none: no date ends it
    because: tuple[str, ...]  # the answers, birthday or words that set it off
    patient: str
    practitioner: str
    source: str
    hazards: tuple[str, ...]

    @property
    def severity(self) -> tuple[int, date, int]:
        """How bad it is, to compare: kind, then how long, then who must look."""
        waits = self.outcome.kind is Kind.POSTPONE
        return self.outcome.kind, (self.until or date.max) if waits else date.min, self.outcome.role
