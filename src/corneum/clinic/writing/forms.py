"""What a writer types, and what an approver and a publisher say."""

from typing import Any

from django import forms

from corneum.clinic.treatments.models import Treatment
from corneum.clinic.writing.fields import ARTICLE, GUIDE
from corneum.platform.ui.forms import Form

LIST_HINT = "Begin each with ## and its title, such as ## A look (5 min), and write its text below."
FACTS_HINT = "Write {minutes} and {price} for the treatment's own: they are filled in when the page is shown."
ABOUT_HINT = "Then write {minutes} and {price} in the text, and they are filled in when the page is shown."


class TextsForm(Form):
    """The fields of a guide or of an article, and the version they were typed over."""

    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_guide: bool, **kwargs: Any) -> None:
        """Make the fields of this kind of page."""
        super().__init__(*args, **kwargs)
        self.names = [name for name, *_rest in (GUIDE if is_guide else ARTICLE)]
        for name, label, most, kind in GUIDE if is_guide else ARTICLE:
            if name == "about":
                known = [(each.slug, each.name) for each in Treatment.objects.exclude(kind=Treatment.Kind.CARE)]
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=[("", "None"), *known], required=False, help_text=ABOUT_HINT
                )
                continue
            is_long = most > 160
            rows = {"rows": 12 if kind or name == "body" else 3} if is_long else {}
            hint = LIST_HINT if kind else FACTS_HINT if is_guide and name == "lead" else ""
            self.fields[name] = forms.CharField(
                label=label, max_length=most, required=name in {"title", "lead", "description", "body", "author"},
                help_text=hint, widget=forms.Textarea(attrs=rows) if is_long else forms.TextInput(),
                error_messages={"required": f"Enter {label[0].lower()}{label[1:]}"},
            )  # fmt: skip

    def texts(self) -> dict[str, str]:
        """Answer with what was typed, by field."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in self.names}


class BeginForm(Form):
    """Which guide to write here, or the address of a new article."""

    treatment = forms.ModelChoiceField(
        Treatment.objects.none(), required=False, to_field_name="slug", empty_label="No guide: an article",
        label="Guide to",
    )  # fmt: skip
    slug = forms.SlugField(
        required=False, max_length=50, label="Address of the article", help_text="For example new-opening-hours"
    )

    def clean(self) -> dict[str, Any]:
        """Insist on one of the two."""
        sent = super().clean() or {}
        if not sent.get("treatment") and not sent.get("slug") and not self.errors:
            self.add_error("slug", "Choose a treatment, or enter an address for the article")
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
