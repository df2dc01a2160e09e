"""What a visitor types on the way to an appointment, and what they choose."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.contact import NotAContact, parse_contact
from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.platform.ui.forms import Form, PressForm

if TYPE_CHECKING:
    from corneum.clinic.patients.models import Patient
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Treatment

SOMEBODY_NEW = "new"
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


class NewForm(PressForm):
    """An appointment that the desk makes: for whom, what, with whom and when."""

    patient = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    enquiry = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label="Email address or phone number",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    born_on = forms.DateField(
        label="Date of birth",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a date"},
    )
    same_as = forms.CharField(label="Is it one of these?", required=False, max_length=40, widget=forms.RadioSelect)
    treatment = forms.ChoiceField(label="Treatment")
    practitioner = forms.ChoiceField(label="With", required=False)
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day", "invalid": "Enter a date"},
    )
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Enter the time", "invalid": "Enter a time, such as 14:30"},
    )
    note = forms.CharField(label="Note", max_length=LONGEST_NOTE, required=False)
    tell = forms.BooleanField(label="Send a confirmation", required=False, initial=True)
    in_spite = forms.CharField(
        label="Why it is booked in spite of this",
        max_length=200,
        required=False,
        help_text="It stands in the history with your name. No medical details, please.",
        error_messages={"max_length": "Keep the reason to 200 letters"},
    )

    def __init__(
        self,
        *args: Any,
        treatments: "Iterable[Treatment]",
        people: "Iterable[Practitioner]",
        known: "Patient | None",
        **kwargs: Any,
    ) -> None:
        """Offer what this clinic gives and who works there; ask who it is unless somebody is chosen."""
        super().__init__(*args, **kwargs)
        self.treatments: Mapping[str, Treatment] = {treatment.slug: treatment for treatment in treatments}
        self.people: Mapping[str, Practitioner] = {person.slug: person for person in people}
        self.known = known
        given = [(slug, treatment.name) for slug, treatment in self.treatments.items()]
        names = [("", "Anyone"), *((slug, person.name) for slug, person in self.people.items())]
        self.fields["treatment"].choices = given  # type: ignore[attr-defined]
        self.fields["practitioner"].choices = names  # type: ignore[attr-defined]
        if known is None:
            self.fields["name"].required = self.fields["contact"].required = True
            self.fields["name"].error_messages["required"] = "Enter a name, or find the patient"
        else:  # what was typed of somebody new is carried along, and asked for by "Somebody else"
            for name in ("name", "contact", "born_on"):
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    def ask_whether(self, alike: "Iterable[Patient]") -> None:
        """Ask whether somebody new is one of these, whom the clinic knows."""
        described = [(one.ref, ", ".join(filter(None, (one.name, one.email, one.phone)))) for one in alike]
        self.fields["same_as"].widget.choices = [*described, (SOMEBODY_NEW, "Nobody of these")]

    def clean_name(self) -> str:
        """Keep the name on one line; somebody new has one that says something."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if self.known is None and not says_something(name):
            raise ValidationError("Enter a name, or find the patient")
        return name

    def clean_contact(self) -> str:
        """Refuse what is neither an address nor a number; somebody new needs one of them."""
        typed = str(self.cleaned_data["contact"])
        if self.known is None:
            try:
                parse_contact(typed)
            except NotAContact as error:
                raise ValidationError(str(error)) from error
        return typed


class CancelForm(Form):
    """Why somebody cancels, if they like to say."""

    reason = forms.CharField(
        label="Why, if you would like to say",
        max_length=200,
        required=False,
        help_text="It helps us offer better times. No medical details, please.",
        error_messages={"max_length": "Keep it to 200 letters"},
    )
