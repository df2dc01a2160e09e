"""What the desk asks a course to be."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from corneum.clinic.courses import queries
from corneum.clinic.courses.planning import Wish
from corneum.clinic.practitioners.queries import may_give
from corneum.clinic.treatments.queries import offer_at, offers_at
from corneum.domain.scheduling.course import Preferences, Spacing
from corneum.platform.ui.forms import Form

if TYPE_CHECKING:
    from corneum.clinic.patients.models import Patient
    from corneum.platform.accounts.models import Clinic

MOST_VISITS, MOST_DAYS = 24, 366
WEEKDAYS = tuple(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
HOURS = (
    ("", "Any time"),
    ("0-720", "Morning, before 12:00"),
    ("720-1020", "Afternoon, 12:00 to 17:00"),
    ("1020-1440", "Evening, from 17:00"),
)


def _whole(label: str, *, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    """Make a field for a whole number, with sentences that say which."""
    said = f"{label} must be a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={"invalid": said, "min_value": said, "max_value": said},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": least, "max": most}),
        **kwargs,
    )


class WishForm(Form):
    """How many visits, how far apart, with whom and when rather."""

    treatment = forms.ChoiceField(label="Treatment")
    visits = _whole("Number of visits", least=2, most=MOST_VISITS, initial=6)
    ideal_days = _whole("Days apart, best", least=1, most=MOST_DAYS, initial=14)
    min_days = _whole("Days apart, at least", least=1, most=MOST_DAYS, initial=10)
    max_days = _whole("Days apart, at most", least=1, most=MOST_DAYS, initial=21)
    practitioner = forms.ChoiceField(label="With", required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label="Rather on these days", required=False, coerce=int, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.ChoiceField(label="Rather at this time of day", required=False, choices=HOURS)
    first = forms.DateField(
        label="First visit from",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day from which the first visit may be", "invalid": "Enter a date"},
    )
    soonest = forms.BooleanField(label="Begin as soon as possible, even on other days or hours", required=False)

    def __init__(self, *args: Any, clinic: "Clinic", today: date, **kwargs: Any) -> None:
        """Offer what this clinic gives, and who works there."""
        super().__init__(*args, **kwargs)
        self.clinic, self.today = clinic, today
        # What people have courses of comes before consultations and reviews.
        offers = sorted(offers_at(clinic), key=lambda offer: offer.treatment.kind != "treatment")
        given = [(offer.treatment.slug, offer.treatment.name) for offer in offers]
        people = [(person.ref, person.name) for person in queries.practitioners_at(clinic, today)]
        self.fields["treatment"].choices = given  # type: ignore[attr-defined]
        self.fields["practitioner"].choices = [("", "No preference"), *people]  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        """Refuse a day that is over, and one that nobody can look at yet."""
        first: date = self.cleaned_data["first"]
        if first < self.today:
            raise forms.ValidationError("The first visit cannot be in the past")
        if first.year > self.today.year + 5:
            raise forms.ValidationError("Choose a day in the next years")
        return first

    def clean(self) -> dict[str, Any]:
        """Refuse days that are not in order, and somebody who does not give the treatment."""
        cleaned: dict[str, Any] = super().clean() or {}
        days = [cleaned.get(name) for name in ("min_days", "ideal_days", "max_days")]
        if None not in days and days != sorted(days, key=lambda each: each or 0):
            self.add_error("ideal_days", "The best number of days must lie between the least and the most")
        who, slug = cleaned.get("practitioner"), cleaned.get("treatment")
        if who and slug and not self._gives(who, slug):
            self.add_error("practitioner", "Choose somebody who gives this treatment")
        least = self._least_gap(slug)
        if days[0] is not None and days[0] < least:
            sentence = (
                f"At least {least} {'day lies' if least == 1 else 'days lie'} between two sessions of this treatment"
            )
            self.add_error("min_days", sentence)
        return cleaned

    def _least_gap(self, slug: str | None) -> int:
        """Say how many days lie between two sessions of what was chosen, whatever is asked for here."""
        return offer_at(self.clinic, slug).treatment.gap.least if slug else 0

    def wish(self, patient: "Patient") -> Wish:
        """Say what was asked for."""
        asked = self.cleaned_data
        from_minute, until_minute = (int(each) for each in (asked["hours"] or "0-1440").split("-"))
        treatment = offer_at(self.clinic, asked["treatment"]).treatment
        people = queries.practitioners_at(self.clinic, self.today)
        return Wish(
            clinic=self.clinic,
            patient=patient,
            treatment=treatment,
            visits=asked["visits"],
            spacing=Spacing(asked["min_days"], asked["max_days"], asked["ideal_days"]),
            first=asked["first"],
            preferences=Preferences(frozenset(asked["weekdays"]), from_minute, until_minute),
            practitioner=next((person for person in people if person.ref == asked["practitioner"]), None),
        )

    def _gives(self, ref: str, slug: str) -> bool:
        return may_give(offer_at(self.clinic, slug).treatment, self.today).filter(ref=ref).exists()


class EndForm(Form):
    """Why a course ends early."""

    reason = forms.CharField(
        label="Reason",
        max_length=200,
        error_messages={"required": "Enter a reason", "max_length": "Keep the reason to 200 letters"},
    )
