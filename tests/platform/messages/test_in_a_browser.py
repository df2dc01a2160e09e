"""The desk's pages about messages, and an e-mail itself, in a real Chromium."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from corneum.platform.messages.models import Message
from corneum.platform.messages.words import email_words
from tests.browser import faults, sideways
from tests.factories.cast import NOW

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def looked_at(page: "Page") -> dict[int, list[str]]:
    """Say what is wrong with a page, at the narrowest width and at a desk's, by day and by night."""
    wrong = {}
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark")
        found = faults(page)
        page.emulate_media(color_scheme="light")
        found += [*faults(page), *([f"sideways by {sideways(page)}"] if sideways(page) else [])]
        if found:
            wrong[width] = found
    return wrong


def test_messages_are_for_everybody_on_every_screen(browser, live_server, client, cast, queue_hello):
    for state in Message.State:
        message = queue_hello(attachments=[{"name": "appointment.ics", "type": "text/calendar", "text": "x"}])
        sent_at = NOW if state == Message.State.SENT else None
        Message.objects.filter(pk=message.pk).update(
            state=state, sent_at=sent_at, created_at=NOW + timedelta(minutes=1), last_error="The line was cut."
        )
    uncertain = Message.objects.get(state=Message.State.UNCERTAIN)
    client.force_login(cast.dana)
    context = browser.new_context(reduced_motion="reduce")  # a colour half-way between day and night is no fault
    context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    page = context.new_page()

    page.goto(f"{live_server.url}/desk/messages/")
    wrong_with_the_list = looked_at(page)
    page.goto(f"{live_server.url}/desk/messages/{uncertain.ref}/")
    wrong_with_the_message = looked_at(page)
    page.get_by_role("button", name="It arrived").click()
    page.get_by_text("Noted: it arrived.").first.wait_for()
    context.close()

    assert wrong_with_the_list == {}
    assert wrong_with_the_message == {}
    uncertain.refresh_from_db()
    assert uncertain.state == Message.State.SENT


def test_e_mail_is_for_everybody_on_every_screen(browser, write_template):
    write_template("tests/a.txt", "Subject: Thursday\n\nHello.")
    write_template(
        "tests/a.html",
        '{% extends "messages/base.html" %}{% block heading %}Thursday{% endblock %}{% block words %}'
        '<dl class="facts"><dt>When</dt><dd>9:30am</dd></dl><p>Or <a href="https://a.example">here</a>.</p>{% endblock %}'
        '{% block sender %}<p class="sender">1 King Street</p>{% endblock %}',
    )
    words = email_words(
        "tests/a", {"clinic": {"name": "Alder"}, "button_url": "https://a.example", "button": "Move it"}
    )
    context = browser.new_context(reduced_motion="reduce")  # a colour half-way between day and night is no fault
    page = context.new_page()

    page.set_content(words.html)
    wrong = looked_at(page)
    context.close()

    assert wrong == {}
