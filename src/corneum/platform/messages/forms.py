"""What somebody may send who puts a message into the clinic's own words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from corneum.platform.messages.wordings import EMAIL, Editable
from corneum.platform.ui.forms import PressForm

LONGEST_EMAIL, LONGEST_TEXT = 4_000, 600  # more is refused with its count


class WordingForm(PressForm):
    """A message as it is sent, with placeholders for what differs."""

    subject = forms.CharField(max_length=150, help_text="No treatment, no result, nothing about their health.")
    text = forms.CharField(label="What it says", error_messages={"required": "Write what the message says"})

    def __init__(self, *args: Any, message: Editable, **kwargs: Any) -> None:
        """Ask for what this kind of message has."""
        super().__init__(*args, **kwargs)
        is_email = message.channel == EMAIL
        if not is_email:
            del self.fields["subject"]
        text = self.fields["text"]
        text.widget = forms.Textarea(attrs={"rows": 17 if is_email else 5, "spellcheck": "true"})
        text.help_text = (
            "" if is_email else "One text, 160 letters as the networks count them, and nothing about health."
        )
        self.longest = LONGEST_EMAIL if is_email else LONGEST_TEXT

    def clean_subject(self) -> str:
        """Keep it on one line."""
        return " ".join(str(self.cleaned_data["subject"]).split())

    def clean_text(self) -> str:
        """Refuse what no message holds."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\x00", "")
        if len(text) > self.longest:
            raise ValidationError(f"Write at most {self.longest} letters: this has {len(text)}")
        return text
