"""What a visitor asks with, and what the desk answers with."""

import secrets
import time

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from corneum.clinic.enquiries.proof import BITS
from corneum.clinic.enquiries.proof import LONGEST as LONGEST_PROOF
from corneum.clinic.patients.contact import Contact, NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.domain.saved_words import UnknownPlaceholder, check_placeholders
from corneum.platform.ui.forms import Form, PressForm

LONGEST = 4000
_MARK = signing.TimestampSigner(salt="corneum.enquiries.shown")


def shown_mark() -> str:
    """Write the mark that says when the form was shown, which nobody else can write, and no two forms share."""
    return _MARK.sign(secrets.token_urlsafe(9))


def seconds_since(mark: str) -> float | None:
    """Answer with how long ago the form was shown; None if the mark is missing or forged."""
    try:
        _MARK.unsign(mark)
        signed = signing.b62_decode(mark.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        return None
    return max(0.0, time.time() - signed)


def _hidden() -> forms.HiddenInput:
    return forms.HiddenInput(attrs={"id": False})  # nothing points at it, and a guide has to stay light


class AskForm(PressForm):
    """Three fields that are seen, and one that only a robot fills in."""

    prefix = "ask"
    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name", "max_length": "Name must be 120 letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "autocapitalize": "words"}),
    )
    contact = forms.CharField(
        label="Email address or phone number",
        max_length=254,
        help_text="We use it to answer you, and for nothing else.",
        error_messages={"required": " ".join((NotAContact.__doc__ or "").split())},
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )
    text = forms.CharField(
        label="Your question",
        max_length=LONGEST,
        help_text="Please no medical details: you can tell us those in private at a consultation.",
        error_messages={
            "required": "Enter your question",
            "max_length": f"Keep your question to {LONGEST:,} letters; you can tell us the rest when we answer",
        },
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    subject = forms.CharField(required=False)  # the trap: drawn by _ask.html out of sight, never filled in by people
    shown = forms.CharField(required=False, widget=_hidden(), initial=shown_mark)
    proof = forms.CharField(required=False, max_length=LONGEST_PROOF)  # added by proof.js, where there is script
    page = forms.CharField(required=False, max_length=300, widget=_hidden())
    about = forms.CharField(required=False, max_length=200, widget=_hidden())

    @property
    def bits(self) -> int:
        """How much work the browser is asked for."""
        return BITS

    def clean_name(self) -> str:
        """Keep the name on one line."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter your name")
        return name

    def clean_contact(self) -> Contact:
        """Read an address or a number."""
        try:
            return parse_contact(str(self.cleaned_data["contact"]))
        except NotAContact as error:
            raise ValidationError(str(error)) from error

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        text = readable(str(self.cleaned_data["text"]))
        if not says_something(text):
            raise ValidationError("Enter your question")
        return text


class ReplyForm(PressForm):
    """Our answer, and how far its writer has read."""

    text = forms.CharField(
        label="Your reply",
        max_length=LONGEST,
        error_messages={"required": "Write your reply"},
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        text = readable(str(self.cleaned_data["text"]))
        if not says_something(text):
            raise ValidationError("Write your reply")
        return text


class NoteForm(PressForm):
    """A note to the team."""

    prefix = "note"
    text = forms.CharField(
        label="Note to the team",
        max_length=LONGEST,
        error_messages={"required": "Write your note"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answers = forms.BooleanField(label="We have rung them: it now waits for them", required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class CallForm(PressForm):
    """Who rang, and what they want."""

    name = forms.CharField(
        label="Who rang", required=False, max_length=120, help_text="Leave it empty if they did not say.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    contact = forms.CharField(
        label="Their phone number or email address",
        max_length=254,
        error_messages={"required": "Enter a phone number or an email address, so that somebody can answer"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    text = forms.CharField(
        label="What they want",
        max_length=LONGEST,
        error_messages={"required": "Write what they want"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_name(self) -> str:
        """Keep the name on one line, or say that there is none."""
        name = on_one_line(str(self.cleaned_data["name"]))
        return name if says_something(name) else "Unknown caller"

    def clean_contact(self) -> Contact:
        """Read an address or a number."""
        try:
            return parse_contact(str(self.cleaned_data["contact"]))
        except NotAContact as error:
            raise ValidationError(str(error)) from error

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        text = readable(str(self.cleaned_data["text"]))
        if not says_something(text):
            raise ValidationError("Write what they want")
        return text


class SavedReplyForm(PressForm):
    """Words for the next time."""

    title = forms.CharField(label="Name", max_length=60, help_text="Such as: Parking and the way in")
    text = forms.CharField(
        label="What it says",
        max_length=LONGEST,
        help_text="Without a greeting: that stands in the reply already.",
        error_messages={"required": "Write what it says"},
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def clean_title(self) -> str:
        """Keep the name on one line."""
        return on_one_line(str(self.cleaned_data["title"]))

    def clean_text(self) -> str:
        """Keep what was written to be read, and refuse what could not be filled in."""
        text = readable(str(self.cleaned_data["text"]))
        try:
            check_placeholders(text)
        except UnknownPlaceholder as error:
            raise ValidationError(str(error)) from error
        return text


class SnoozeForm(Form):
    """One of the moments that are offered, or a day."""

    until = forms.ChoiceField(required=False, choices=[("hours", ""), ("opening", ""), ("week", "")])
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
