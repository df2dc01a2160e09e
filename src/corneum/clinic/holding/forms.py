"""What the desk answers with when it offers times."""

from typing import Any

from django import forms

from corneum.clinic.enquiries.forms import ReplyForm


class TimesForm(ReplyForm):
    """A reply, what is offered and with whom. The times are drawn by the page, day by day."""

    treatment = forms.ChoiceField(label="For", widget=forms.Select(attrs={"data-submit": ""}))
    practitioner = forms.ChoiceField(label="With", required=False, widget=forms.Select(attrs={"data-submit": ""}))

    def __init__(
        self, *args: Any, treatments: list[tuple[str, str]], people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Take what is offered here, and by whom."""
        super().__init__(*args, **kwargs)
        for name, choices in (("treatment", treatments), ("practitioner", [("", "Anyone"), *people])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
