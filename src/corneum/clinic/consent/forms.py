"""What a patient signs with, what a practitioner writes down, and what is written for patients."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.clinic.patients.writing import on_one_line, readable, says_something
from corneum.domain.consent.drawing import NotADrawing, drawing
from corneum.domain.consent.text import SECTIONS
from corneum.platform.ui.forms import Form, PressForm

LONGEST = 10_000
# As the models name them; a form knows no model.
WAYS = (("email", "Email them the link"), ("shown", "Show it to them here"), ("printed", "Print it for them"))
PURPOSES = (
    ("record", "My own record, to see how my skin changes"),
    ("teaching", "Teaching the people who work here"),
    ("publication", "The clinic's website, to show what a treatment can do"),
    ("advertising", "Advertising outside the website"),
)
FOUND = (
    ("saw_alternatives", "They have seen their other choices, doing nothing among them"),
    ("understands", "They understand what is done and what can happen"),
    ("remembers", "They can keep it in mind for long enough to decide"),
    ("weighs", "They can weigh it up"),
    ("says", "They can say what they decide, in whatever way"),
    ("is_free", "They want it by themselves: nobody presses them, and they are not unwell, drunk or drugged"),
)


class SignForm(Form):
    """A name, typed; a drawn one is optional, and is added by a script where there is one."""

    name = forms.CharField(
        label="Your full name",
        max_length=120,
        help_text="Typing it here is your signature.",
        error_messages={"required": "Type your full name to sign"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "data-drawn-name": ""}),
    )
    agrees = forms.BooleanField(
        label="I have read this, and I agree",
        error_messages={"required": "Tick that you have read it and agree; or close this page, and nothing is signed"},
    )
    drawn = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput(attrs={"data-drawn": ""}))
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    way = forms.ChoiceField(choices=(("own", "own"), ("tablet", "tablet")), widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """Keep the name on one line."""
        name = on_one_line(str(self.cleaned_data["name"]))
        if not says_something(name):
            raise ValidationError("Type your full name to sign")
        return name

    def clean_drawn(self) -> str:
        """Let strokes through, and nothing else."""
        try:
            return drawing(str(self.cleaned_data["drawn"]))
        except NotADrawing as error:
            raise ValidationError(str(error)) from error


class PicturesForm(Form):
    """Four questions, each by itself; leaving one open says no."""

    prefix = "pictures"
    agrees = forms.MultipleChoiceField(
        label="You may take and use photographs of me for",
        required=False,
        choices=PURPOSES,
        widget=forms.CheckboxSelectMultiple,
    )

    def choices(self) -> dict[str, bool]:
        """Answer with a yes or a no for each."""
        ticked = self.cleaned_data["agrees"]
        return {purpose: purpose in ticked for purpose, _ in PURPOSES}


class GiveForm(PressForm):
    """Which treatment, and how they get it."""

    prefix = "give"
    treatment = forms.ChoiceField(label="About which treatment", widget=forms.Select)
    way = forms.ChoiceField(label="How", choices=WAYS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, treatments: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the treatments that have an approved text."""
        super().__init__(*args, **kwargs)
        field = self.fields["treatment"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = treatments


class TalkForm(PressForm):
    """The talk: nothing is ticked beforehand, and what is left open means that it goes no further today."""

    treats = forms.ChoiceField(label="Who gives the treatment", help_text="Somebody else: you supervise them.")
    explained = forms.CharField(
        label="What you explained",
        max_length=LONGEST,
        help_text="What matters to this patient. They sign these words, and keep them.",
        error_messages={"required": "Write what you explained"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    questions = forms.CharField(
        label="What they asked, and what you answered",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    found = forms.MultipleChoiceField(
        label="What you found",
        required=False,
        choices=FOUND,
        help_text="Where you cannot tick one, leave it open: the talk is kept, and they cannot sign for now.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer those who may give it today."""
        super().__init__(*args, **kwargs)
        field = self.fields["treats"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people

    def clean_explained(self) -> str:
        """Keep what was written to be read."""
        text = readable(str(self.cleaned_data["explained"]))
        if not says_something(text):
            raise ValidationError("Write what you explained")
        return text

    def clean_questions(self) -> str:
        """Keep what was written to be read."""
        return readable(str(self.cleaned_data["questions"]))

    def findings(self) -> dict[str, bool]:
        """Answer with what was found, each by itself."""
        ticked = self.cleaned_data["found"]
        return {name: name in ticked for name, _ in FOUND}


class TextsForm(Form):
    """A document, section by section."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a field for each section."""
        super().__init__(*args, **kwargs)
        for section in SECTIONS:
            self.fields[section.name] = forms.CharField(
                label=section.heading, required=False, max_length=LONGEST, help_text=section.hint,
                widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip

    def texts(self) -> dict[str, str]:
        """Answer with the text of each section."""
        return {section.name: readable(str(self.cleaned_data[section.name])) for section in SECTIONS}


class ApproveForm(Form):
    """A name under a version."""

    prefix = "approve"
    asks_anew = forms.BooleanField(
        label="What has changed matters to people who have signed already: ask them anew",
        required=False,
    )


class TimesForm(Form):
    """How long to reflect, and how long a signature holds."""

    prefix = "times"
    reflect_hours = forms.IntegerField(
        label="Hours from information to treatment",
        min_value=24,
        max_value=1440,
        help_text="A day at the least. Inside it they may cancel free of charge.",
        error_messages={"min_value": "Leave them 24 hours at the least", "max_value": "Choose 1,440 hours or fewer"},
    )
    lasts_days = forms.IntegerField(
        label="Days for which a signature holds",
        min_value=1,
        max_value=1095,
        error_messages={"min_value": "Choose at least a day", "max_value": "Choose 1,095 days or fewer"},
    )
