"""One question after the other, with everything answered so far travelling in the page and stored nowhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from corneum.domain.suitability import NONE, Answers, Choice, Form, Part

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

    def answers(self) -> Answers:
        """Answer with what was said, as the rules read it; a date that nobody can read is an unknown one."""
        return Answers(
            {
                key: {value: _day(self.said.get(f"{WHEN}{value}", [""])[0]) for value in values}
                for key, values in self.said.items()
                if not key.startswith(WHEN)
            }
        )

    def told(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each question with what was answered, in words."""
        for step in self.steps():
            said = self.said.get(step.key, [])
            if step.dated:
                day = _day(said[0]) if said else None
                yield step.asks, [f"{day.day} {day:%B %Y}" if day else "I don't know"]
            else:
                yield step.asks, [choice.says for choice in step.part.choices if choice.key in said]

    def contradicts(self, key: str) -> bool:
        """Say whether somebody chose none of these and also something."""
        return NONE in self.said.get(key, ()) and len(self.said[key]) > 1


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
