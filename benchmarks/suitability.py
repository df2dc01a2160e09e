"""Suitability: 10,000 sets of answers against all the rules, as one pass over a clinic's questionnaires would ask them."""

from datetime import date, timedelta
from random import Random
from time import thread_time

from benchmarks import measuring
from corneum.domain.suitability import FORMS, NONE, NOT_SURE, RULES, Answers, Form, Kind, assess

SETS = 10_000
TODAY = date(2026, 3, 2)


def run() -> None:
    """Judge the answer sets of each form, and say how many came out how."""
    measuring.heading(
        "Suitability",
        f"{SETS:,} sets of answers, each against {len(RULES.rules)} rules. Nine of ten answers are no; dates up to a year ago.",
        "Processor time of judging; the answers are made beforehand.",
    )
    rules, rows = RULES.signed(), []
    for form in FORMS.values():
        drawn = Random(6)
        sets = [_answers(form, drawn) for _ in range(SETS)]
        begun = thread_time()
        verdicts = [assess(rules, form, answers, on=TODAY) for answers in sets]
        taken = thread_time() - begun
        kinds = [verdict.kind for verdict in verdicts]
        counts = [f"{kinds.count(kind):,}" for kind in Kind]
        rows.append((form.name, f"{taken:.2f}", f"{taken / SETS * 1_000_000:,.0f}", *counts))
    measuring.table(("form", "all, s", "one, µs", *(kind.name.lower() for kind in Kind)), rows)


def _answers(form: Form, drawn: Random) -> Answers:
    chosen: dict[str, dict[str, date | None]] = {}
    for part in form.parts.values():
        if part.choices:
            choice = drawn.choice(part.choices).key if drawn.random() < 0.1 else NONE
            when = TODAY - timedelta(days=drawn.randrange(365)) if drawn.random() < 0.8 else None
            chosen[part.key] = {choice: None if choice in {NONE, NOT_SURE} else when}
    texts = {"Q16.list": drawn.choice(["", "aspirin", "the pill", "doxycycline 100 mg"])}
    born = date(1950, 1, 1) + timedelta(days=drawn.randrange(60 * 365))
    return Answers(chosen, {"Q04": born} if "Q04" in form.parts else {}, texts)
