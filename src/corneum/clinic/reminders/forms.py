"""What somebody may send who sets reminders up, or says how they want to be reminded."""

from typing import Any

from django import forms

from corneum.clinic.reminders.models import ReminderChoice
from corneum.platform.ui.forms import PressForm

BEFORE = (
    ("0", "Never"), ("2", "2 hours before"), ("4", "4 hours before"), ("24", "The day before"), ("48", "2 days before"),
    ("72", "3 days before"), ("96", "4 days before"), ("168", "A week before"),
)  # fmt: skip


def _hours(chosen: str) -> int | None:
    return int(chosen) or None


class RulesForm(PressForm):
    """How long before a visit, by which way, and when nobody is written to."""

    email_hours = forms.TypedChoiceField(label="By email", choices=BEFORE, coerce=_hours)
    text_hours = forms.TypedChoiceField(label="By text", choices=BEFORE, coerce=_hours)
    quiet_from = forms.TimeField(label="Quiet from", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label="Quiet until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="What would be due in between leaves half an hour before. The same time twice: no quiet hours.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep a number of hours that stands in no list, as somebody set it by other means."""
        super().__init__(*args, **kwargs)
        for name in ("email_hours", "text_hours"):
            kept = self.initial[name] = self.initial.get(name) or 0
            if kept and str(kept) not in dict(BEFORE):
                self.fields[name].choices = (*BEFORE, (str(kept), f"{kept} hours before"))  # type: ignore[attr-defined]


class WaysForm(PressForm):
    """How somebody wants to be reminded."""

    ways = forms.ChoiceField(
        label="Remind of visits", choices=ReminderChoice.Ways.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how"},
    )  # fmt: skip
