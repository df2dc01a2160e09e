"""What somebody complains with, and what is written down about it."""

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.contact import Contact, NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.platform.ui.forms import PressForm

LONGEST = 10_000
# As the models name them; a form knows no model.
KINDS = (
    ("care", "My care, or how I was treated here"),
    ("data", "How you handled information about me"),
    ("request", "A copy, a correction or the deletion of information about me"),
)
WAYS = (("letter", "By letter"), ("handed", "Handed over at the clinic"), ("call", "By telephone, and then by letter"))


def _text(label: str, required: str, *, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text,
        error_messages={
            "required": required,
            "max_length": f"Keep it to {LONGEST:,} letters, and send the rest by post",
        },
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ComplaintForm(PressForm):
    """Five fields, two of them optional; nothing of it is thrown away, whoever sends it."""

    kind = forms.ChoiceField(label="What is it about?", choices=KINDS, widget=forms.RadioSelect)
    text = _text("What happened, and what would put it right?", "Write what happened", rows=8)
    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"max_length": "Name must be 120 letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label="Email address or phone number",
        max_length=254,
        help_text="We use it to answer you, and for nothing else.",
        error_messages={"required": " ".join((NotAContact.__doc__ or "").split())},
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
    )
    for_whom = forms.CharField(
        label="If you write for somebody else, their name",
        required=False,
        max_length=120,
        help_text="We ask them whether they agree before we tell you anything about them.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        """Keep the name on one line."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter your name")
        return name

    def clean_for_whom(self) -> str:
        """Keep the other name on one line."""
        return on_one_line(str(self.cleaned_data["for_whom"]))

    def clean_contact(self) -> Contact:
        """Read an address or a number."""
        try:
            return parse_contact(str(self.cleaned_data["contact"]))
        except NotAContact as error:
            raise ValidationError(str(error)) from error

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        return _said(self.cleaned_data["text"], "Write what happened")


class NoteForm(PressForm):
    """What was found or done."""

    prefix = "note"
    text = _text("Note", "Write your note", rows=3)

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        return _said(self.cleaned_data["text"], "Write your note")


class LaterForm(PressForm):
    """A later day, and why."""

    prefix = "later"
    until = forms.DateField(
        label="Answer by",
        error_messages={"required": "Choose a day", "invalid": "Enter a day, like 12/3/2026"},
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = _text("Why it takes longer", "Write why it takes longer", rows=2)

    def clean_reason(self) -> str:
        """Keep what was written to be read."""
        return _said(self.cleaned_data["reason"], "Write why it takes longer")


class AnswerForm(PressForm):
    """The answer, as it was given."""

    prefix = "answer"
    text = _text(
        "What we answered",
        "Write what we answered",
        rows=8,
        help_text="What we found, what we are sorry for, what we change, and where else they can go: the independent "
        "scheme that the clinic belongs to, the register, the Information Commissioner.",
    )
    way = forms.ChoiceField(label="How it was given", choices=WAYS, widget=forms.RadioSelect)

    def clean_text(self) -> str:
        """Keep what was written to be read."""
        return _said(self.cleaned_data["text"], "Write what we answered")


def _said(typed: object, missing: str) -> str:
    text = readable(str(typed))
    if not says_something(text):
        raise ValidationError(missing)
    return text
