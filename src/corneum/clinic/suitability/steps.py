"""One question after the other: which is next, what was said so far, and how the rules read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from corneum.domain.suitability import NONE, Answers, Choice, Form, Part
from corneum.domain.suitability.forms import Kind

WHEN = "when-"


@dataclass(frozen=True, slots=True)
class Step:
    """One page: a part of the form, or the date of something that was chosen there."""

    part: Part
    dated: Choice | None = None

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"{WHEN}{self.dated.key}" if self.dated else self.part.key

    @property
    def asks(self) -> str:
        """Its question."""
        return self.dated.when if self.dated else self.part.asks


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody has come, and what they said on the way: only what the form itself could have sent."""

    form: Form
    said: Mapping[str, list[str]]

    @classmethod
    def of(cls, form: Form, sent: QueryDict) -> "Walk":
        """Read what a page sent; whatever no page of ours could have sent is not read."""
        said: dict[str, list[str]] = {}
        for part in form.parts.values():
            known = [choice for choice in part.choices if choice.key in sent.getlist(part.key)]
            if known:
                said[part.key] = [choice.key for choice in known]
            for choice in known:
                if choice.when and f"{WHEN}{choice.key}" in sent:
                    said[f"{WHEN}{choice.key}"] = [str(sent[f"{WHEN}{choice.key}"])]
        return cls(form, said)

    @property
    def total(self) -> int:
        """How many questions somebody with these answers is asked."""
        return sum(1 for _ in self.form.asked(self.answers()))

    def place(self, step: Step) -> int:
        """Say which of those a page is, counted from one."""
        asked = [part.key for part in self.form.asked(self.answers())]
        return asked.index(step.part.key) + 1

    def step(self, key: str) -> Step | None:
        """Find one of the pages that somebody with these answers is shown."""
        return next((step for step in self.steps() if step.key == key), None)

    def steps(self) -> Iterator[Step]:
        """Yield every page that somebody with these answers is shown, in order."""
        for part in self.form.asked(self.answers()):
            yield Step(part)
            for choice in part.choices:
                if choice.when and choice.key in self.said.get(part.key, ()):
                    yield Step(part, choice)

    def next(self) -> Step | None:
        """Answer with the first page that is not answered; nothing when all are."""
        return next((step for step in self.steps() if step.key not in self.said), None)

    def up_to(self, key: str) -> "Walk":
        """Go back to a page: it and what follows are asked again."""
        kept: dict[str, list[str]] = {}
        for step in self.steps():
            if step.key == key or step.key not in self.said:
                break
            kept[step.key] = self.said[step.key]
        return Walk(self.form, kept)

    def before(self, step: Step | None) -> Step | None:
        """Answer with the page before this one; before none stands the last."""
        last: Step | None = None
        for one in self.steps():
            if step is not None and one.key == step.key:
                break
            last = one
        return last

    def with_answer(self, key: str, values: list[str]) -> "Walk":
        """Add one answer."""
        return Walk(self.form, {**self.said, key: values})

    def changed(self, key: str, values: list[str]) -> "Walk":
        """Change one answer, and forget what only the old one led to; the rest stays."""
        said = Walk(self.form, {**self.said, key: values})
        still = {step.key for step in said.steps()}
        return Walk(self.form, {one: kept for one, kept in said.said.items() if one in still})

    def answers(self) -> Answers:
        """Answer with what was said, as the rules read it; a date that nobody can read is an unknown one."""
        chosen: dict[str, dict[str, date | None]] = {}
        dates, texts = {}, {}
        for key, values in self.said.items():
            part = self.form.parts.get(key)
            if part is None:
                continue
            if part.kind is Kind.TEXT:
                texts[key] = values[0]
            elif part.kind is Kind.DATE:
                if day := _day(values[0]):
                    dates[key] = day
            else:
                chosen[key] = {value: _day(self.said.get(f"{WHEN}{value}", [""])[0]) for value in values if value}
        return Answers(chosen, dates, texts)

    def told(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each question with what was answered, in words."""
        yield from ((step.asks, said) for step, said in self.told_each())

    def told_each(self) -> Iterator[tuple[Step, list[str]]]:
        """Yield each page with what was answered there, in words."""
        for step in self.steps():
            said = self.said.get(step.key, [])
            if step.dated or step.part.kind is Kind.DATE:
                day = _day(said[0]) if said else None
                unknown = "I don't know" if step.dated else ""
                yield step, [f"{day.day} {day:%B %Y}" if day else unknown]
            elif step.part.kind is Kind.TEXT:
                yield step, said
            else:
                yield step, [choice.says for choice in step.part.choices if choice.key in said]

    def contradicts(self, key: str) -> bool:
        """Say whether somebody chose none of these and also something."""
        return NONE in self.said.get(key, ()) and len(self.said[key]) > 1


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
