"""Invented words for the components page and for the layouts shown by themselves."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message

from corneum.platform.ui.forms import Form
from corneum.platform.ui.icons import ICONS

LAYOUTS = ("public", "flow", "plain", "desk")
COLOURS = (
    "bg", "surface", "sunken", "ink", "ink-2", "ink-3", "brand", "brand-tint", "cat1", "cat2", "cat3", "cat4", "cat5",
    "danger", "warn", "ok", "info",
)  # fmt: skip


class SampleForm(Form):
    """One field of every kind."""

    name = forms.CharField(
        label="Full name",
        error_messages={"required": "Enter your name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    contact = forms.CharField(
        label="Email address or phone number",
        help_text="We use it to answer you, and for nothing else.",
        error_messages={"required": "Enter an email address or a phone number, so we can reach you"},
    )
    day = forms.ChoiceField(label="Time of day", choices=[("", "Any time"), ("am", "Morning")], required=False)
    taken = forms.ChoiceField(
        label="Have you taken isotretinoin in the last 6 months?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No"), ("unsure", "I am not sure")],
        error_messages={"required": "Choose yes, no or I am not sure"},
    )
    areas = forms.MultipleChoiceField(
        label="Where you want treatment",
        widget=forms.CheckboxSelectMultiple,
        choices=[("cheeks", "Cheeks"), ("nose", "Nose")],
    )
    question = forms.CharField(label="Your question", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Text me a reminder the day before", required=False)


def components() -> dict[str, Any]:
    """Say what the components page shows."""
    kept = {"name": "Hannah Doyle", "contact": "07700 900 982", "taken": "no", "areas": ["cheeks"], "agree": True}
    wrong = SampleForm({"taken": "", "question": "Would this help?"}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "colours": COLOURS,
        "icon_names": sorted(ICONS),
        "filled": SampleForm(initial=kept, auto_id="kept_%s"),
        "wrong": wrong,
        "pence": 8550,
        "minute": 29555130,  # 9:30am on 12 March 2026 in London
        "zone": "Europe/London",
    }


def page(layout: str) -> dict[str, Any]:
    """Say what a layout is filled with."""
    names = ("Treatments", "Concerns", "Our team", "Prices", "Visit us")
    places = (("diary", "Diary", "calendar"), ("inbox", "Inbox", "inbox"), ("patients", "Patients", "people"),
              ("messages", "Messages", "message"), ("clinic", "Clinic", "gear"))  # fmt: skip
    about = ("Our registration", "Privacy", "Accessibility", "Complaints")
    return {
        "clinic": SimpleNamespace(name="Alder Skin Clinic", zone="Europe/London"),
        "clinic_page": SimpleNamespace(
            line1="14 Alder Row", line2="", town="Manchester", postcode="M1 1AA", phone="+441614960000"
        ),
        "clinic_hours": [("Monday to Saturday", "9am to 6pm")],
        "menu": [{"name": name, "url": "#", "here": name == "Treatments"} for name in names],
        "foot": [{"name": name, "url": "#"} for name in about],
        "book_url": "#",
        "ask_url": "#",
        "find_url": "#",
        "places": [
            {"key": key, "name": name, "url": "#", "icon": icon, "count": 3 if key == "inbox" else 0}
            for key, name, icon in places
        ],
        "place": "inbox",
        "user": SimpleNamespace(is_authenticated=layout == "desk", name="Jo Barnes", initials="JB"),
        "sample_notices": [
            Message(SUCCESS, "Maya Okafor moved to 15:15. The text goes out in 3 minutes.", extra_tags="undo:#")
        ],
        "form": SampleForm(initial={"name": "Hannah Doyle"}),
    }
