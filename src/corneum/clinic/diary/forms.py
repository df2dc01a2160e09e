"""What the desk may send about an appointment."""

from django import forms

from corneum.platform.ui.forms import Form


class CancelForm(Form):
    """Why an appointment is cancelled."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )
