"""What the desk chooses for a link out, and what it pastes for a calendar in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.calendars.fetching import NotAnAddress, whole_address
from corneum.clinic.calendars.models import Feed
from corneum.clinic.patients.writing import on_one_line, says_something
from corneum.platform.ui.forms import Form, PressForm

Choices = Sequence[tuple[str, str]]


def shows_choices(*, more_than_busy: bool) -> Choices:
    """List what a link may show, for somebody who may or may not show more than that the time is busy."""
    return [choice for choice in Feed.Shows.choices if more_than_busy or choice[0] == Feed.Shows.BUSY]


class FeedForm(PressForm):
    """A new link: to whose time, and what it shows."""

    prefix = "feed"
    of = forms.ChoiceField(label="Whose time")
    shows = forms.ChoiceField(
        label="What it shows",
        widget=forms.RadioSelect,
        initial=Feed.Shows.BUSY,
        help_text="Whoever has the link sees this, and so does the calendar program it is given to.",
    )

    def __init__(self, *args: Any, owners: Choices, shows: Choices, **kwargs: Any) -> None:
        """Offer what there is at this clinic, and what this person may show."""
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = owners  # type: ignore[attr-defined]
        self.fields["shows"].choices = shows  # type: ignore[attr-defined]


class ShowsForm(Form):
    """Another choice of what a link shows."""

    shows = forms.ChoiceField(label="Shows")

    def __init__(self, *args: Any, shows: Choices, **kwargs: Any) -> None:
        """Offer what this person may show."""
        super().__init__(*args, **kwargs)
        self.fields["shows"].choices = shows  # type: ignore[attr-defined]


class CalendarForm(PressForm):
    """A foreign calendar: whose, what to call it, and its secret address."""

    prefix = "other"
    practitioner = forms.ChoiceField(label="Whose calendar")
    name = forms.CharField(
        label="What to call it",
        max_length=60,
        help_text="Such as: Hospital rota. It is seen here and nowhere else.",
    )
    url = forms.CharField(
        label="Secret address",
        max_length=2000,
        help_text="From the other calendar's settings: it begins with https:// or webcal://, and mostly ends in .ics.",
        error_messages={"required": "Paste the calendar's secret address"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        """Offer those for whom this person may connect one."""
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].choices = people  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Keep the name on one line."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter what to call it")
        return name

    def clean_url(self) -> str:
        """Read the address."""
        try:
            return whole_address(str(self.cleaned_data["url"]))
        except NotAnAddress as refusal:
            raise ValidationError(str(refusal)) from refusal
