"""What a writer types, and what an approver and a publisher say."""

from typing import Any

from django import forms

from corneum.clinic.treatments.models import Concern, Treatment
from corneum.clinic.writing import queries
from corneum.clinic.writing.fields import KINDS, Field
from corneum.clinic.writing.listed import NotReadable
from corneum.platform.ui.forms import Form


class TextsForm(Form):
    """The fields of a guide or of an article, and the version they were typed over."""

    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Make the fields of this kind of page."""
        super().__init__(*args, **kwargs)
        self.written = KINDS[kind]
        for field in self.written:
            self.fields[field.name] = _treatment_field(field) if field.lists == "treatments" else _text_field(field)

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


def _treatment_field(field: Field) -> forms.Field:
    known = [(each.slug, each.name) for each in queries.treatments_sold()]
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


class PublishForm(Form):
    """Now, or at a moment on the clinic's wall clock."""

    publish_at = forms.DateTimeField(
        label="Publish at", required=False, help_text="Leave it empty to publish now.",
        input_formats=["%Y-%m-%dT%H:%M"], widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip


class AnswerForm(Form):
    """Why a marked word may stand."""

    rule = forms.SlugField(widget=forms.HiddenInput)
    word = forms.CharField(max_length=120, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it may stand", max_length=600)
