"""What a writer types, and what an approver and a publisher say."""

from collections.abc import Callable
from typing import Any

from django import forms

from corneum.clinic.guides import queries as guides
from corneum.clinic.treatments.models import Concern, Treatment
from corneum.clinic.writing import queries
from corneum.clinic.writing.fields import KINDS, Field
from corneum.clinic.writing.listed import NotReadable
from corneum.platform.ui.forms import Form

FOCAL = [
    (f"{across}-{down}", "The middle" if (across, down) == (50, 50) else f"{high}, {wide}")
    for down, high in ((20, "Top"), (50, "Middle"), (80, "Bottom"))
    for across, wide in ((20, "left"), (50, "middle"), (80, "right"))
]
FOCAL_HINT = "Guides show a cut of three to two around it; articles show the whole."
CHOSEN: dict[str, Callable[[], list[tuple[str, str]]]] = {
    "treatments": lambda: [(each.slug, each.name) for each in queries.treatments_sold()],
    "pictures": lambda: [(each.ref, each.name) for each in guides.pictures()],
}


class TextsForm(Form):
    """The fields of a guide or of an article, and the version they were typed over."""

    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Make the fields of this kind of page."""
        super().__init__(*args, **kwargs)
        self.written = KINDS[kind]
        for field in self.written:
            chosen = CHOSEN.get(field.lists)
            self.fields[field.name] = _choice_field(field, chosen()) if chosen else _text_field(field)

    def clean(self) -> dict[str, Any]:
        """Refuse, with its sentence, a list that nobody could read later."""
        sent = super().clean() or {}
        for field in self.written:
            try:
                queries.read_list(field.lists, sent.get(field.name, ""))
            except NotReadable as refusal:
                self.add_error(field.name, str(refusal))
        return sent

    def texts(self) -> dict[str, str]:
        """Answer with what was typed, by field."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in (field.name for field in self.written)}


def _choice_field(field: Field, known: list[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(label=field.label, choices=[("", "None"), *known], required=False, help_text=field.hint)


def _text_field(field: Field) -> forms.Field:
    is_long = field.most > 100
    rows = 12 if field.lists or field.name == "body" else 3
    return forms.CharField(
        label=field.label, max_length=field.most, required=not field.may_be_empty, help_text=field.hint,
        widget=forms.Textarea(attrs={"rows": rows}) if is_long else forms.TextInput(),
        error_messages={"required": f"Enter {field.label[0].lower()}{field.label[1:]}"},
    )  # fmt: skip


class BeginForm(Form):
    """The guide to a treatment, what is said of a concern, or the address of an article."""

    treatment = forms.ModelChoiceField(
        Treatment.objects.all(), required=False, to_field_name="slug", widget=forms.HiddenInput
    )
    concern = forms.ModelChoiceField(
        Concern.objects.all(), required=False, to_field_name="slug", widget=forms.HiddenInput
    )
    slug = forms.SlugField(
        required=False, max_length=50, label="Address of the article", help_text="For example new-opening-hours"
    )

    def clean(self) -> dict[str, Any]:
        """Insist on one of the three."""
        sent = super().clean() or {}
        if not any(sent.get(name) for name in ("treatment", "concern", "slug")) and not self.errors:
            self.add_error("slug", "Enter an address for the article")
        return sent


class ApproveForm(Form):
    """Until when the approver stands by it."""

    review_due_on = forms.DateField(
        label="Review again by", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ReviewForm(ApproveForm):
    """The same, of the very text that they were asked about."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class PublishForm(Form):
    """Now, or at a moment on the clinic's wall clock."""

    publish_at = forms.DateTimeField(
        label="Publish at", required=False, help_text="Leave it empty to publish now.",
        input_formats=["%Y-%m-%dT%H:%M"], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip


class PictureForm(Form):
    """A picture, and the words that must stand beside it."""

    file = forms.FileField(
        label="Picture", help_text="JPEG, PNG or WebP, at most 15 MB. What the camera noted about place and time is left out.",
        error_messages={"required": "Choose a picture of at most 15 MB", "empty": "This file is empty"},
    )  # fmt: skip
    name = forms.CharField(label="Name at the desk", max_length=80)
    alt = forms.CharField(
        label="What it shows, for whoever does not see it", max_length=250, required=False,
        help_text="For example: a hand-held tip is passed over a cheek",
    )  # fmt: skip
    is_decorative = forms.BooleanField(label="It only decorates and says nothing", required=False)
    focal = forms.ChoiceField(label="What must stay in sight", choices=FOCAL, initial="50-50", help_text=FOCAL_HINT)
    shows_person = forms.BooleanField(label="It shows a person", required=False)
    consent_note = forms.CharField(
        label="Their consent", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who agreed to this use, when, and where the form is kept. Never shown to readers.",
    )  # fmt: skip

    def clean_focal(self) -> tuple[int, int]:
        """Read the two numbers."""
        across, _, down = self.cleaned_data["focal"].partition("-")
        return int(across), int(down)


class AnswerForm(Form):
    """Why a marked word may stand."""

    rule = forms.SlugField(widget=forms.HiddenInput)
    word = forms.CharField(max_length=120, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it may stand", max_length=600)
