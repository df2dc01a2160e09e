"""What is written for patients around a visit."""

from django import forms

from corneum.clinic.patients.writing import readable
from corneum.platform.ui.forms import PressForm

LONGEST = 8_000


class CareTextForm(PressForm):
    """The words of one version, and the version they were typed over."""

    body = forms.CharField(
        label="What patients read",
        max_length=LONGEST,
        help_text="A line that begins with # is a heading; every other line is one thing to know or to do. {minutes} "
        "stands for the length of the visit. When to call, and whom, follows by itself.",
        error_messages={
            "required": "Write what patients are to read",
            "max_length": f"Keep it to {LONGEST:,} letters: it is read by somebody who has just been treated",
        },
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """Keep what was written to be read."""
        return readable(str(self.cleaned_data["body"]))
