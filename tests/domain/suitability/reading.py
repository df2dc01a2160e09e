"""How the table of cases is read: a line becomes answers to a form, everything else answered with no."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from corneum.domain.suitability import FORMS, NONE, NOT_SURE, RULES, Answers, Form, Kind, Method, Verdict, assess

TODAY = date(2026, 3, 2)
SIGNED = RULES.signed()
# What "no" is where no choice says so.
PLAIN = {
    "Q02": "hope-small", "Q05.often": "cold-sore-rare", "Q31.burn": "burns-usually", "Q31.tan": "tans-lightly", "S8": "goes-ahead",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    form: Form
    name: str
    answers: Answers
    method: Method
    expected: str
    rules: list[str]

    def judged(self) -> Verdict:
        """Ask the rules that are shipped, as if they were signed."""
        return assess(SIGNED, self.form, self.answers, on=TODAY, method=self.method)


def cases() -> Iterator[Case]:
    """Read the table."""
    form = FORMS["full"]
    for line in (Path(__file__).parent / "cases.txt").read_text().splitlines():
        if heading := re.fullmatch(r"== (\w+) ==", line):
            form = FORMS[heading[1]]
        elif line and not line.startswith("#"):
            name, answered, expected, rules = (cell.strip() for cell in line.split("|"))
            method = re.match(r"method:(\w+)\s*", answered)
            words = answered[method.end() :] if method else answered
            yield Case(
                form, name, answer(form, words), Method(method[1] if method else "abrasion"), expected, rules.split()
            )


def answer(form: Form, words: str) -> Answers:
    """Answer a form with these, and the rest with no."""
    chosen: dict[str, dict[str, date | None]] = {}
    dates = {"Q04": date(1990, 5, 1)} if "Q04" in form.parts else {}
    texts: dict[str, str] = {}
    text = re.search(r"([QS]\d+\.\w+)=(.*)", words)  # a text stands last, for it may hold anything
    if text:
        assert text[1] in form.parts
        texts[text[1]] = text[2]
        words = words[: text.start()]
    for word in words.split():
        key, is_date, said = word.partition("=")
        if word.startswith("?"):
            chosen.setdefault(word[1:], {})[NOT_SURE] = None
        elif is_date:
            dates[key] = date.fromisoformat(said)
        else:
            fact, _, days = word.partition("@")
            part = next(part.key for part in form.parts.values() if fact in part.facts)
            chosen.setdefault(part, {})[fact] = TODAY + timedelta(days=int(days)) if days else None
    while missing := form.missing(Answers(chosen, dates, texts)):
        for key in missing:
            chosen[key] = {PLAIN.get(key, NONE): None}
    return Answers(chosen, dates, texts)


def said(verdict: Verdict) -> str:
    """Write a verdict as the table does."""
    if verdict.kind is Kind.REVIEW:
        return f"REVIEW {verdict.role.name.lower() if verdict.role else ''}"
    if verdict.kind is Kind.POSTPONE:
        waits = (one for one in verdict.fired if one.outcome.kind is Kind.POSTPONE and not one.until)
        return f"POSTPONE {verdict.from_day or ' '.join(one.outcome.until for one in waits)}"
    return verdict.kind.name
