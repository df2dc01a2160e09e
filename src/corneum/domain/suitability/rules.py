"""A rule as data, a set of rules with its numbers, and what a clinic may change in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from corneum.domain.errors import ClinicError
from corneum.domain.suitability.conditions import Condition, Span
from corneum.domain.suitability.outcomes import Method, Outcome, Scope


class LooserThanShipped(ClinicError):
    """A clinic may make a rule more cautious and never less: please choose at least what is shipped."""


class NoSuchNumber(ClinicError):
    """No rule has a number of this name."""


@dataclass(frozen=True, slots=True)
class Clause:
    """When any of these conditions holds, these outcomes follow; for some methods only, or for all."""

    when: tuple[Condition, ...]
    then: tuple[Outcome, ...]
    methods: frozenset[Method] = frozenset(Method)


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One reason to wait, to be seen or to go elsewhere first, as a clinician can read and sign it.

    ``patient`` is what the person reads: why, and the way on. ``practitioner`` is what whoever
    decides reads. ``source`` is where it comes from, with how good that is. ``numbers`` are what a
    clinic may raise. ``again`` means that it is asked anew within 48 hours before every session.
    """

    id: str
    version: int
    title: str
    scope: Scope
    clauses: tuple[Clause, ...]
    patient: str
    practitioner: str
    source: str
    hazards: tuple[str, ...]
    numbers: Mapping[str, Span] = field(default_factory=dict)
    again: bool = False

    @property
    def reads(self) -> frozenset[str]:
        """The facts that can set it off."""
        return frozenset().union(*(one.reads for clause in self.clauses for one in clause.when))


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in one version. Until the medical lead has signed it, a practitioner looks at every answer."""

    version: int
    rules: tuple[Rule, ...]
    is_signed: bool = False

    def tightened(self, numbers: Mapping[str, int]) -> "RuleSet":
        """
        Answer with the same rules and a clinic's own numbers, named as in "R17.wait"; nobody has signed those.

        :raises NoSuchNumber: no rule has such a number
        :raises LooserThanShipped: a number is lower than the one that was shipped
        """
        unknown = set(numbers) - {f"{rule.id}.{name}" for rule in self.rules for name in rule.numbers}
        if unknown:
            raise NoSuchNumber(f"No rule has a number called {', '.join(sorted(unknown))}.")
        return replace(self, rules=tuple(_tighten(rule, numbers) for rule in self.rules), is_signed=False)

    def signed(self) -> "RuleSet":
        """Answer with the same rules as the medical lead has signed them."""
        return replace(self, is_signed=True)

    def asked_again(self) -> Iterable[Rule]:
        """List the rules that are asked anew before every session."""
        return (rule for rule in self.rules if rule.again)


def _tighten(rule: Rule, numbers: Mapping[str, int]) -> Rule:
    mine = {name: numbers[f"{rule.id}.{name}"] for name in rule.numbers if f"{rule.id}.{name}" in numbers}
    for name, count in mine.items():
        if count < rule.numbers[name].count:
            raise LooserThanShipped(f"{rule.id} is shipped with {rule.numbers[name]}: please choose at least that.")
    return replace(
        rule, numbers={name: replace(span, count=mine.get(name, span.count)) for name, span in rule.numbers.items()}
    )
