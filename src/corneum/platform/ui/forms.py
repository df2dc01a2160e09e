"""How forms are drawn and what they say: one accessible set of templates, one tone."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from corneum.db.ref import new_ref


class Renderer(TemplatesSetting):
    """Draw every form and field with ui/form.html and ui/field.html."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def new_press() -> str:
    """
    Draw the token of one form as it is shown.

    Pressing its button twice sends the same token twice, and an action does the same press once.
    """
    return new_ref()


class Form(forms.Form):
    """
    A form that says what is missing: "Enter your name", never "This field is required".

    Write `<form method="post" novalidate>`: we check, and say it in our own words. A field's label
    makes its sentence ("Your name" gives "Enter your name"; choices give "Choose …"), and a field's
    own `error_messages={"required": …}` goes before it. Only what is optional is marked.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give every field its sentence."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":
                field.widget.attrs["rows"] = "4"  # Django's own default is half a telephone's screen
            if str(field.error_messages.get("required")) == str(forms.Field.default_error_messages["required"]):
                field.error_messages["required"] = _missing(name, field)


class PressForm(Form):
    """A form that creates something: carries the token of its press, for the action's `press=`."""

    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput, initial=new_press)


def _missing(name: str, field: forms.Field) -> str:
    label = str(field.label or name.replace("_", " "))
    label = label[0].lower() + label[1:] if label[1:2].islower() else label
    return f"{'Choose' if isinstance(field, forms.ChoiceField) else 'Enter'} {label}"
