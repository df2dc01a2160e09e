"""What the desk may send about an outage."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from corneum.clinic.diary.models import Block
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, minute_of, span_on
from corneum.platform.ui.forms import Form, PressForm

Kind = Block.Kind
PEOPLE = (Kind.SICKNESS, Kind.LEAVE, Kind.TRAINING, Kind.OTHER)
THINGS = (Kind.OUT_OF_ORDER, Kind.MAINTENANCE, Kind.CLEANING, Kind.OTHER)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"Enter the {label.lower()}", "invalid": "Enter a date"},
    )


def _clock(label: str, words: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        help_text=words,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Enter a time, such as 13:30"},
    )


class TakeOutForm(PressForm):
    """Who or what is out, from when to when, and why."""

    what = forms.ChoiceField(label="Who or what is out")
    kind = forms.ChoiceField(
        label="Why", help_text="Stays with the desk: patients are not told.",
        choices=[
            ("Somebody", [(kind.value, kind.label) for kind in PEOPLE[:-1]]),
            ("A room or a device", [(kind.value, kind.label) for kind in THINGS[:-1]]),
            ("Either", [(Kind.OTHER.value, "Another reason")]),
        ],
    )  # fmt: skip
    first = _day("First day")
    starts = _clock("From", "Left empty: from the beginning of the day")
    last = _day("Last day")
    ends = _clock("Until", "Left empty: to the end of the day")

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], zone: str, at: datetime, **kw: Any
    ) -> None:
        """Offer who works here, and what there is."""
        super().__init__(*args, **kw)
        self.zone, self.at = zone, at
        groups: list[tuple[str, Any]] = [("", "Choose"), *((name, each) for name, each in choices.items() if each)]
        self.fields["what"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that is no time, and a reason that is not one for what is out."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            today = local(minute_of(self.at), self.zone).date()
            if last < today:
                self.add_error("last", "The last day must be today or later")
            elif last < first or (last - first).days > 366:
                self.add_error("last", "The last day must be within a year of the first, and not before it")
            elif self.span(cleaned).minutes == 0:
                self.add_error("ends", "The end must be after the start")
        what, kind = cleaned.get("what"), cleaned.get("kind")
        if what and kind and kind not in (PEOPLE if what.startswith("practitioner") else THINGS):
            self.add_error("kind", "Choose a reason that goes with who or what is out")
        return cleaned

    def span(self, cleaned: dict[str, Any]) -> Interval:
        """Say which minutes are meant."""
        first: date = cleaned["first"]
        last: date = cleaned["last"]
        starts = span_on(first, cleaned.get("starts") or time.min, time.min, self.zone).starts
        ends = cleaned.get("ends")
        until = (
            span_on(last, time.min, ends, self.zone).ends if ends else span_on(last, time.min, time.min, self.zone).ends
        )
        return Interval(starts, until)


class ShortenForm(Form):
    """Until when somebody is out after all."""

    last = _day("Back on")
    ends = _clock("From", "Left empty: from the beginning of the day")

    def minute(self, zone: str) -> int:
        """Say from which minute on they are back."""
        cleaned = self.cleaned_data
        return span_on(cleaned["last"], cleaned.get("ends") or time.min, time.min, zone).starts


class CancelForm(Form):
    """Why a visit is cancelled; for the desk, not for the patient."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="Stays with the desk: no message says it.",
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )
