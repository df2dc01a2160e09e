"""How a treatment is booked, how long it takes and how far apart it is, as somebody may send it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from corneum.clinic.premises.queries import WEEKDAYS
from corneum.clinic.treatments.actions import Rules
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.domain.scheduling.gap import Gap
from corneum.platform.ui.forms import Form


class RulesForm(Form):
    """How a treatment can be booked at a clinic."""

    prefix = "rules"
    notice_minutes = forms.IntegerField(label="Shortest notice, in minutes", min_value=0, max_value=60 * 24 * 60)
    horizon_days = forms.IntegerField(label="Can be booked so many days ahead", min_value=1, max_value=730)
    step_minutes = forms.IntegerField(label="A time every so many minutes", min_value=1, max_value=120)
    weekdays = forms.MultipleChoiceField(
        label="Given on",
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    most_per_day = forms.IntegerField(label="At most in one day", min_value=1, max_value=500, required=False)
    most_open_per_patient = forms.IntegerField(
        label="At most to come for one patient", min_value=1, max_value=100, required=False
    )
    consultation_first = forms.BooleanField(label="Only after a consultation", required=False)
    screening_first = forms.BooleanField(
        label="Only after the health questions are answered and cleared", required=False
    )
    is_by_request = forms.BooleanField(label="Online it is asked for, and the clinic answers", required=False)
    request_hours = forms.IntegerField(label="A request expires after so many hours", min_value=1, max_value=168)
    free_cancel_hours = forms.IntegerField(
        label="Free to move or cancel until so many hours before", min_value=0, max_value=336
    )
    grace_minutes = forms.IntegerField(
        label="And after booking, for so many minutes, whatever the hour", min_value=0, max_value=1440
    )
    late_fee = forms.DecimalField(
        label="Fee for cancelling late, in pounds", min_value=0, max_value=1000, max_digits=6, decimal_places=2,
        help_text="Said before booking. Nothing is ever taken by itself.",
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        """Show the rules as they are."""
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if name not in {"weekdays", "late_fee"}:
                self.fields[name].initial = getattr(offer, name)
        self.fields["weekdays"].initial = [str(number) for number in range(7) if offer.weekdays >> number & 1]
        self.fields["late_fee"].initial = f"{offer.late_fee_pence / 100:.2f}"

    def rules(self) -> Rules:
        """Answer with the rules as they were sent."""
        sent = {name: value for name, value in self.cleaned_data.items() if name not in {"weekdays", "late_fee"}}
        weekdays = sum(1 << int(number) for number in self.cleaned_data["weekdays"])
        return Rules(**sent, weekdays=weekdays, late_fee_pence=int(self.cleaned_data["late_fee"] * 100))


class LengthForm(Form):
    """How long a treatment takes, the set-up and clean-down of what it needs, and how far apart two sessions are."""

    prefix = "length"
    minutes = forms.IntegerField(label="Length in minutes", min_value=5, max_value=480)
    gap_days = forms.IntegerField(
        label="Days between two sessions of one patient, at least", min_value=0, max_value=366, required=False,
        help_text="Nobody books two nearer to each other than this. Leave empty for none.",
    )  # fmt: skip
    longest_gap_days = forms.IntegerField(
        label="And at most, as advice", min_value=1, max_value=732, required=False,
        help_text="Said at the desk when two are further apart. It keeps nobody from booking.",
    )  # fmt: skip

    def __init__(self, *args: Any, treatment: Treatment, needs: Sequence[Need], **kwargs: Any) -> None:
        """Show the length as it is, and each thing that is needed."""
        super().__init__(*args, **kwargs)
        self.needs = needs
        self.initial = {
            "minutes": treatment.minutes,
            "gap_days": treatment.gap_days or None,
            "longest_gap_days": treatment.longest_gap_days,
        }
        for need in needs:
            name = f"{need.kind} {need.what}".strip().replace("-", " ").capitalize()
            for side, words in (("before", "set-up before"), ("after", "clean-down after")):
                self.fields[f"need{need.pk}-{side}"] = forms.IntegerField(
                    label=f"{name}: {words}, in minutes", min_value=0, max_value=120, initial=getattr(need, side)
                )

    def clean(self) -> dict[str, Any]:
        """Refuse an advice that nobody who keeps the gap could follow."""
        sent: dict[str, Any] = super().clean() or {}
        longest = sent.get("longest_gap_days")
        if longest is not None and longest < (sent.get("gap_days") or 0):
            self.add_error("longest_gap_days", "The most days must not be fewer than the least")
        return sent

    def gap(self) -> Gap:
        """Answer with the days between two sessions."""
        return Gap(self.cleaned_data["gap_days"] or 0, self.cleaned_data["longest_gap_days"])

    def buffers(self) -> dict[int, tuple[int, int]]:
        """Answer with the minutes before and after of each thing."""
        sent = self.cleaned_data
        return {need.pk: (sent[f"need{need.pk}-before"], sent[f"need{need.pk}-after"]) for need in self.needs}
