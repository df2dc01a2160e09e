"""Properties of any rules, and what must be true of the ones that are shipped."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corneum.domain.suitability import (
    FORMS,
    FULL,
    NOT_SHIPPED,
    NOT_SURE,
    QUICK,
    RULES,
    SESSION,
    Answers,
    Clause,
    Kind,
    LooserThanShipped,
    Method,
    NoSuchNumber,
    Outcome,
    Result,
    Role,
    Rule,
    RuleSet,
    Scope,
    assess,
)  # fmt: skip
from corneum.domain.suitability.conditions import (
    AtLeast,
    Chose,
    LongSince,
    Mentions,
    Since,
    Sooner,
    Span,
    Still,
    YoungerThan,
)
from tests.domain.suitability.reading import SIGNED, TODAY, answer

FACTS = sorted({fact for form in FORMS.values() for part in form.parts.values() for fact in part.facts})
ASKED_IN_FULL = sorted({fact for part in FULL.parts.values() for fact in part.facts})
facts = st.sampled_from(FACTS)
some_facts = st.lists(facts, min_size=1, max_size=4).map(tuple)
days = st.dates(date(1900, 1, 1), date(9999, 12, 31))
near_days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def all_answered(draw: Any, form: Any = FULL) -> Answers:
    """Answers to every part of a form, some of them adverse."""
    plain = answer(form, "")
    chosen = dict(plain.chosen)
    for part in draw(st.lists(st.sampled_from(sorted(chosen)), max_size=8)):
        choices = sorted(form.parts[part].facts | {NOT_SURE})
        chosen[part] = draw(st.dictionaries(st.sampled_from(choices), st.none() | near_days, min_size=1, max_size=2))
    return replace(plain, chosen=chosen)


@given(all_answered(), st.sampled_from(ASKED_IN_FULL), st.none() | near_days, st.sampled_from(Method))
def test_an_adverse_answer_more_never_makes_the_verdict_milder(answers, fact, day, method):
    part = next(key for key, part in FULL.parts.items() if fact in part.facts)
    known = answers.chosen.get(part, {})
    assume(fact not in known)
    worse = replace(answers, chosen={**answers.chosen, part: {**known, fact: day}})

    before, after = (assess(SIGNED, FULL, one, on=TODAY, method=method) for one in (answers, worse))

    assert after.severity[:2] >= before.severity[:2]
    assert (after.role or 0) >= (before.role or 0)
    assert {one.rule for one in after.fired} >= {one.rule for one in before.fired} - {"R00"}


@given(all_answered(), st.sampled_from(sorted(FULL.parts)))
def test_a_question_left_open_is_never_taken_for_no(answers, part):
    without = replace(answers, chosen={key: value for key, value in answers.chosen.items() if key != part})

    verdict = assess(SIGNED, FULL, without, on=TODAY)

    if part in FULL.missing(without):
        assert verdict.kind >= Kind.REVIEW


spans = st.builds(Span, st.integers(0, 10_000), st.sampled_from(["days", "months", "years"]))
simple = st.one_of(
    st.builds(Chose, some_facts), st.builds(Since, some_facts, st.just("n")), st.builds(LongSince, facts, st.just("n")),
    st.builds(Still, facts, st.just("n")), st.builds(YoungerThan, st.just("n"), facts), st.builds(Sooner, st.sampled_from(["Q03", "Q04"]), st.just("n")),
    st.builds(Mentions, st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=3).map(tuple)),
)  # fmt: skip
conditions = simple | st.builds(AtLeast, st.integers(0, 3), st.lists(simple, max_size=3).map(tuple))
outcomes = st.builds(
    Outcome,
    st.sampled_from(Kind),
    st.sampled_from(Role),
    st.text(max_size=9),
    st.text(max_size=3),
    st.booleans(),
    st.booleans(),
)
clauses = st.builds(
    Clause, st.lists(conditions, max_size=3).map(tuple), st.lists(outcomes, max_size=3).map(tuple), st.frozensets(st.sampled_from(Method))
)  # fmt: skip
rules = st.builds(
    Rule, st.text(max_size=4), st.integers(1, 9), st.text(max_size=4), st.sampled_from(Scope), st.lists(clauses, max_size=3).map(tuple),
    st.text(max_size=4), st.text(max_size=4), st.text(max_size=4), st.just(()), st.fixed_dictionaries({"n": spans}), st.booleans(),
)  # fmt: skip
any_answers = st.builds(
    Answers,
    st.dictionaries(st.sampled_from(sorted(FULL.parts)), st.dictionaries(facts | st.just(NOT_SURE), st.none() | days, max_size=3), max_size=6),
    st.dictionaries(st.sampled_from(["Q03", "Q04"]), days),
    st.dictionaries(st.sampled_from(["Q02.words", "Q16.list"]), st.text(max_size=30)),
)  # fmt: skip


@given(st.lists(rules, max_size=6), any_answers, days, st.sampled_from(Method), st.booleans())
def test_any_rules_and_any_answers_come_to_a_verdict(some, answers, on, method, is_signed):
    verdict = assess(RuleSet(1, tuple(some), is_signed), FULL, answers, on=on, method=method)

    assert verdict.result in Result
    assert (verdict.kind is Kind.BLOCK) == any(one.outcome.kind is Kind.BLOCK for one in verdict.fired)
    assert (
        list(verdict.fired) == sorted(verdict.fired, key=lambda one: one.severity, reverse=True)
        or len(verdict.fired) > 1
    )
    assert is_signed or verdict.role is not None


def test_rules_that_nobody_signed_have_a_practitioner_look_at_everything():
    verdict = assess(RULES, FULL, answer(FULL, ""), on=TODAY)

    assert (verdict.fired, verdict.kind, verdict.role, verdict.result) == (
        (),
        Kind.REVIEW,
        Role.PRACTITIONER,
        Result.TALK,
    )


@pytest.mark.parametrize(
    ("words", "result", "from_day"),
    [
        ("", Result.SUITS, TODAY),
        ("isotretinoin-now@+29", Result.WAIT, date(2026, 9, 30)),
        ("cold-sore-now", Result.WAIT, None),
        ("changing-mole", Result.GP_FIRST, None),
        ("under-age", Result.TALK, None),
        ("dark-marks tans-deeply", Result.TALK, TODAY),
    ],
)
def test_result_is_what_a_person_can_go_on_from(words, result, from_day):
    verdict = assess(SIGNED, QUICK, answer(QUICK, words), on=TODAY)

    assert (verdict.result, verdict.from_day) == (result, from_day)
    assert verdict.may_book_consultation == (words not in {"changing-mole", "under-age"})


def test_a_block_is_overridden_by_the_lead_alone_and_a_wait_by_its_own_role():
    def who(words: str) -> Role | None:
        return assess(SIGNED, FULL, answer(FULL, words), on=TODAY).overridden_by

    assert who("cold-sore-now") == Role.MEDICAL_LEAD
    assert who("isotretinoin-stopped@-1") == Role.DOCTOR
    assert who("sun@-1") == Role.PRACTITIONER
    assert who("sun@-1 lupus") == Role.DOCTOR
    assert who("lungs") is None


def test_words_of_crisis_call_a_person():
    assert assess(SIGNED, FULL, answer(FULL, "Q02.words=I want to die"), on=TODAY).is_urgent
    assert not assess(SIGNED, FULL, answer(FULL, "Q02.words=to die for"), on=TODAY).is_urgent


def test_a_clinic_may_wait_longer_and_never_shorter():
    stricter = RULES.tightened({"R17.wait": 10}).signed()

    verdict = assess(stricter, FULL, answer(FULL, "hair-removed@-8"), on=TODAY)

    assert verdict.from_day == TODAY + timedelta(days=2)
    with pytest.raises(LooserThanShipped, match="R17 is shipped with 7 days"):
        RULES.tightened({"R17.wait": 6})
    with pytest.raises(NoSuchNumber, match=r"R17\.colour"):
        RULES.tightened({"R17.colour": 9})
    assert not RULES.signed().tightened({"R17.wait": 8}).is_signed


def test_all_49_rules_of_the_sources_are_shipped_and_one_of_our_own():
    assert [rule.id for rule in RULES.rules] == [f"R{number:02}" for number in range(1, 51)]
    assert all(
        rule.title and rule.patient and rule.practitioner and rule.source and rule.hazards for rule in RULES.rules
    )


def test_all_37_questions_are_asked_and_eight_before_each_session():
    assert [item.code for item in FULL.items] == [f"Q{number:02}" for number in range(1, 38)]
    assert [item.code for item in SESSION.items] == [f"S{number}" for number in range(1, 9)]
    assert len(QUICK.items) == 5


def test_rules_asked_again_can_fire_on_the_short_form():
    asked = {fact for part in SESSION.parts.values() for fact in part.facts}

    assert {rule.id for rule in RULES.asked_again() if not rule.reads & asked} == set()
    assert len(list(RULES.asked_again())) == 14


def test_every_choice_question_offers_not_sure_and_says_why_it_is_asked():
    parts = [part for form in FORMS.values() for part in form.parts.values()]

    assert [part.key for part in parts if part.choices and NOT_SURE not in {one.key for one in part.choices}] == []
    assert [part.key for part in parts if not part.why] == []


@pytest.mark.parametrize("word", NOT_SHIPPED)
def test_what_turns_people_away_for_nothing_is_in_no_rule_and_no_question(word):
    said = [f"{rule.title} {rule.patient} {rule.practitioner} {sorted(rule.reads)}" for rule in RULES.rules]
    said += [
        f"{part.asks} {part.why} {[(one.key, one.says) for one in part.choices]}"
        for form in FORMS.values()
        for part in form.parts.values()
    ]

    ends = r"\b" if word.isupper() else ""  # HIV is not in hives
    whole = re.compile(rf"\b{word}{ends}", re.IGNORECASE)
    assert [one for one in said if whole.search(one)] == []


def test_nobody_reads_that_they_are_not_suitable_or_is_told_to_stop_a_medicine():
    said = " ".join(rule.patient for rule in RULES.rules).lower()

    assert [word for word in ("not suitable", "unsuitable", "refuse", "contraindicat", "error") if word in said] == []
    assert "stop taking" not in said
