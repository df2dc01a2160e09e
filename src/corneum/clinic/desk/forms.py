"""When the next day's pack is made ready, as somebody may send it."""

from datetime import time
from typing import Any

from django import forms

from corneum.platform.ui.forms import Form

HOURS = [(f"{hour:02d}:00", f"{hour:02d}:00") for hour in range(12, 24)]


class PackForm(Form):
    """The hour, or none."""

    hour = forms.ChoiceField(
        label="Make it ready at", required=False, choices=[*HOURS, ("", "Send no letter")],
        help_text="The letter goes to the clinic\u2019s own address and holds only a link.",
    )  # fmt: skip

    def clean_hour(self) -> Any:
        """Read the hour."""
        chosen = self.cleaned_data["hour"]
        return time.fromisoformat(chosen) if chosen else None
