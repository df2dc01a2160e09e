"""A plan as the desk reads it: a line for each visit, what else it could be, and all of it in an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from corneum.clinic.courses import queries, words
from corneum.clinic.courses.planning import Proposal, Wish
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.domain.scheduling.course import Candidate, alternatives
from corneum.domain.scheduling.wall import local

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of a plan; `chosen` is how a form or an address says which time it has."""

    number: int
    start: int
    practitioner: Practitioner
    after: str  # how long after the one before
    remarks: tuple[str, ...]
    chosen: str  # empty: it stays as it is
    change_url: str


@dataclass(frozen=True, slots=True)
class Another:
    """Another time that a visit could have."""

    start: int
    url: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class DayOfOthers:
    """The other times of one day with one person."""

    day: date
    practitioner: Practitioner
    times: tuple[Another, ...]
    is_same: bool  # whether this is who has the visit now


def read_times(written: Iterable[str]) -> dict[int, Candidate]:
    """Read what `chosen` wrote, by number; what is not a time is left out."""
    found: dict[int, tuple[int, str, str]] = {}
    for each in written:
        number, start, who, device = [*each.split("."), "", "", ""][:4]
        if number.isascii() and number.isdigit() and start.isascii() and start.isdigit() and len(start) < 10:
            found[int(number)] = (int(start), who, device)
    people = queries.keys_of_people(who for _, who, _ in found.values())
    devices = queries.keys_of_devices(device for _, _, device in found.values())
    return {
        number: Candidate(start, people[who], devices.get(device))
        for number, (start, who, device) in found.items()
        if who in people
    }


def lines_of(proposal: Proposal, wish: Wish, *, stays: Iterable[int], page: str, asked: Pairs) -> list[Line]:
    """
    Write a plan as lines.

    :param stays: the numbers of the visits that are not planned here
    :param page: the address of the page, which reads `asked`, the chosen times and which one to change
    """
    visits, staying = proposal.plan.visits, set(stays)
    people = queries.people_of(visits)
    written = _written(visits, people, queries.devices_by_key(visits), staying)
    lines = []
    for number, one in enumerate(visits, 1):
        before = visits[number - 2] if number > 1 else None
        query = urlencode([*asked, *(("time", each) for each in written.values()), ("change", str(number))])
        lines.append(
            Line(
                number=number,
                start=one.start,
                practitioner=people[one.practitioner],
                after="" if before is None else words.gap(_days_between(before, one, wish)),
                remarks=() if number in staying else _remarks(before, one, wish),
                chosen=written.get(number, ""),
                change_url="" if number in staying else f"{page}?{query}#change",
            )
        )
    return lines


def others_of(
    proposal: Proposal, wish: Wish, number: int, *, stays: Iterable[int], page: str, asked: Pairs
) -> list[DayOfOthers]:
    """List what one visit could be instead while the others stay, by day and person."""
    visits, staying = proposal.plan.visits, set(stays)
    found = alternatives(proposal.candidates, visits, number, spacing=wish.spacing, zone=wish.clinic.zone)
    people, devices = queries.people_of([*found, *visits]), queries.devices_by_key([*found, *visits])
    written = _written(visits, people, devices, staying)
    now_with, now_on = visits[number - 1].practitioner, visits[number - 1].device
    found = _on_one_device(found, now_on)

    def group(one: Candidate) -> tuple[date, bool, int]:
        return local(one.start, wish.clinic.zone).date(), one.practitioner != now_with, one.practitioner

    def another(one: Candidate) -> Another:
        times = written | {number: _write(number, one, people, devices)}
        query = urlencode([*asked, *(("time", each) for each in times.values())])
        return Another(one.start, f"{page}?{query}", one == visits[number - 1])

    return [
        DayOfOthers(day, people[who], tuple(another(one) for one in times), not is_other)
        for (day, is_other, who), times in groupby(sorted(found, key=lambda one: (*group(one), one.start)), key=group)
    ]


def _on_one_device(times: Iterable[Candidate], device: int | None) -> list[Candidate]:
    """Keep of each time and person one device: the one that the visit has now, if that is free."""
    kept: dict[tuple[int, int], Candidate] = {}
    for one in times:
        if one.device == device or (one.start, one.practitioner) not in kept:
            kept[one.start, one.practitioner] = one
    return list(kept.values())


def _written(
    visits: Sequence[Candidate], people: Mapping[int, Practitioner], devices: Mapping[int, Device], staying: set[int]
) -> dict[int, str]:
    return {
        number: _write(number, one, people, devices) for number, one in enumerate(visits, 1) if number not in staying
    }


def _write(number: int, one: Candidate, people: Mapping[int, Practitioner], devices: Mapping[int, Device]) -> str:
    device = "" if one.device is None else f".{devices[one.device].ref}"
    return f"{number}.{one.start}.{people[one.practitioner].ref}{device}"


def _days_between(one: Candidate, other: Candidate, wish: Wish) -> int:
    zone = wish.clinic.zone
    return (local(other.start, zone).date() - local(one.start, zone).date()).days


def _remarks(before: Candidate | None, one: Candidate, wish: Wish) -> tuple[str, ...]:
    """Say in what a visit is not as was wished."""
    wall, rather = local(one.start, wish.clinic.zone), wish.preferences
    remarks = []
    longest = wish.treatment.gap.longest
    if before is not None and longest is not None and _days_between(before, one, wish) > longest:
        remarks.append(f"More than {words.gap(longest)} after the one before, which is the most that is sensible")
    if before is not None and before.practitioner != one.practitioner:
        remarks.append("Another practitioner than the visit before")
    if before is not None and before.device is not None and before.device != one.device:
        remarks.append("Another device than the visit before")
    if rather.weekdays and wall.weekday() not in rather.weekdays:
        remarks.append("Not on a preferred day")
    if not rather.from_minute <= wall.hour * 60 + wall.minute < rather.until_minute:
        remarks.append("Not at a preferred time")
    return tuple(remarks)
