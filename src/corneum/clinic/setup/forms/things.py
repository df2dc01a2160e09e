"""Where a clinic is, what is in it, and time in which somebody or something is not there, as somebody may send it."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.diary.models import Block
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.setup.forms.fields import StretchesField, day_field, in_order
from corneum.clinic.setup.spans import MIDDAY, Said
from corneum.domain.places import Place, read_place
from corneum.domain.scheduling.rota import Reading
from corneum.platform.ui.forms import Form, PressForm

Choices = Sequence[tuple[str, Any]]


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
    service_due = day_field("Last day before its service", required=False)
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
    first = day_field("First day")
    last = day_field("Last day", required=False, help_text="Leave empty for one day.")
    part = forms.ChoiceField(label="Which part", choices=PARTS, widget=forms.RadioSelect, initial="whole")
    hours = StretchesField(label="Hours", required=False, help_text="Only for hours: such as 09:00-10:30.")
    until = day_field("Every week until", required=False, help_text="Leave empty for once.")
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
        sent = in_order(self, "first", "last")
        in_order(self, "first", "until")
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
