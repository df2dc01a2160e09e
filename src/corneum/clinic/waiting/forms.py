"""What somebody sends to join the list, what they answer, and what the desk adds."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.contact import Contact, NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.clinic.waiting.words import windows_of
from corneum.domain.waiting import Window
from corneum.platform.ui.forms import Form, PressForm

USUAL, LONGEST = timedelta(days=28), timedelta(days=180)


class SoonerForm(PressForm):
    """When somebody could come, and how long they wait: all that is asked of a patient with an appointment."""

    suits = forms.MultipleChoiceField(
        label="Times that would suit you",
        help_text="Tick as many as you like. We ask you only about these.",
        error_messages={"required": "Tick at least one time that would suit you"},
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label="Keep me on the list until",
        error_messages={"required": "Enter a date", "invalid": "Enter a date, like 14/04/2026"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )

    def __init__(self, *args: Any, today: date, suits: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer what the clinic's week offers, for four weeks unless they say otherwise."""
        super().__init__(*args, **kwargs)
        self.today = today
        when, until = self.fields["suits"], self.fields["until"]
        assert isinstance(when, forms.MultipleChoiceField)
        when.choices = suits
        until.initial = today + USUAL
        until.widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}

    def clean_until(self) -> date:
        """Refuse a day that is over, or so far off that nobody remembers having asked."""
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.today + LONGEST:
            raise ValidationError("Choose a day between today and six months from now")
        return until

    def windows(self) -> list[Window]:
        """Answer with when they could come."""
        return windows_of(self.cleaned_data["suits"], self.today, self.cleaned_data["until"])


class JoinForm(SoonerForm):
    """Four fields: who, how to reach them, when, until when."""

    field_order: tuple[str, ...] = ("name", "contact", "suits", "until")
    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name", "max_length": "Name must be 120 letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "autocapitalize": "words"}),
    )
    contact = forms.CharField(
        label="Email address or mobile number",
        max_length=254,
        help_text="We tell you there when a time opens, and for nothing else.",
        error_messages={"required": " ".join((NotAContact.__doc__ or "").split())},
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def clean_name(self) -> str:
        """Keep the name on one line, without letters that nobody can see."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter your name")
        return name

    def clean_contact(self) -> Contact:
        """Read an address or a number."""
        try:
            return parse_contact(str(self.cleaned_data["contact"]))
        except NotAContact as error:
            raise ValidationError(str(error)) from error


class AddForm(JoinForm):
    """Somebody whom the desk puts on the list."""

    field_order = ("name", "contact", "treatment", "practitioner", "suits", "first", "until")
    treatment = forms.ChoiceField(label="Treatment", widget=forms.Select)
    practitioner = forms.ChoiceField(label="With", required=False, widget=forms.Select)
    first = forms.DateField(
        label="From",
        error_messages={"invalid": "Enter a date, like 14/04/2026"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
    )

    def __init__(
        self, *args: Any, treatments: list[tuple[str, str]], practitioners: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer what this clinic offers, and who works here."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["suits"].label = "Name", "Times that suit them"
        self.fields["contact"].help_text, self.fields["suits"].help_text = "They get a link to leave the list.", ""
        self.fields["until"].label, self.fields["first"].initial = "Until", self.today
        self.fields["first"].widget.attrs |= {
            "min": self.today.isoformat(), "max": (self.today + LONGEST).isoformat()
        }  # fmt: skip
        for name, choices in (("treatment", treatments), ("practitioner", [("", "Anyone"), *practitioners])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
            field.widget.attrs["class"] = "input"

    def clean_first(self) -> date:
        """Refuse a day that is over, or later than anybody may wait."""
        first: date = self.cleaned_data["first"]
        if not self.today <= first <= self.today + LONGEST:
            raise ValidationError("Choose a day between today and six months from now")
        return first

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch that ends before it begins."""
        first, until = self.cleaned_data.get("first"), self.cleaned_data.get("until")
        if first and until and until < first:
            self.add_error("until", "Choose a day that is not before the first")
        return self.cleaned_data

    def windows(self) -> list[Window]:
        """Answer with when they could come."""
        return windows_of(self.cleaned_data["suits"], self.cleaned_data["first"], self.cleaned_data["until"])


class UrgentForm(Form):
    """Why somebody is asked first."""

    reason = forms.CharField(
        label="Why they should be asked first",
        max_length=200,
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )

    def clean_reason(self) -> str:
        """Keep what was written to be read."""
        reason = readable(str(self.cleaned_data["reason"]))
        if not says_something(reason):
            raise ValidationError("Enter a reason")
        return reason
