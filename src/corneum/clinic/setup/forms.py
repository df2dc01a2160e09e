"""What somebody who sets a clinic up may send."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.diary.models import Block
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.premises.queries import WEEKDAYS
from corneum.clinic.setup.nations import NATIONS
from corneum.clinic.setup.spans import MIDDAY, Said
from corneum.clinic.treatments.actions import Rules
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.domain.places import Place, read_place
from corneum.domain.scheduling.gap import Gap
from corneum.domain.scheduling.rota import Reading
from corneum.platform.ui.forms import Form, PressForm

Choices = Sequence[tuple[str, Any]]
STRETCH = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\u2013|to)\s*(\d{1,2})(?:[:.](\d{2}))?")
LONGEST = timedelta(days=731)


def written(stretches: Iterable[Reading]) -> str:
    """Write stretches as somebody would type them: 09:00-12:30, 13:30-17:00."""
    return ", ".join(f"{starts:%H:%M}-{ends:%H:%M}" for starts, ends in sorted(stretches))


class StretchesField(forms.CharField):
    """Stretches of one day, such as "9-12:30, 13:30-17"; empty for none."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a text field takes."""
        super().__init__(max_length=120, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave it alone as it is typed."""
        return super().widget_attrs(widget) | {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> Any:
        """Read it, the earliest first; stretches of one day neither meet nor overlap."""
        text = super().clean(value)
        stretches = sorted(_stretch(part.strip()) for part in text.split(",") if part.strip())
        for (_starts, ends), (following, _) in pairwise(stretches):
            if following <= ends:
                raise ValidationError("These hours overlap or touch: write them as one")
        return stretches


def _stretch(text: str) -> Reading:
    found = STRETCH.fullmatch(text)
    first, second, third, fourth = (int(part or 0) for part in found.groups()) if found else (24, 0, 24, 0)
    try:
        starts, ends = time(first, second), time(third, fourth)
    except ValueError as unread:
        raise ValidationError("Write hours like 09:00-12:30, 13:30-17:00") from unread
    if starts >= ends:
        raise ValidationError("Hours must end later on the same day than they begin")
    return starts, ends


def _day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
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
    on = _day_field("Day")
    hours = StretchesField(label="Open", help_text="Such as 10:00-14:00.")


class DayForm(Form):
    """A day, of which something is taken back."""

    prefix = "back"
    on = forms.DateField(widget=forms.HiddenInput)


class ClosureForm(Form):
    """A day on which the clinic is closed, or several."""

    prefix = "closure"
    on = _day_field("First day")
    last = _day_field("Last day", required=False, help_text="Leave empty for one day.")
    reason = forms.CharField(label="Why", max_length=120, help_text="Patients may read this.")

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins."""
        return _in_order(self, "on", "last")


class HolidaysForm(Form):
    """Whose public holidays the clinic keeps."""

    prefix = "holidays"
    nation = forms.ChoiceField(label="Closed on the public holidays of", choices=NATIONS, required=False)


class PlaceForm(Form):
    """Where the clinic is, as maps write it."""

    prefix = "place"
    place = forms.CharField(
        label="Latitude and longitude", max_length=60, required=False,
        help_text="As your map writes them: 53.4808, -2.2426. Leave it empty to say no distances.",
    )  # fmt: skip

    def clean_place(self) -> Place | None:
        """Read it; what no map would write is refused."""
        typed = self.cleaned_data["place"]
        try:
            return read_place(typed) if typed else None
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class RotaForm(_Week):
    """When somebody works: every week the same, or two weeks that take turns."""

    prefix = "rota"
    valid_from = _day_field("From", help_text="Until the day before, the rota stays as it is.")
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
    on = _day_field("Day")
    hours = StretchesField(label="Works", required=False, help_text="Such as 10:00-14:00. Leave empty for a day off.")


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


class RoomForm(Form):
    """How many a room takes at once, and whether it is used."""

    places = forms.IntegerField(label="Visits at once", min_value=1, max_value=50)
    is_active = forms.BooleanField(label="In use", required=False)

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        """Show the room as it is."""
        super().__init__(*args, **kwargs)
        self.prefix = f"room-{room.ref}"
        self.initial = {"places": room.places, "is_active": room.is_active}


class DeviceForm(Form):
    """Where a machine stands, until when it may be used, for how many, and whether it is."""

    places = forms.IntegerField(label="Visits at once", min_value=1, max_value=50)
    room = forms.ChoiceField(label="Fixed in", required=False)
    service_due = _day_field("Last day before its service", required=False)
    is_active = forms.BooleanField(label="In use", required=False)

    def __init__(self, *args: Any, device: Device, rooms: Iterable[Room], **kwargs: Any) -> None:
        """Show the machine as it is, and the rooms that it could stand in."""
        super().__init__(*args, **kwargs)
        self.prefix = f"device-{device.ref}"
        choices = [("", "Nowhere: it is wheeled"), *((room.ref, room.name) for room in rooms)]
        self.fields["room"].choices = choices  # type: ignore[attr-defined]
        self.initial = {
            "places": device.places,
            "room": device.room.ref if device.room else "",
            "service_due": device.service_due,
            "is_active": device.is_active,
        }


class BlockForm(PressForm):
    """Time in which somebody or something is not there."""

    prefix = "block"
    PARTS = (
        ("whole", "Whole days"),
        ("morning", f"Mornings, until {MIDDAY:%H:%M}"),
        ("afternoon", f"Afternoons, from {MIDDAY:%H:%M}"),
        ("hours", "These hours of each day"),
    )
    who = forms.MultipleChoiceField(
        label="Who or what", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person, room or device"},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Why")
    first = _day_field("First day")
    last = _day_field("Last day", required=False, help_text="Leave empty for one day.")
    part = forms.ChoiceField(label="Which part", choices=PARTS, widget=forms.RadioSelect, initial="whole")
    hours = StretchesField(label="Hours", required=False, help_text="Only for hours: such as 09:00-10:30.")
    until = _day_field("Every week until", required=False, help_text="Leave empty for once.")
    note = forms.CharField(
        label="Note", required=False, max_length=200, help_text="Read only by those who set the clinic up."
    )

    def __init__(self, *args: Any, who: Choices, sees_why: bool, **kwargs: Any) -> None:
        """Offer whose time can be blocked; only those who may read of it can say that somebody is ill."""
        super().__init__(*args, **kwargs)
        hidden = {Block.Kind.OTHER_CALENDAR} | (set() if sees_why else {Block.Kind.SICKNESS})
        kinds = [choice for choice in Block.Kind.choices if choice[0] not in hidden]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["who"].choices = who  # type: ignore[attr-defined]
        if not sees_why:
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """Refuse what ends before it begins, lasts for years, or says no hours where hours are meant."""
        sent = _in_order(self, "first", "last")
        _in_order(self, "first", "until")
        if sent.get("part") == "hours" and not sent.get("hours") and "hours" not in self.errors:
            self.add_error("hours", "Enter the hours")
        return sent

    def said(self) -> list[Said]:
        """Answer with what was said: once for each stretch of hours."""
        sent = self.cleaned_data
        parts: dict[str, list[Reading | None]] = {
            "whole": [None],
            "morning": [(time.min, MIDDAY)],
            "afternoon": [(MIDDAY, time.min)],
            "hours": sent["hours"],
        }
        return [
            Said(sent["first"], sent["last"] or sent["first"], hours, sent["until"]) for hours in parts[sent["part"]]
        ]


def _in_order(form: forms.Form, first: str, last: str) -> dict[str, Any]:
    """Refuse a last day before the first, or years after it."""
    sent = form.cleaned_data
    one, other = sent.get(first), sent.get(last)
    if isinstance(one, date) and isinstance(other, date):
        if other < one:
            form.add_error(last, "This day is before the first")
        elif other - one > LONGEST:
            form.add_error(last, "That is more than two years: choose an earlier day")
    return sent
