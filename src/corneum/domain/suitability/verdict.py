"""From answers to a verdict: every rule that fired, and the one thing that follows."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from corneum.domain.suitability.answers import Answers
from corneum.domain.suitability.conditions import Given, Met
from corneum.domain.suitability.forms import Form
from corneum.domain.suitability.outcomes import Fired, Kind, Method, Outcome, Role, Scope
from corneum.domain.suitability.rules import Rule, RuleSet


class Result(Enum):
    """What a person reads. Nobody reads that they are not suitable."""

    SUITS = "suits"
    WAIT = "wait"
    TALK = "talk"
    GP_FIRST = "gp-first"


UNANSWERED = Rule(
    "R00", 1, "A question that was not answered", Scope.ANY, (),
    "A practitioner will go through this with you before anything is decided.",
    "Not answered, or answered with not sure. Ask, and decide.",
    "Our own: not sure is never taken for no", ("S15",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say about one person and one method on one day. A named practitioner decides."""

    fired: tuple[Fired, ...]  # the gravest first
    on: date
    version: int
    is_signed: bool

    @property
    def kind(self) -> Kind:
        """The gravest kind; with rules that nobody signed, a review at least."""
        gravest = max((one.outcome.kind for one in self.fired), default=Kind.NOTHING)
        return gravest if self.is_signed else max(gravest, Kind.REVIEW)

    @property
    def role(self) -> Role | None:
        """The highest role that must look; nobody, when nothing needs it."""
        looked_at = [one.outcome.role for one in self.fired if one.outcome.kind is not Kind.ADVISE]
        if not self.is_signed:
            looked_at.append(Role.PRACTITIONER)
        return max(looked_at, default=None)

    @property
    def overridden_by(self) -> Role | None:
        """The lowest role that may decide otherwise on all of it."""
        return max(
            (one.outcome.overridden_by for one in self.fired if one.outcome.kind > Kind.ADVISE), default=self.role
        )

    @property
    def from_day(self) -> date | None:
        """
        The first day on which no known wait holds any more; none while something without a date holds.

        A review has no date either: the day of the practitioner's decision is the day.
        """
        if self.kind is Kind.BLOCK or any(one.outcome.kind is Kind.POSTPONE and not one.until for one in self.fired):
            return None
        return max(
            (one.until for one in self.fired if one.outcome.kind is Kind.POSTPONE and one.until), default=self.on
        )

    @property
    def elsewhere(self) -> str:
        """Who should be seen before us, if anybody; then no consultation is offered first."""
        return next((one.outcome.elsewhere for one in self.fired if one.outcome.elsewhere), "")

    @property
    def may_book_consultation(self) -> bool:
        """A consultation may always be booked, except by whoever should go elsewhere first or is too young to."""
        return not self.elsewhere and not any(one.outcome.by_telephone for one in self.fired)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody must be called now."""
        return any(one.outcome.is_urgent for one in self.fired)

    @property
    def result(self) -> Result:
        """What the person is shown."""
        if self.elsewhere:
            return Result.GP_FIRST
        blocks = [one for one in self.fired if one.outcome.kind is Kind.BLOCK]
        # What nobody looks at before it has healed, waits; what somebody looks at, is talked about.
        if self.kind is Kind.POSTPONE or (blocks and all(one.outcome.role is Role.MEDICAL_LEAD for one in blocks)):
            return Result.WAIT
        if self.kind in {Kind.BLOCK, Kind.REVIEW}:
            return Result.TALK
        return Result.SUITS

    @property
    def severity(self) -> tuple[int, date, int]:
        """How grave it is, to compare: kind, then how long, then who must look."""
        waits = [one.severity[1] for one in self.fired if one.outcome.kind is Kind.POSTPONE]
        return self.kind, max(waits, default=date.min), self.role or 0


def assess(
    rules: RuleSet,
    form: Form,
    answers: Answers,
    *,
    on: date,
    answered_on: date | None = None,
    method: Method = Method.ABRASION,
) -> Verdict:
    """
    Ask every rule about the answers, and keep each that fires.

    Whoever is not sure, or leaves a part open that a rule needs, is looked at by a person: never
    taken for a no.

    :param on: the day on which the answers are judged: today, or the day of a visit
    :param answered_on: the day on which they were given; the same, if left out
    """
    facts = answers.facts()
    open_parts = {*form.unsure(answers), *form.missing(answers)}
    asked_in_vain = {fact: part for part in sorted(open_parts) for fact in form.facts_of(part)}
    fired: list[Fired] = []
    spoken: set[str] = set()
    for rule in rules.rules:
        given = Given(answers, facts, on, rule.numbers, answered_on or on)
        found = [one for clause in rule.clauses if method in clause.methods
                 for condition in clause.when if (met := condition.met(given))
                 for one in (_fire(rule, outcome, met) for outcome in clause.then)]  # fmt: skip
        fired += _gravest_of_each_kind(found)
        if parts := tuple(sorted({asked_in_vain[fact] for fact in rule.reads if fact in asked_in_vain})):
            fired.append(_fire(rule, Outcome(Kind.REVIEW, _looks_at(rule)), Met(parts)))
            spoken.update(parts)
    if rest := tuple(sorted(open_parts - spoken)):
        fired.append(_fire(UNANSWERED, Outcome(Kind.REVIEW), Met(rest)))
    fired.sort(key=lambda one: (*(-part for part in _numbers(one)), one.rule))
    return Verdict(tuple(fired), on, rules.version, rules.is_signed)


def _fire(rule: Rule, outcome: Outcome, met: Met) -> Fired:
    until = met.until if outcome.kind in {Kind.POSTPONE, Kind.BLOCK} else None
    return Fired(
        rule.id, rule.version, outcome, until, met.because, rule.patient, rule.practitioner, rule.source, rule.hazards
    )


def _gravest_of_each_kind(found: list[Fired]) -> list[Fired]:
    kept: dict[Kind, Fired] = {}
    for one in found:
        kind = one.outcome.kind
        if kind not in kept or one.severity > kept[kind].severity:
            kept[kind] = one
    return list(kept.values())


def _looks_at(rule: Rule) -> Role:
    """Who looks when somebody is not sure: whoever looks when they are, below the lead."""
    roles = [outcome.role for clause in rule.clauses for outcome in clause.then if outcome.kind is not Kind.ADVISE]
    return min(max(roles, default=Role.PRACTITIONER), Role.DOCTOR)


def _numbers(one: Fired) -> tuple[int, int, int]:
    kind, waits, role = one.severity
    return kind, waits.toordinal(), role
