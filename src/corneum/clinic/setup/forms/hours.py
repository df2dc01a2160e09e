"""When a clinic is open and who works when, as somebody may send it."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django import forms

from corneum.clinic.premises.queries import WEEKDAYS
from corneum.clinic.setup.forms.fields import StretchesField, day_field, in_order, written
from corneum.domain.scheduling.rota import Reading
from corneum.platform.ui.forms import Form

NATIONS = (
    ("", "None"),
    ("GB-ENG", "England"),
    ("GB-WLS", "Wales"),
    ("GB-SCT", "Scotland"),
    ("GB-NIR", "Northern Ireland"),
    ("IE", "Ireland"),
    ("AT", "Austria"),
    ("BE", "Belgium"),
    ("DE", "Germany"),
    ("DE-BY", "Germany: Bavaria"),
    ("DK", "Denmark"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("IT", "Italy"),
    ("NL", "Netherlands"),
    ("NO", "Norway"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("SE", "Sweden"),
)


class _Week(Form):
    """Seven days, each with its stretches."""

    def add_week(self, letter: str, week: Iterable[tuple[int, Reading]] | None, suffix: str = "") -> None:
        """Add a field for each weekday, filled with what holds now."""
        by_day: dict[int, list[Reading]] = {}
        for weekday, reading in week or ():
            by_day.setdefault(weekday, []).append(reading)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"{letter}{number}"] = StretchesField(
                label=f"{name}{suffix}", required=False, initial=written(by_day.get(number, ()))
            )

    def week(self, letter: str) -> list[tuple[int, time, time]]:
        """Answer with what was typed for the seven days."""
        return [(number, *reading) for number in range(7) for reading in self.cleaned_data[f"{letter}{number}"]]

    def days(self, letter: str) -> list[Any]:
        """Answer with the seven fields, for the page."""
        return [self[f"{letter}{number}"] for number in range(7)]


class WeekForm(_Week):
    """When the clinic is open in every week."""

    prefix = "week"

    def __init__(self, *args: Any, week: Iterable[tuple[int, Reading]] = (), **kwargs: Any) -> None:
        """Show the week as it is."""
        super().__init__(*args, **kwargs)
        self.add_week("d", week)


class SpecialForm(Form):
    """One day with hours of its own."""

    prefix = "special"
    on = day_field("Day")
    hours = StretchesField(label="Open", help_text="Such as 10:00-14:00.")


class DayForm(Form):
    """A day, of which something is taken back."""

    prefix = "back"
    on = forms.DateField(widget=forms.HiddenInput)


class ClosureForm(Form):
    """A day on which the clinic is closed, or several."""

    prefix = "closure"
    on = day_field("First day")
    last = day_field("Last day", required=False, help_text="Leave empty for one day.")
    reason = forms.CharField(label="Why", max_length=120, help_text="Patients may read this.")

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins."""
        return in_order(self, "on", "last")


class HolidaysForm(Form):
    """Whose public holidays the clinic keeps."""

    prefix = "holidays"
    nation = forms.ChoiceField(label="Closed on the public holidays of", choices=NATIONS, required=False)


class RotaForm(_Week):
    """When somebody works: every week the same, or two weeks that take turns."""

    prefix = "rota"
    valid_from = day_field("From", help_text="Until the day before, the rota stays as it is.")
    alternates = forms.BooleanField(label="Every second week is different", required=False)

    def __init__(self, *args: Any, weeks: Sequence[Iterable[tuple[int, Reading]]] = (), **kwargs: Any) -> None:
        """Show the weeks as they are."""
        super().__init__(*args, **kwargs)
        self.add_week("d", weeks[0] if weeks else None)
        self.add_week("e", weeks[1] if len(weeks) > 1 else None, ", second week")
        self.fields["alternates"].initial = len(weeks) > 1

    def first_week(self) -> list[Any]:
        """Give the fields of the week of that day, for the page."""
        return self.days("d")

    def second_week(self) -> list[Any]:
        """Give the fields of the other week, for the page."""
        return self.days("e")

    def weeks(self) -> list[list[tuple[int, time, time]]]:
        """Answer with one week, or with two."""
        return [self.week("d"), self.week("e")] if self.cleaned_data["alternates"] else [self.week("d")]


class RotaDayForm(Form):
    """A day on which somebody works at other hours than usual, or not at all."""

    prefix = "day"
    on = day_field("Day")
    hours = StretchesField(label="Works", required=False, help_text="Such as 10:00-14:00. Leave empty for a day off.")
