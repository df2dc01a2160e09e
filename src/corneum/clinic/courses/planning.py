"""A wish and what comes of it: the values that pages, queries and actions hand to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corneum.clinic.courses import words
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.course import Candidate, Obstacle, Plan, Preferences, Spacing
from corneum.platform.accounts.models import Clinic


@dataclass(frozen=True, slots=True)
class Wish:
    """What a course is asked to be; `practitioner` is None for whoever it may be, but the same where possible."""

    clinic: Clinic
    patient: Patient
    treatment: Treatment
    visits: int
    spacing: Spacing
    first: date
    preferences: Preferences = Preferences()  # noqa: RUF009 -- it is frozen
    practitioner: Practitioner | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan, what else was free, and what of it was fixed beforehand."""

    plan: Plan
    candidates: Sequence[Candidate]
    fixed: Mapping[int, Candidate]


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Why there is no plan; `last_day` is the last that can be booked, None when the clinic does not offer it."""

    obstacle: Obstacle
    last_day: date | None

    @property
    def sentences(self) -> list[str]:
        """What stood in the way, as the desk would say it."""
        return words.stood_in_the_way(self.obstacle, last_day=self.last_day)


Answer = Proposal | NoPlan
