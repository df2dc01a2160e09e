"""A template becomes a subject, a text and HTML."""

import pytest

from corneum.platform.messages.words import NoSubject, UnknownTemplate, Words, email_words, text_words


def test_email_words_takes_the_subject_from_the_first_line(write_template):
    write_template("tests/a.txt", "Subject: Your time at {{ place }}\n\nHello,\n\n\n\nsee you.  \n\n")

    words = email_words("tests/a", {"place": "O'Brien & Sons"})

    assert words == Words("Your time at O'Brien & Sons", "Hello,\n\nsee you.\n")


def test_email_words_escapes_html_and_only_html(write_template):
    write_template("tests/a.txt", "Subject: Hello\n\n{{ name }}")
    write_template("tests/a.html", "<p>{{ name }}</p>")

    words = email_words("tests/a", {"name": "<b>Al</b>"})

    assert (words.text, words.html) == ("<b>Al</b>\n", "<p>&lt;b&gt;Al&lt;/b&gt;</p>")


def test_email_words_fills_the_common_frame(write_template):
    write_template(
        "tests/a.txt",
        '{% extends "messages/base.txt" %}{% block subject %}Thursday{% endblock %}{% block words %}Hello.{% endblock %}',
    )
    write_template(
        "tests/a.html",
        '{% extends "messages/base.html" %}{% block heading %}Thursday{% endblock %}'
        "{% block words %}<p>Hello.</p>{% endblock %}",
    )

    words = email_words(
        "tests/a", {"clinic": {"name": "Alder"}, "button_url": "https://alder.example/b/1", "button": "Move it"}
    )

    assert (words.subject, words.text) == ("Thursday", "Hello.\n\nAlder\n")
    assert '<a class="button" href="https://alder.example/b/1">Move it</a>' in words.html
    assert '<html lang="en-GB">' in words.html


@pytest.mark.parametrize("source", ["Hello\n\nthere", "Subject: Hello\nthere", ""])
def test_email_words_refuses_a_template_without_subject_and_empty_line(write_template, source):
    write_template("tests/a.txt", source)

    with pytest.raises(NoSubject):
        email_words("tests/a", {})


def test_email_words_refuses_a_subject_broken_in_two(write_template):
    write_template("tests/a.txt", "Subject: {{ name }} asked\n\nHello")

    with pytest.raises(NoSubject):
        email_words("tests/a", {"name": "Eve\nBcc: everybody@example.com"})


def test_words_refuses_a_template_that_is_not_there(write_template):
    with pytest.raises(UnknownTemplate):
        email_words("tests/nothing", {})
    with pytest.raises(UnknownTemplate):
        text_words("tests/nothing", {})


def test_text_words_are_one_line(write_template):
    write_template("tests/a.txt", "{{ name }}, you are\nbooked.\n")

    assert text_words("tests/a", {"name": "O'Brien"}) == Words("", "O'Brien, you are booked.")
