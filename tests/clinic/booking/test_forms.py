"""What may be typed, and what is said when it may not."""

import pytest

from corneum.clinic.booking.forms import CancelForm, ChoiceForm, DetailsForm
from tests.factories.booking import HANNAH


def errors_of(**typed: str) -> dict[str, list[str]]:
    """Say what is wrong with these details."""
    return {field: [str(error) for error in found] for field, found in DetailsForm(HANNAH | typed).errors.items()}


@pytest.mark.parametrize("contact", ["hannah@mail.example", "07700 900 982", "+44 7700 900982", "0161 496 0000"])
def test_details_take_an_address_or_a_number_as_it_was_typed(contact):
    form = DetailsForm(HANNAH | {"contact": contact})

    assert form.is_valid()
    assert form.cleaned_data["contact"] == contact


def test_details_ask_for_what_is_missing():
    assert errors_of(name=" ", contact="") == {
        "name": ["Enter your name"],
        "contact": ["Enter an email address or a phone number, so we can reach you"],
    }


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("hannah", "Enter an email address or a phone number, so we can reach you"),
        ("hannah@", "Enter an email address, like name@example.com"),
        ("07700 90", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
    ],
)
def test_details_say_how_a_contact_looks(contact, said):
    assert errors_of(contact=contact) == {"contact": [said]}


def test_details_say_how_long_a_name_and_a_note_may_be():
    assert errors_of(name="H" * 121, note="n" * 501) == {
        "name": ["Name must be 120 letters or fewer"],
        "note": ["Keep it to 500 letters; we can talk about the rest"],
    }


def test_details_need_no_note():
    assert errors_of(note="") == {}


def test_details_tidy_the_name():
    form = DetailsForm(HANNAH | {"name": "  Zoë \t Łukasz\x07 O'Brien\u2028"})

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Zoë Łukasz O'Brien"


def test_details_let_a_browser_fill_them_in():
    fields = DetailsForm().fields

    assert {name: field.widget.attrs.get("autocomplete") for name, field in fields.items()} == {
        "name": "name",
        "contact": "email",
        "note": None,
    }


@pytest.mark.parametrize("starts", ["", "-1", "soon", "29553690.5", "9" * 30])
def test_choice_takes_nothing_but_a_minute(starts):
    assert not ChoiceForm({"starts": starts}).is_valid()


def test_cancel_needs_no_reason():
    assert CancelForm({}).is_valid()
