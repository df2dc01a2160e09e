"""What one page of the check may send: choices, or the date of one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.contact import Contact, NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.clinic.suitability.models import Decision
from corneum.clinic.suitability.steps import Step
from corneum.domain.suitability import NONE, RuleSet
from corneum.domain.suitability.forms import Kind
from corneum.platform.ui.forms import Form, PressForm

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
LONGEST = 2000  # letters of a free text


class StepForm(Form):
    """One field, named for its step."""

    def __init__(self, *args: Any, step: Step, said: Mapping[str, list[str]] | None = None, **kwargs: Any) -> None:
        """Make the field of a step, with what was said there before."""
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields[step.key] = _field_of(step)
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
            return value or [""] if self.step.part.is_optional else value
        return [value.isoformat() if isinstance(value, date) else value or ""]


def _field_of(step: Step) -> forms.Field:
    if step.dated:
        return _date_of(step, "Roughly is enough. Leave it empty if you do not know.", is_optional=True)
    if step.part.kind is Kind.DATE:
        return _date_of(step, step.part.why, is_optional=step.part.is_optional)
    return _text_of(step) if step.part.kind is Kind.TEXT else _choice_of(step)


def _text_of(step: Step) -> forms.Field:
    return forms.CharField(
        label=step.asks, help_text=step.part.why, required=not step.part.is_optional, max_length=LONGEST,
        error_messages={"max_length": f"Write at most {LONGEST} letters. You can say the rest when you come"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


def _choice_of(step: Step) -> forms.Field:
    choices = [(choice.key, choice.says) for choice in step.part.choices]
    says = {"required": "Choose an answer. If you are not sure, say so"}
    kind, widget = (
        (forms.MultipleChoiceField, forms.CheckboxSelectMultiple)
        if step.part.kind is Kind.MANY
        else (forms.ChoiceField, forms.RadioSelect)
    )
    return kind(
        choices=choices, label=step.asks, help_text=step.part.why, widget=widget, error_messages=says,
        required=not step.part.is_optional,
    )  # fmt: skip


def _date_of(step: Step, why: str, *, is_optional: bool) -> forms.Field:
    return forms.DateField(
        label=step.asks,
        help_text=why,
        required=not is_optional,
        error_messages={
            "invalid": "Enter a date, like 14/04/2026" + (", or leave it empty" if is_optional else ""),
            "required": "Enter the date, like 14/04/1991",
        },
        widget=forms.DateInput(attrs={"type": "date", "min": EARLIEST, "max": LATEST}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )


class BeginForm(Form):
    """Who answers, and how to reach them."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"max_length": "Name must be 120 letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "autocapitalize": "words"}),
    )
    contact = forms.CharField(
        label="Email address or mobile number",
        max_length=254,
        help_text="So that a practitioner can reach you about your answers. Nothing else.",
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )
    carry = forms.BooleanField(label="Bring along what I have just answered, so that I see it again", required=False)

    def __init__(self, *args: Any, has_answers: bool, **kwargs: Any) -> None:
        """Ask whether to bring answers along only when there are some."""
        super().__init__(*args, **kwargs)
        if not has_answers:
            del self.fields["carry"]

    def clean_name(self) -> str:
        """Keep the name on one line, without letters that nobody can see."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter your name")
        return name

    def clean_contact(self) -> Contact:
        """Read an e-mail address or a telephone number."""
        try:
            return parse_contact(str(self.cleaned_data["contact"]))
        except NotAContact as error:
            raise ValidationError(str(error)) from error


class DecideForm(PressForm):
    """What a practitioner decides, from when, and why."""

    ruling = forms.ChoiceField(
        label="Decision",
        choices=Decision.Verb.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    from_day = forms.DateField(
        label="From which day",
        required=False,
        help_text="The first day for a session, or on which they are asked again. Empty: as soon as the rules allow.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date, like 14/04/2026"},
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )
    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        help_text="Kept in the record with your name. The patient can ask to see it.",
        error_messages={"required": "Say why: somebody will want to know in a year"},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sets_aside = forms.BooleanField(label="I set aside what a rule says: a wait, or a block", required=False)
    is_acknowledged = forms.BooleanField(label="The patient knows what is set aside, and agrees", required=False)

    def clean(self) -> dict[str, Any] | None:
        """Ask for a day where a wait needs one."""
        sent = self.cleaned_data
        if sent.get("ruling") == Decision.Verb.WAIT and not sent.get("from_day"):
            self.add_error("from_day", ValidationError("Enter the day from which they are asked again"))
        return super().clean()

    def clean_reason(self) -> str:
        """Keep what was written to be read."""
        return _readable(self.cleaned_data["reason"], "Say why: somebody will want to know in a year")


class SpokenForm(PressForm):
    """That somebody has spoken with a patient whose words called them."""

    note = forms.CharField(
        label="What you agreed",
        max_length=LONGEST,
        error_messages={"required": "Write a line about what you agreed"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        """Keep what was written to be read."""
        return _readable(self.cleaned_data["note"], "Write a line about what you agreed")


class NumbersForm(PressForm):
    """The numbers that a clinic may raise, each at least as it is shipped."""

    def __init__(self, *args: Any, shipped: RuleSet, rules: RuleSet, **kwargs: Any) -> None:
        """Make a field of every number."""
        super().__init__(*args, **kwargs)
        now = {rule.id: rule.numbers for rule in rules.rules}
        for rule in shipped.rules:
            for name, span in rule.numbers.items():
                self.fields[f"{rule.id}.{name}"] = forms.IntegerField(
                    label=f"{rule.id} {rule.title}, in {span.unit}",
                    min_value=span.count, max_value=3650, initial=now[rule.id][name].count,
                    help_text=f"Shipped with {span}.",
                    error_messages={"min_value": f"{rule.id} is shipped with {span}: choose at least that"},
                )  # fmt: skip

    def numbers(self) -> dict[str, int]:
        """Answer with the numbers as they were sent."""
        return {name: value for name, value in self.cleaned_data.items() if name != "press"}


def _readable(text: str, missing: str) -> str:
    text = readable(str(text))
    if not says_something(text):
        raise ValidationError(missing)
    return text
