"""The browser does the sum that we check: its SHA-256 is written by hand, and held against Python's."""

import hashlib

import pytest
from playwright.sync_api import expect

from corneum.clinic.enquiries.models import Enquiry

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_browser_hashes_as_python_does_and_a_question_comes_with_its_proof(browser, live_server, cast):
    page = browser.new_context(base_url=live_server.url).new_page()
    page.goto("/contact/")

    texts = [
        "",
        "abc",
        *("a" * length for length in (54, 55, 56, 63, 64, 65, 119, 120, 200)),
    ]  # the edges of its blocks
    assert page.evaluate("texts => texts.map(firstWord)", texts) == [
        int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) for text in texts
    ]

    page.get_by_label("Your name").fill("Hannah Doyle")
    page.get_by_label("Email address or phone number").fill("hannah@mail.example")
    page.get_by_label("Your question").fill("Would this help with marks on both cheeks?")
    expect(page.locator("[name=ask-proof]")).not_to_have_value("")
    page.wait_for_timeout(2100)  # as fast as a person types
    page.get_by_role("button", name="Send your question").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert Enquiry.objects.get().state == "open"
    assert set(Enquiry.objects.get().verdict) <= {"It was sent very fast."}
