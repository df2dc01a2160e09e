"""The table of cases: whoever answers this is judged so, by these rules."""

import pytest

from corneum.domain.suitability import RULES, Kind
from tests.domain.suitability.reading import Case, cases, said

TABLE = list(cases())


def as_written(case: Case, verdict: str) -> bool:
    """Say whether a verdict is the expected one; a wait without a date is named by some of its words."""
    if case.expected.startswith("POSTPONE ") and not case.expected[9].isdigit():
        return verdict.startswith("POSTPONE ") and case.expected[9:] in verdict
    return verdict == case.expected


@pytest.mark.parametrize("form", ["full", "session", "quick"])
def test_each_case_of_the_table_is_judged_as_written(form):
    wrong = [
        f"{case.name}: {said(verdict)} by {rules}, not {case.expected} by {case.rules}"
        for case in TABLE
        if case.form.name == form
        for verdict in [case.judged()]
        for rules in [sorted({one.rule for one in verdict.fired})]
        if rules != case.rules or not as_written(case, said(verdict))
    ]

    assert wrong == []


def test_the_table_holds_300_cases_and_fires_every_rule():
    fired = {one.rule for case in TABLE for one in case.judged().fired}

    assert len(TABLE) >= 300
    assert {rule.id for rule in RULES.rules if rule.clauses} - fired == set()


def test_every_choice_that_a_rule_reads_is_in_the_table():
    chosen = {fact for case in TABLE for fact in case.answers.facts()}

    assert {fact for rule in RULES.rules for fact in rule.reads} - chosen == set()


def test_every_refusal_has_a_reason_and_a_date_or_a_way_on():
    silent = [
        (case.name, one.rule)
        for case in TABLE
        for one in case.judged().fired
        if one.outcome.kind >= Kind.POSTPONE
        and not (one.patient and (one.until or one.outcome.until or one.outcome.elsewhere))
    ]

    assert silent == []
