"""How a verdict is said to a person: the decision first, then the reasons, and never that they are not suitable."""

from collections.abc import Iterator
from dataclasses import dataclass

from corneum.domain.suitability import Fired, Kind, Result, Verdict

CLOSED = frozenset({Kind.POSTPONE, Kind.BLOCK})


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and when it ends if a day ends it."""

    title: str
    says: str
    ends: str


def heading(verdict: Verdict) -> str:
    """Say the decision in a line."""
    if verdict.result is Result.GP_FIRST:
        return f"Please see {verdict.elsewhere} first"
    if verdict.result is Result.WAIT:
        return f"Wait until {_day(verdict) or _until(verdict)}"
    if verdict.result is Result.TALK and verdict.fired and verdict.fired[0].outcome.kind > Kind.ADVISE:
        return "Talk to us first"
    return "Nothing you told us stands in the way"


def reasons(verdict: Verdict) -> Iterator[Reason]:
    """Yield each rule's reason once, the gravest first."""
    seen: set[str] = set()
    for one in verdict.fired:
        if one.rule not in seen:
            seen.add(one.rule)
            yield Reason(one.rule, one.patient, _ends(one))


def _ends(one: Fired) -> str:
    if one.outcome.kind not in CLOSED or one.until is None:
        return ""
    return f"Over by {one.until.day} {one.until:%B %Y}."


def _day(verdict: Verdict) -> str:
    day = verdict.from_day
    return f"{day.day} {day:%B %Y}" if day and day > verdict.on else ""


def _until(verdict: Verdict) -> str:
    return next(one.outcome.until for one in verdict.fired if one.outcome.kind in CLOSED and not one.until)
