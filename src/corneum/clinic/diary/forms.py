"""What the desk may send about an appointment."""

from django import forms

from corneum.clinic.diary.history import WHY
from corneum.platform.ui.forms import PressForm

WAITS = "The message waits three minutes. Undo, and it never leaves."


class CancelForm(PressForm):
    """Why an appointment is cancelled or a request declined, and whether its patient is told."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )
    tell = forms.BooleanField(label="Tell the patient", required=False, initial=True, help_text=WAITS)


class MoveForm(PressForm):
    """Why an appointment is moved, and whether its patient is told."""

    why = forms.ChoiceField(label="Reason", choices=tuple(WHY.items()), required=False, initial="patient")
    tell = forms.BooleanField(label="Tell the patient", required=False, initial=True, help_text=WAITS)
