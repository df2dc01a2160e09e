"""How a verdict is said to a person: the decision first, then the reasons, and never that they are not suitable."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corneum.clinic.suitability.models import Decision, Screening
from corneum.domain.suitability import (
    FULL,
    QUICK,
    RULES,
    SESSION,
    Clearance,
    Fired,
    Kind,
    Result,
    Role,
    Rule,
    RuleSet,
    Standing,
    Verdict,
)

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


def heading_at_once(verdict: Verdict) -> str:
    """Say in a line what should not wait for the last question."""
    if verdict.is_urgent:
        return "Please talk to somebody now"
    if is_end(verdict):
        return "We treat adults only"
    return heading(verdict)


def is_end(verdict: Verdict) -> bool:
    """Say whether nothing more is asked: of whoever is too young to be treated."""
    return any(one.outcome.by_telephone for one in verdict.fired) and not verdict.is_urgent


DECIDED = {
    Decision.Verb.CLEAR: "You can have this treatment",
    Decision.Verb.CHANGES: "You can have this treatment, with some changes",
    Decision.Verb.GP: "Please see your GP first",
    Decision.Verb.DECLINE: "Let us talk about what else could help",
}
DECIDES = {
    Role.PRACTITIONER: "a practitioner",
    Role.NURSE: "a nurse or doctor",
    Role.PRESCRIBER: "a prescriber",
    Role.DOCTOR: "a doctor",
    Role.MEDICAL_LEAD: "the medical lead",
}


def decided_heading(decision: Decision) -> str:
    """Say in a line what a practitioner decided."""
    if decision.ruling == Decision.Verb.WAIT:
        return f"Please wait until {_date(decision.from_day)}"
    return DECIDED[Decision.Verb(decision.ruling)]


def standing(found: Clearance) -> str:
    """Say to the desk where somebody stands: never why."""
    day = _date(found.from_day) if found.from_day else ""
    if found.standing is Standing.CLEARED:
        return f"Cleared from {day}" if day else "Cleared"
    if found.standing is Standing.ASK:
        return "The health questions are not answered yet"
    if found.standing is Standing.WAIT:
        return f"Not before {day}" if day else "Not yet: send them the questions again when they are ready"
    if found.standing is Standing.DECIDE:
        return "Needs a practitioner"
    return "A practitioner talks with them first"


def in_a_sentence(words: str) -> str:
    """Begin with a small letter, as in the middle of a sentence."""
    return words[:1].lower() + words[1:]


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
    return f"Over by {_date(one.until)}."


def _day(verdict: Verdict) -> str:
    day = verdict.from_day
    return _date(day) if day and day > verdict.on else ""


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _until(verdict: Verdict) -> str:
    return next(one.outcome.until for one in verdict.fired if one.outcome.kind in CLOSED and not one.until)


@dataclass(frozen=True, slots=True)
class Line:
    """One rule that fired, as whoever decides reads it."""

    rule: str
    version: int
    title: str
    does: str
    until: str
    because: str
    practitioner: str
    patient: str
    source: str


DOES = {
    Kind.BLOCK: "Blocks",
    Kind.POSTPONE: "Asks to wait",
    Kind.REVIEW: "Asks somebody to look",
    Kind.ADVISE: "Advice",
}
# What set a rule off, in the words of the form that asks for it; a "yes" says nothing without its question.
SAID = {
    choice.key: part.asks if choice.says == "Yes" else choice.says
    for form in (QUICK, SESSION, FULL)
    for part in form.parts.values()
    for choice in part.choices
    if choice.key in part.facts
} | {part.key: part.asks for form in (QUICK, SESSION, FULL) for part in form.parts.values()}
TITLES = {rule.id: rule.title for rule in RULES.rules}


def for_practitioner(verdict: Verdict) -> Iterator[Line]:
    """Yield every rule that fired, the gravest first, with its text and source."""
    for one in verdict.fired:
        kind, until = one.outcome.kind, one.until
        yield Line(
            one.rule, one.version, TITLES.get(one.rule, "Not answered, or not sure"),
            f"{DOES[kind]}: {DECIDES[one.outcome.overridden_by]}" if kind > Kind.ADVISE else DOES[kind],
            f"until {_date(until)}" if until else f"until {one.outcome.until}" if one.outcome.until else "",
            "; ".join(SAID.get(why, why) for why in one.because), one.practitioner, one.patient, one.source,
        )  # fmt: skip


def who_clears(verdict: Verdict) -> str:
    """Say who may clear it: by keeping every wait, or by setting it aside."""
    looks = max(
        (one.outcome.role for one in verdict.fired if one.outcome.kind is Kind.REVIEW), default=Role.PRACTITIONER
    )
    over = verdict.overridden_by or Role.PRACTITIONER
    if verdict.kind < Kind.POSTPONE:
        return f"This is for {DECIDES[over]} to clear."
    kept = f"With every wait kept, this is for {DECIDES[looks]} to clear; " if verdict.from_day else ""
    return f"{kept}{'to set it aside takes' if kept else 'To set this aside takes'} {DECIDES[over]}."


def changed_since(screening: Screening, verdict: Verdict) -> list[str]:
    """List the rules that say something now which they did not when the form was sent."""
    then = {(one["rule"], one["version"], one["kind"]) for one in screening.fired}
    now = {(one.rule, one.version, one.outcome.kind.name) for one in verdict.fired if one.outcome.kind > Kind.ADVISE}
    return sorted({rule for rule, _, _ in now - then}) if screening.submitted_at else []


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule as a clinician reads and signs it."""

    rule: Rule
    does: str
    numbers: str


def rules_in_words(rules: RuleSet) -> Iterator[RuleInWords]:
    """Yield every rule with what it does and its numbers."""
    for rule in rules.rules:
        does = dict.fromkeys(
            f"{DOES[one.kind]}: {DECIDES[one.overridden_by]}" if one.kind > Kind.ADVISE else DOES[one.kind]
            for clause in rule.clauses
            for one in clause.then
        )
        yield RuleInWords(rule, "; ".join(does), ", ".join(str(span) for span in rule.numbers.values()))
