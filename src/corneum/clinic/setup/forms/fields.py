"""Fields that several forms of the setup have: stretches of a day, days, and days in order."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.domain.scheduling.rota import Reading

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


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def in_order(form: forms.Form, first: str, last: str) -> dict[str, Any]:
    """Refuse a last day before the first, or years after it."""
    sent = form.cleaned_data
    one, other = sent.get(first), sent.get(last)
    if isinstance(one, date) and isinstance(other, date):
        if other < one:
            form.add_error(last, "This day is before the first")
        elif other - one > LONGEST:
            form.add_error(last, "That is more than two years: choose an earlier day")
    return sent
