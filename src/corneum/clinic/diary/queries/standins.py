"""Stand-ins: who and what is free for a visit, at its own time or at another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.queries.search import search
from corneum.clinic.diary.queries.standing import Sought
from corneum.domain.scheduling.openings import Homes
from corneum.domain.scheduling.wall import local


@dataclass(frozen=True, slots=True)
class Standins:
    """For a visit at one time: what it needs, who and what is free for it, and what it has now."""

    starts: int
    sought: Sequence[Sought]
    free: Sequence[Sequence[Owner]]
    has: frozenset[Owner]
    homes: Homes

    def practitioner_ids(self) -> list[int]:
        """Everybody who is free, who has it now first."""
        return [owner.key for owner in sorted(self.free[0], key=lambda owner: owner not in self.has)]

    def picks(self, *, practitioner_id: int, rather: Sequence[Owner] = ()) -> Iterator[tuple[Owner, ...]]:
        """Yield every way to meet its needs with this person: first what is asked for, then what it has now."""
        people = [owner for owner in self.free[0] if owner.key == practitioner_id]
        things = [
            sorted(owners, key=lambda owner: (owner not in rather, owner not in self.has)) for owners in self.free[1:]
        ]
        yield from _picks([people, *things], self.homes, ())


def standins_for(appointment: Appointment, *, at: datetime) -> Standins | None:
    """
    Find who and what is free for a visit at its own time; None when the clinic gives its treatment no more.

    Hours, training, blocks and what is booked count; notice and horizon do not, because the time was
    agreed on. Who has it now may keep it outside their hours, as was agreed too.
    """
    day = local(appointment.starts, appointment.clinic.zone).date()
    found = search(
        clinic=appointment.clinic, treatment=appointment.treatment, first=day, last=day, at=at, ignoring=appointment,
        exactly=True,
    )  # fmt: skip
    if found is None:
        return None
    starts, has = appointment.starts, _owners_of(appointment)
    free = [
        [
            owner
            for owner in need.owners
            if (place == 0 and owner in has and found.is_free(owner, starts))
            or starts in found.starts_of(need, owner, found.busy)
        ]
        for place, need in enumerate(found.sought)
    ]
    return Standins(starts, found.sought, free, has, found.standing.homes)


def other_times_for(appointment: Appointment, *, first: date, last: date, at: datetime) -> Iterator[Standins]:
    """
    Yield every time on these days to which a visit could move, with who and what is free then, earliest first.

    By the rules by which it can be booked; the patient's own other visits are in the way too.
    """
    found = search(
        clinic=appointment.clinic, treatment=appointment.treatment, first=first, last=last, at=at,
        patient=appointment.patient, ignoring=appointment,
    )  # fmt: skip
    if found is None:
        return
    has, openings = _owners_of(appointment), found.openings()
    for start in openings.starts.iterate():
        if start == appointment.starts:
            continue
        free = [cast("Sequence[Owner]", openings.free_at(start, place)) for place in range(len(found.sought))]
        yield Standins(start, found.sought, free, has, found.standing.homes)


def _owners_of(appointment: Appointment) -> frozenset[Owner]:
    return frozenset(slot.schedule.owner for slot in appointment.slots.select_related("schedule"))


def _picks(choices: Sequence[Sequence[Owner]], homes: Homes, chosen: tuple[Owner, ...]) -> Iterator[tuple[Owner, ...]]:
    if len(chosen) == len(choices):
        yield chosen
        return
    for owner in choices[len(chosen)]:
        if homes.allow(owner, chosen):
            yield from _picks(choices, homes, (*chosen, owner))
