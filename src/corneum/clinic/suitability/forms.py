"""What one page of the check may send: choices, or the date of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.suitability.steps import Step
from corneum.domain.suitability import NONE
from corneum.domain.suitability.forms import Kind
from corneum.platform.ui.forms import Form

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)


class StepForm(Form):
    """One field, named for its step."""

    def __init__(self, *args: Any, step: Step, said: Mapping[str, list[str]] | None = None, **kwargs: Any) -> None:
        """Make the field of a step, with what was said there before."""
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields[step.key] = _date_of(step) if step.dated else _choice_of(step)
        if before := (said or {}).get(step.key):
            self.initial[step.key] = before if step.part.kind is Kind.MANY and not step.dated else before[0]

    @property
    def field(self) -> forms.BoundField:
        """The one field, to draw."""
        return self[self.step.key]

    def clean(self) -> dict[str, Any] | None:
        """Refuse "none of these" beside one of them: only the person knows which is meant."""
        chosen = self.cleaned_data.get(self.step.key)
        if isinstance(chosen, list) and NONE in chosen and len(chosen) > 1:
            self.add_error(
                self.step.key,
                ValidationError("Choose what is true for you, or the answer that says none, but not both"),
            )
        return super().clean()

    def values(self) -> list[str]:
        """Answer with what was sent, as the next page carries it."""
        value = self.cleaned_data[self.step.key]
        if isinstance(value, list):
            return value
        return [value.isoformat() if isinstance(value, date) else value or ""]


def _choice_of(step: Step) -> forms.Field:
    choices = [(choice.key, choice.says) for choice in step.part.choices]
    says = {"required": "Choose an answer. If you are not sure, say so"}
    kind, widget = (
        (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
        if step.part.kind is Kind.MANY
        else (forms.ChoiceField, forms.RadioSelect)
    )
    return kind(choices=choices, label=step.asks, help_text=step.part.why, widget=widget, error_messages=says)


def _date_of(step: Step) -> forms.Field:
    return forms.DateField(
        label=step.asks,
        help_text="Roughly is enough. Leave it empty if you do not know.",
        required=False,
        error_messages={"invalid": "Enter a date, like 14/04/2026, or leave it empty"},
        widget=forms.DateInput(attrs={"type": "date", "min": EARLIEST, "max": LATEST}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )
