"""Forms are drawn so that everybody can fill them, and say in our own words what is missing."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test.html import parse_html

from corneum.platform.ui.forms import Form, PressForm


class Asking(Form):
    """A form with one field of every kind."""

    name = forms.CharField(label="Your name")
    contact = forms.EmailField(label="Email address", help_text="We use it to answer you.", required=False)
    part = forms.ChoiceField(label="Part of the day", choices=[("", "Any"), ("am", "Morning")])
    sure = forms.ChoiceField(label="Are you sure", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Text me", required=False)
    question = forms.CharField(label="NHS number", error_messages={"required": "We need it"}, widget=forms.Textarea)


def same(one: str, other: str) -> bool:
    """Say whether two pieces of HTML mean the same."""
    return parse_html(one) == parse_html(other)


def test_field_has_label_hint_and_input_joined():
    drawn = Asking()["contact"].as_field_group()

    assert same(
        drawn,
        """<div class="field">
        <label for="id_contact">Email address <span class="optional">(optional)</span></label>
        <span class="hint" id="id_contact_helptext">We use it to answer you.</span>
        <input type="email" name="contact" maxlength="320" class="input" aria-describedby="id_contact_helptext" id="id_contact">
        </div>""",
    )


def test_field_with_an_error_says_so_before_its_input_and_keeps_what_was_typed():
    drawn = Asking({"contact": "hannah@"})["contact"].as_field_group()

    assert same(
        drawn,
        """<div class="field has-error">
        <label for="id_contact">Email address <span class="optional">(optional)</span></label>
        <span class="hint" id="id_contact_helptext">We use it to answer you.</span>
        <span class="error" id="id_contact_error"><span class="sr">Error: </span>Enter a valid email address.</span>
        <input type="email" name="contact" maxlength="320" value="hannah@" class="input" aria-invalid="true"
          aria-describedby="id_contact_helptext id_contact_error" id="id_contact">
        </div>""",
    )


def test_choices_are_a_fieldset_of_cards():
    drawn = Asking({"sure": ""})["sure"].as_field_group()

    assert same(
        drawn,
        """<fieldset class="field has-error" aria-describedby="id_sure_error">
        <legend>Are you sure</legend>
        <span class="error" id="id_sure_error"><span class="sr">Error: </span>Choose are you sure</span>
        <div class="radios" id="id_sure">
        <label for="id_sure_0"><input type="radio" name="sure" value="y" aria-invalid="true" id="id_sure_0"><span>Yes</span></label>
        <label for="id_sure_1"><input type="radio" name="sure" value="n" aria-invalid="true" id="id_sure_1"><span>No</span></label>
        </div></fieldset>""",
    )


def test_checkbox_is_one_card():
    drawn = Asking()["agree"].as_field_group()

    assert same(
        drawn,
        """<div class="field"><label class="choice" for="id_agree">
        <input type="checkbox" name="agree" id="id_agree"><span>Text me</span></label></div>""",
    )


def test_widgets_own_class_is_kept_beside_ours():
    class Born(Form):
        year = forms.CharField(widget=forms.TextInput(attrs={"class": "w-4"}))

    assert 'class="input w-4"' in str(Born()["year"].as_field_group())


def test_missing_fields_are_asked_for_by_their_labels():
    errors = Asking({}).errors

    assert {name: list(sentences) for name, sentences in errors.items()} == {
        "name": ["Enter your name"],
        "part": ["Choose part of the day"],
        "sure": ["Choose are you sure"],
        "question": ["We need it"],
    }


def test_form_leaves_checking_to_us():
    assert "required" not in str(Asking())


def test_error_summary_links_every_sentence_to_its_input():
    drawn = render_to_string("ui/error_summary.html", {"form": Asking({})})

    assert same(
        drawn,
        """<div class="error-summary" role="alert" tabindex="-1" autofocus data-error-summary>
        <h2>There is a problem</h2>
        <ul><li><a href="#id_name">Enter your name</a></li><li><a href="#id_part">Choose part of the day</a></li>
        <li><a href="#id_sure_0">Choose are you sure</a></li><li><a href="#id_question">We need it</a></li></ul></div>""",
    )


def test_error_summary_says_what_belongs_to_no_field():
    form = Asking({"name": "a", "part": "am", "sure": "y", "question": "q"})
    form.add_error(None, "2pm on Thursday has just been booked")

    drawn = render_to_string("ui/error_summary.html", {"form": form})

    assert "<li>2pm on Thursday has just been booked</li>" in drawn


@pytest.mark.parametrize("form", [Asking(), Asking({"name": "a", "part": "am", "sure": "y", "question": "q"}), None])
def test_error_summary_is_not_there_when_nothing_is_wrong(form):
    assert render_to_string("ui/error_summary.html", {"form": form}).strip() == ""


def test_title_says_error_first():
    drawn = render_to_string("ui/samples/flow.html", {"form": Asking({})})

    assert "<title>Error: A step of a booking</title>" in drawn


def test_press_is_new_in_every_form_and_kept_in_the_one_that_was_sent():
    one, other = PressForm(), PressForm()

    sent = PressForm({"press": "the-same"})

    assert one["press"].value() != other["press"].value()
    assert str(sent["press"]) == '<input type="hidden" name="press" value="the-same" id="id_press">'
