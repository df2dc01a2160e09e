"""From which day somebody may be treated: by the rules alone, and by what a person decided."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corneum.domain.suitability import (
    FULL,
    RULES,
    Answers,
    Clearance,
    Decided,
    Form,
    Role,
    RuleSet,
    Ruling,
    Standing,
    assess,
    clearance,
    gravest,
    news_in,
)
from tests.domain.suitability.reading import SIGNED, TODAY, answer, cases


def judge(words: str, rules: RuleSet = SIGNED) -> Any:
    answers = answer(FULL, words)
    return lambda day: assess(rules, FULL, answers, on=day, answered_on=TODAY)


def stands(words: str, rules: RuleSet = SIGNED, **more: Any) -> Clearance:
    return clearance(judge(words, rules), **({"answered_on": TODAY, "on": TODAY} | more))


@pytest.mark.parametrize(
    ("words", "standing", "from_day"),
    [
        ("", Standing.CLEARED, TODAY),
        ("hair-removed@-1", Standing.CLEARED, TODAY + timedelta(days=6)),
        ("hair-removed", Standing.CLEARED, TODAY + timedelta(days=7)),
        ("cold-sore-now", Standing.WAIT, None),
        ("keloid", Standing.DECIDE, None),
        ("keloid hair-removed@-1", Standing.DECIDE, TODAY + timedelta(days=6)),
        ("changing-mole", Standing.DECIDE, None),
    ],
)
def test_rules_alone_clear_what_no_rule_keeps_back(words: str, standing: Standing, from_day: date | None):
    found = stands(words)

    assert (found.standing, found.from_day) == (standing, from_day)


def test_rules_that_nobody_signed_clear_nobody():
    assert stands("", RULES) == Clearance(Standing.DECIDE, role=Role.PRACTITIONER)


def test_answers_count_for_a_year():
    told = stands("", on=date(2027, 3, 1))

    assert (told.allows(date(2027, 3, 2)), told.allows(date(2027, 3, 3))) == (True, False)
    assert stands("", on=date(2027, 3, 2)).standing is Standing.ASK


def test_occasion_that_draws_near_ends_what_the_answers_clear():
    soon = RuleSet(1, tuple(rule for rule in RULES.rules if rule.id == "R49"), is_signed=True)
    wedding = Answers(dates={"Q03": TODAY + timedelta(days=60)})

    found = clearance(lambda day: assess(soon, Form("short", 1, ()), wedding, on=day), answered_on=TODAY, on=TODAY)

    assert (found.standing, found.from_day, found.to_day) == (Standing.CLEARED, TODAY, TODAY + timedelta(days=32))


def decided(words: str, ruling: Ruling, *, days: int = 0, rules: RuleSet = SIGNED) -> Decided:
    return Decided(ruling, TODAY, TODAY + timedelta(days=days), news_in(judge(words, rules)(TODAY)))


def test_decision_clears_from_its_day_and_stands_while_the_rules_say_nothing_new():
    by = decided("keloid", Ruling.CLEAR, days=3)

    cleared = stands("keloid", decided=by)
    assert (cleared.allows(TODAY + timedelta(days=2)), cleared.allows(TODAY + timedelta(days=3))) == (False, True)
    later = stands("keloid", decided=by, on=TODAY + timedelta(days=100))
    assert later.standing is Standing.CLEARED


def test_rule_that_whoever_decided_did_not_know_of_opens_it_again():
    words = "hair-removed@-1 keloid"
    by = decided(words, Ruling.CLEAR, days=6)
    tighter = RULES.tightened({"R17.wait": 21}).signed()

    assert stands(words, tighter, decided=by).standing is Standing.DECIDE
    assert stands(words, RULES, decided=by).standing is Standing.CLEARED  # unsigned, and nothing new in it


def test_wait_ends_in_being_asked_again_and_the_rest_in_talk():
    wait = decided("", Ruling.WAIT, days=10)

    assert stands("", decided=wait) == Clearance(Standing.WAIT, from_day=TODAY + timedelta(days=10))
    assert stands("", decided=wait, on=TODAY + timedelta(days=10)).standing is Standing.ASK
    assert {stands("", decided=decided("", one)).standing for one in (Ruling.GP, Ruling.DECLINE)} == {Standing.TALK}


def test_gravest_of_several_counts_and_the_narrowest_days():
    early = Clearance(Standing.CLEARED, TODAY, TODAY + timedelta(days=300))
    late = Clearance(Standing.CLEARED, TODAY + timedelta(days=9), TODAY + timedelta(days=90))
    wait = Clearance(Standing.WAIT, until="it has healed")

    assert gravest([early, wait]) == wait
    assert gravest([early, late]) == Clearance(Standing.CLEARED, late.from_day, late.to_day)


CASES = [case for case in cases() if case.form is FULL]


@given(number=st.integers(0, len(CASES) - 1), days=st.integers(0, 300))
@example(number=193, days=1)
def test_no_day_is_cleared_on_which_a_rule_asks_to_wait_or_to_look(number: int, days: int):
    case = CASES[number]
    found = clearance(
        lambda day: assess(SIGNED, case.form, case.answers, on=day, answered_on=TODAY), answered_on=TODAY, on=TODAY
    )
    day = TODAY + timedelta(days=days)

    if found.allows(day):
        assert assess(SIGNED, case.form, case.answers, on=day, answered_on=TODAY).kind <= 1
    if found.standing is not Standing.CLEARED:
        assert found.from_day or found.until or found.role  # a date, a reason, or somebody
