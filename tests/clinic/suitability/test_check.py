"""The quick check beside a guide: a question a page, each end with its way on, and nothing kept."""

from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corneum.platform.audit.models import AuditEvent
from tests.factories import guides
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db
URL = "/treatments/microdermabrasion/check/"
NO = {"K1": ["none"], "K2": ["none"], "K3": ["none"], "K4": ["none"], "K5": ["none"]}


@pytest.fixture
def browser(cast: Cast) -> Any:
    guides.publish_sample(cast)
    with time_machine.travel(NOW, tick=False):  # 2 March 2026
        yield Client()


def walk(browser: Client, **answers: list[str]) -> tuple[str, int]:
    """Answer page after page, as a browser does with what each page carries; answer with the last page and how many."""
    said: dict[str, list[str]] = {}
    page, pages = browser.get(URL), 0
    while "step" in page.context:
        pages += 1
        key = page.context["step"].key
        carried = dict(page.context["carried"])
        said = {**carried, "asked": [key], key: {**NO, **answers}.get(key, [""])}
        page = browser.post(URL, said)
        assert page.status_code == 200
        assert pages < 12
    return unescape(page.content.decode()), pages


@pytest.mark.parametrize(
    ("answers", "heading", "pages"),
    [
        ({}, "Nothing you told us stands in the way", 5),
        ({"K3": ["cold-sore-now"]}, "Wait until the cold sore has healed fully, and a week more", 5),
        ({"K4": ["isotretinoin-now"], "when-isotretinoin-now": ["2026-03-31"]}, "Wait until 30 September 2026", 6),
        ({"K4": ["isotretinoin-now"]}, "Wait until six months after your last capsule", 6),
        ({"K2": ["changing-mole"]}, "Please see your GP first", 5),
        ({"K5": ["pregnant"]}, "Wait until after the birth", 6),
        ({"K1": ["under-age"]}, "Talk to us first", 5),
        ({"K5": ["tans-deeply", "dark-marks"]}, "Talk to us first", 5),
        ({"K2": ["not-sure"]}, "Talk to us first", 5),
    ],
)
def test_check_leads_each_reader_to_the_right_end(browser, answers, heading, pages):
    page, shown = walk(browser, **answers)

    assert (f"<h1>{heading}</h1>" in page, shown) == (True, pages)
    assert ("See consultation times" in page) == (answers.get("K2") != ["changing-mole"] and "K1" not in answers)
    assert "Ask a person" in page
    assert "not suitable" not in page.lower()
    assert "medical lead has not approved them" in page


def test_check_writes_nothing_and_puts_no_answer_into_an_address(browser):
    events = AuditEvent.objects.count()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        page, _ = walk(browser, K3=["infection-now"])

    assert [
        one["sql"]
        for one in queries
        if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA", "BEGIN"))
    ] == []
    assert AuditEvent.objects.count() == events
    assert "infection-now" not in "".join(part for part in page.split('"') if part.startswith("/"))
    assert not browser.session.keys()


def test_question_without_an_answer_comes_again_with_everything_said_so_far(browser):
    page = browser.post(URL, {"K1": ["none"], "asked": "K2"})

    assert page.status_code == 422
    assert "Choose an answer. If you are not sure, say so" in unescape(page.content.decode())
    assert page.context["carried"] == [("K1", ["none"])]


def test_none_beside_something_is_asked_again(browser):
    page = browser.post(URL, {"K1": ["none"], "K2": ["none"], "asked": "K3", "K3": ["none", "sun"]})

    assert page.status_code == 422
    assert "but not both" in page.content.decode()


def test_back_shows_the_page_before_with_what_was_chosen(browser):
    page = browser.post(URL, {"K1": ["none"], "K2": ["changing-mole"], "back": "K2"})

    assert page.context["step"].key == "K2"
    assert page.context["carried"] == [("K1", ["none"])]
    assert page.context["form"]["K2"].value() == "changing-mole"


def test_answers_that_no_page_could_have_sent_are_not_read(browser):
    page = browser.post(
        URL, {"K1": ["none", "<script>"], "K9": ["x"], "when-sun": ["2026-03-01"], "asked": "K5", "K5": ["none"]}
    )

    assert page.context["step"].key == "K2"
    assert page.context["carried"] == [("K1", ["none"])]


def test_guide_offers_the_check_for_what_the_rules_are_written_for_alone(browser):
    assert f'href="{URL}"' in browser.get("/treatments/microdermabrasion/").content.decode()
    assert browser.get("/treatments/consultation/check/").status_code == 404
    assert browser.get("/treatments/nothing/check/").status_code == 404
