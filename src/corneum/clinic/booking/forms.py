"""What a visitor types on the way to an appointment, and what they choose."""

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.contact import NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.platform.ui.forms import Form

LONGEST_NOTE = 500


class DetailsForm(Form):
    """Who comes, how to reach them, and what would help them; three fields and no more."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        error_messages={"required": "Enter your name", "max_length": "Name must be 120 letters or fewer"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "autocapitalize": "words"}),
    )
    # One field, not two: a browser fills it in, and nobody wonders which of two empty boxes they may leave.
    contact = forms.CharField(
        label="Email address or mobile number",
        max_length=254,
        help_text="We send your booking there, with a link to move or cancel it. Nothing else.",
        error_messages={"required": " ".join((NotAContact.__doc__ or "").split())},
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )
    note = forms.CharField(
        label="Anything that would help at your visit",
        max_length=LONGEST_NOTE,
        required=False,
        help_text="Step-free access, an interpreter, someone with you. No medical details here: you talk about "
        "those in private at your visit.",
        error_messages={"max_length": f"Keep it to {LONGEST_NOTE} letters; we can talk about the rest"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_name(self) -> str:
        """Keep the name on one line, without letters that nobody can see."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Enter your name")
        return name

    def clean_note(self) -> str:
        """Keep what was written to be read."""
        return readable(str(self.cleaned_data["note"]))

    def clean_contact(self) -> str:
        """Refuse what is neither an address nor a number; keep it as it was typed."""
        typed = str(self.cleaned_data["contact"])
        try:
            parse_contact(typed)
        except NotAContact as error:
            raise ValidationError(str(error)) from error
        return typed


class ChoiceForm(forms.Form):
    """The time that was pressed: a minute of this century, and nothing else that a browser may say."""

    starts = forms.IntegerField(min_value=0, max_value=70_000_000)


class CancelForm(Form):
    """Why somebody cancels, if they like to say."""

    reason = forms.CharField(
        label="Why, if you would like to say",
        max_length=200,
        required=False,
        help_text="It helps us offer better times. No medical details, please.",
        error_messages={"max_length": "Keep it to 200 letters"},
    )
