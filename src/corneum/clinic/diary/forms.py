"""What the desk may send about an appointment."""

from typing import Any

from django import forms

from corneum.clinic.diary.history import WHY
from corneum.platform.ui.forms import Form, PressForm

WAITS = "The message waits three minutes. Undo, and it never leaves."


class CancelForm(PressForm):
    """Why an appointment is cancelled or a request declined, and whether its patient is told."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )
    tell = forms.BooleanField(label="Tell the patient", required=False, initial=True, help_text=WAITS)


class WhyNotForm(Form):
    """A treatment and a time that somebody has been asked for."""

    treatment = forms.ChoiceField(label="Treatment")
    practitioner = forms.ChoiceField(label="With", required=False)
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day", "invalid": "Enter a date"},
    )
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Enter the time", "invalid": "Enter a time, such as 14:30"},
    )

    patient = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, treatments: Any, people: Any, **kwargs: Any) -> None:
        """Offer what this clinic gives, and who works there."""
        super().__init__(*args, **kwargs)
        self.treatments = {treatment.slug: treatment for treatment in treatments}
        self.people = {person.slug: person for person in people}
        given = [(slug, treatment.name) for slug, treatment in self.treatments.items()]
        names = [("", "Anyone"), *((slug, person.name) for slug, person in self.people.items())]
        self.fields["treatment"].choices = given  # type: ignore[attr-defined]
        self.fields["practitioner"].choices = names  # type: ignore[attr-defined]


class MoveForm(PressForm):
    """Why an appointment is moved, and whether its patient is told."""

    why = forms.ChoiceField(label="Reason", choices=tuple(WHY.items()), required=False, initial="patient")
    tell = forms.BooleanField(label="Tell the patient", required=False, initial=True, help_text=WAITS)
