"""The line: urgent first where somebody said why, then whoever has waited longest, and of those who fit only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local
from corneum.domain.waiting.window import Window


class Reason(StrEnum):
    """Why somebody is not offered a freed time although they stand before whoever is."""

    ENDED = "ended"
    UNREACHABLE = "unreachable"
    OPEN_OFFER = "open-offer"
    ENOUGH = "enough"
    ENOUGH_TO_COME = "enough-to-come"
    ANOTHER_PERSON = "another-person"
    OUTSIDE = "outside"
    NOT_SOONER = "not-sooner"
    OFFERED_BEFORE = "offered-before"
    BUSY = "busy"
    CONSULTATION_FIRST = "consultation"
    TOO_NEAR = "too-near"
    NOT_CLEARED = "not-cleared"
    DOES_NOT_FIT = "does-not-fit"


@dataclass(frozen=True, slots=True)
class Freed:
    """A time that can be had for a treatment: when, by the clinic's own calendar and clock too, and with whom."""

    treatment: int
    starts: int
    ends: int
    practitioners: tuple[int, ...]
    on: date
    clock: int  # minutes since midnight

    @property
    def span(self) -> Interval:
        """Its minutes."""
        return Interval(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody on the list, with all that decides whether a time is for them."""

    ref: str
    joined: int  # UTC seconds: who was there first
    treatment: int
    windows: tuple[Window, ...]
    expires_on: date  # the last day on which they wait
    practitioner: int | None = None
    is_urgent: bool = False
    is_reachable: bool = True
    has_open_offer: bool = False
    has_had_enough: bool = False  # as many offers today as anybody should get
    has_enough_to_come: bool = False  # as many such visits as the clinic gives one patient
    consulted_from: int | None = None  # before this start it cannot be theirs, for want of a consultation
    too_near: frozenset[date] = frozenset()  # days too near to another session of theirs
    not_cleared: frozenset[date] = frozenset()  # days for which nobody has cleared them
    sooner_than: int | None = None  # the start of the visit that they would give up
    offered: tuple[Interval, ...] = field(default=())  # times that they were offered before
    busy: tuple[Interval, ...] = field(default=())  # appointments that they have


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody who stands before the one who is offered a time, and why it is not offered to them."""

    ref: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is offered what, and who was passed over, in the order of the line."""

    waiter: Waiter
    time: Freed
    passed: tuple[Passed, ...]


def freed_at(treatment: int, starts: int, ends: int, practitioners: Iterable[int], zone: str) -> Freed:
    """This will write down a free time with what the clinic's calendar and clock say at its start."""
    wall = local(starts, zone)
    return Freed(treatment, starts, ends, tuple(practitioners), wall.date(), wall.hour * 60 + wall.minute)


def in_line(waiting: Iterable[Waiter]) -> list[Waiter]:
    """This will put people in their order: urgent ones first, then by how long they wait, then by their ref."""
    return sorted(waiting, key=lambda waiter: (not waiter.is_urgent, waiter.joined, waiter.ref))


def why_not(waiter: Waiter, time: Freed, today: date) -> Reason | None:
    """This will say why a time is not for somebody, the most lasting reason first; None when it is."""
    return _why_none_at_all(waiter, today) or next((reason for reason, holds in _faults(waiter, time) if holds), None)


def next_in_line(waiting: Iterable[Waiter], free: Mapping[int, Sequence[Freed]], today: date) -> Chosen | None:
    """
    This will find the first person in line for whom there is a time, and the first time that is for them.

    Everybody before them is named with the reason why that time is not theirs, found by the same
    rules that found them. None: there is nobody left for whom anything is free.

    :param free: the free times of each treatment, in the order in which they are to be offered
    """
    line = in_line(waiting)
    for place, waiter in enumerate(line):
        if _why_none_at_all(waiter, today):
            continue
        time = next((one for one in free.get(waiter.treatment, ()) if why_not(waiter, one, today) is None), None)
        if time is not None:
            passed = (Passed(before.ref, reason) for before in line[:place] if (reason := why_not(before, time, today)))
            return Chosen(waiter, time, tuple(passed))
    return None


def _why_none_at_all(waiter: Waiter, today: date) -> Reason | None:
    """Say what keeps somebody from every offer, whatever the time."""
    if waiter.expires_on < today:
        return Reason.ENDED
    if not waiter.is_reachable:
        return Reason.UNREACHABLE
    if waiter.has_open_offer:
        return Reason.OPEN_OFFER
    if waiter.has_enough_to_come:
        return Reason.ENOUGH_TO_COME
    return Reason.ENOUGH if waiter.has_had_enough else None


def _faults(waiter: Waiter, time: Freed) -> Iterable[tuple[Reason, bool]]:
    """Try what a time must be for somebody, one thing after the other."""
    wrong_person = waiter.practitioner is not None and waiter.practitioner not in time.practitioners
    yield Reason.ANOTHER_PERSON, wrong_person
    yield Reason.OUTSIDE, not any(window.holds(time.on, time.clock) for window in waiter.windows)
    yield Reason.NOT_SOONER, waiter.sooner_than is not None and time.starts >= waiter.sooner_than
    yield Reason.OFFERED_BEFORE, any(time.span.overlaps(before) for before in waiter.offered)
    yield Reason.BUSY, any(time.span.overlaps(visit) for visit in waiter.busy)
    too_soon = waiter.consulted_from is not None and time.starts < waiter.consulted_from
    yield Reason.CONSULTATION_FIRST, too_soon
    yield Reason.TOO_NEAR, time.on in waiter.too_near
    yield Reason.NOT_CLEARED, time.on in waiter.not_cleared
    yield Reason.DOES_NOT_FIT, waiter.treatment != time.treatment
