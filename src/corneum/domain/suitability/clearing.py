"""From which day somebody may have a treatment: what the rules say of their answers, and what a person decided."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

from corneum.domain.suitability.conditions import Span
from corneum.domain.suitability.outcomes import Kind, Role
from corneum.domain.suitability.verdict import Result, Verdict

GOOD_FOR = Span(12, "months")  # our own default: answers of a year ago are asked anew
MOST_WAITS = 8  # one wait may end in another; no rule book has so many in a row

Judge = Callable[[date], Verdict]
News = tuple[str, int, int, str]  # a rule, its version, what kind of thing it says, and until when


class Standing(IntEnum):
    """Where somebody stands with a treatment, the mildest first."""

    CLEARED = 0
    ASK = 1  # the questions have not been answered, or too long ago
    WAIT = 2  # not before a day, or not until something has settled and they say so
    DECIDE = 3  # a practitioner has to look at the answers
    TALK = 4  # a practitioner has decided otherwise, and talks with them


class Ruling(Enum):
    """What a practitioner may decide."""

    CLEAR = "clear"
    CHANGES = "changes"
    WAIT = "wait"
    GP = "gp"
    DECLINE = "decline"


CLEARING = frozenset({Ruling.CLEAR, Ruling.CHANGES})


@dataclass(frozen=True, slots=True)
class Decided:
    """What a practitioner decided, on which day, from which day on, and of which rules they knew."""

    ruling: Ruling
    on: date
    from_day: date
    knew: frozenset[News]


@dataclass(frozen=True, slots=True)
class Clearance:
    """Where somebody stands, and on which days a session may be."""

    standing: Standing
    from_day: date | None = None  # the first day on which it may be, or may be asked again; none: no date says so
    to_day: date | None = None  # the last day for which the answers count, and on which no rule asks for a look
    until: str = ""  # when no date ends a wait: what does
    role: Role | None = None  # who has to look

    def allows(self, day: date) -> bool:
        """Say whether a session may be on a day."""
        if self.standing is not Standing.CLEARED:
            return False
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


ANY_DAY = Clearance(Standing.CLEARED)  # nothing was asked, because nothing needs to be
NOT_ASKED = Clearance(Standing.ASK)


def news_in(verdict: Verdict) -> frozenset[News]:
    """List what a verdict says that somebody must look at or wait for."""
    return frozenset(
        (one.rule, one.version, int(one.outcome.kind), one.until.isoformat() if one.until else "")
        for one in verdict.fired
        if one.outcome.kind > Kind.ADVISE
    )


def clearance(judge: Judge, *, answered_on: date, on: date, decided: Decided | None = None) -> Clearance:
    """
    Say from which day somebody may be treated.

    A decision stands until the rules say something that whoever decided did not know: then it is
    theirs again. Without a decision, only what no rule keeps back is cleared.

    :param judge: what the rules say of the answers on a day
    :param answered_on: when they were given; after a year they are asked anew
    """
    last = GOOD_FOR.after(answered_on)
    if last <= on:
        return NOT_ASKED
    if decided is not None:
        return _as_decided(judge, decided, last, on)
    day = on
    for _ in range(MOST_WAITS):
        verdict = judge(day)
        if verdict.kind <= Kind.ADVISE:
            return Clearance(Standing.CLEARED, from_day=day, to_day=_last_clear_day(judge, day, last))
        if verdict.kind is not Kind.POSTPONE or verdict.from_day is None:
            return _kept_back(verdict, day if day > on else None)
        day = verdict.from_day
    return Clearance(Standing.DECIDE, from_day=day, role=Role.PRACTITIONER)


def gravest(clearances: Collection[Clearance]) -> Clearance:
    """Put together what several forms say: the gravest counts, and of days the narrowest."""
    worst = max(clearances, key=lambda one: (one.standing, one.from_day or date.min))
    if worst.standing is not Standing.CLEARED:
        return worst
    return Clearance(
        Standing.CLEARED,
        max((one.from_day for one in clearances if one.from_day), default=None),
        min((one.to_day for one in clearances if one.to_day), default=None),
    )


def _last_clear_day(judge: Judge, first: date, last: date) -> date:
    """
    Find the last day on which no rule asks to wait or to look, between a day that is so and another.

    A rule may begin to hold as days go by: an occasion draws near. What has begun holds for good,
    so the middle always says in which half it begins.
    """
    if judge(last).kind <= Kind.ADVISE:
        return last
    while (last - first).days > 1:
        middle = first + (last - first) // 2
        first, last = (middle, last) if judge(middle).kind <= Kind.ADVISE else (first, middle)
    return first


def _as_decided(judge: Judge, decided: Decided, last: date, on: date) -> Clearance:
    anew = judge(decided.on)
    if not news_in(anew) <= decided.knew:
        return Clearance(Standing.DECIDE, role=anew.overridden_by or Role.PRACTITIONER)
    if decided.ruling in CLEARING:
        return Clearance(Standing.CLEARED, from_day=decided.from_day, to_day=last)
    if decided.ruling is Ruling.WAIT:
        return NOT_ASKED if decided.from_day <= on else Clearance(Standing.WAIT, from_day=decided.from_day)
    return Clearance(Standing.TALK)


def _kept_back(verdict: Verdict, day: date | None) -> Clearance:
    if verdict.result is Result.WAIT and verdict.is_signed:
        until = next((one.outcome.until for one in verdict.fired if one.outcome.until and not one.until), "")
        return Clearance(Standing.WAIT, until=until, role=verdict.overridden_by)
    return Clearance(Standing.DECIDE, from_day=day, role=verdict.overridden_by or Role.PRACTITIONER)
