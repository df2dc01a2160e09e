"""Machines are answered, errors are told in plain words, and no error page needs the database."""

import json
from datetime import UTC, datetime

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from corneum.platform.accounts.models import Clinic
from corneum.platform.ui import at_hand, health, views
from corneum.platform.ui.pages import render_invalid

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
def alder(monkeypatch):
    """Know a clinic's telephone number, as a process does that has shown a page."""
    monkeypatch.setattr(at_hand, "_known", {})
    clinic = Clinic(slug="alder", name="Alder Skin Clinic", is_main=True)
    at_hand.keep_at_hand(clinic, "+441614960000", "14 Alder Row", "Manchester")
    return clinic


# --- machines ---------------------------------------------------------------------------------


def test_healthz_answers_without_a_database_and_by_any_host_name():
    answer = Client().get("/healthz", headers={"host": "10.0.0.7"})

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")


@pytest.mark.django_db
def test_readyz_is_ready_when_everything_is_well(monkeypatch):
    monkeypatch.setattr(health, "_questions", {name: health._questions[name] for name in ("database", "migrations")})

    answer = Client().get("/readyz")

    assert (answer.status_code, json.loads(answer.content)) == (200, {"ready": True, "wrong": {}})


@pytest.mark.django_db
def test_readyz_says_what_another_app_found(monkeypatch):
    monkeypatch.setattr(health, "_questions", {})
    health.healthy("messages")(lambda at: "The oldest message has waited for 12 minutes.")

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert json.loads(answer.content)["wrong"] == {"messages": "The oldest message has waited for 12 minutes."}


def test_every_app_is_asked_about_its_own_health():
    assert set(health._questions) == {"database", "migrations", "worker", "outbox", "texts"}


@pytest.mark.django_db
def test_question_that_the_database_refuses_is_an_answer_too(monkeypatch):
    def asks(at):
        raise OperationalError("server closed the connection; password=hunter2")

    monkeypatch.setattr(health, "_questions", {"jobs": asks})

    assert health.what_is_wrong(NOW) == {"jobs": "The database does not answer."}


def test_machines_may_only_ask():
    assert Client().post("/readyz").status_code == 405


# --- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (views.bad_request, 400, "We could not read that"),
        (views.forbidden, 403, "You cannot open this"),
        (views.not_found, 404, "There is nothing here"),
        (views.server_error, 500, "Something went wrong on our side"),
    ],
)
def test_error_page_names_the_clinic_and_its_phone_without_the_database(alder, view, status, heading):
    request = RequestFactory().get("/anything/")
    request.clinic = alder  # type: ignore[attr-defined]

    answer = view(request)
    html = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in html
    assert f"<title>{heading} \N{EN DASH} Alder Skin Clinic</title>" in html
    assert '<a class="nowrap" href="tel:+441614960000">0161 496 0000</a>' in html


def test_error_page_is_drawn_when_nothing_at_all_is_known(monkeypatch):
    monkeypatch.setattr(at_hand, "_known", {})

    html = views.server_error(RequestFactory().get("/")).content.decode()

    assert "<h1>Something went wrong on our side</h1>" in html
    assert "tel:" not in html


@pytest.mark.django_db
def test_failing_page_gives_a_reference_that_the_answer_carries():
    answer = Client(raise_request_exception=False).get("/fails/")

    reference = answer["X-Request-Id"][:8]
    assert answer.status_code == 500
    assert f'<b class="num">{reference}</b>' in answer.content.decode()


@pytest.mark.django_db
def test_address_that_leads_nowhere_is_404():
    answer = Client().get("/nowhere/")

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")


def test_invalid_form_is_422():
    request = RequestFactory().post("/")

    assert render_invalid(request, "ui/error_summary.html", {"form": None}).status_code == 422


# --- forms without their token ----------------------------------------------------------------

TYPED = {
    "name": "Hannah <Doyle>",
    "question": "Would a peel help?",
    "csrfmiddlewaretoken": "old",
    "press": "0123456789abcdefghjkmnpqrs",
    "starts": "29555130",
    "password": "secret word",
}


@pytest.mark.django_db
def test_form_that_was_open_too_long_gives_back_what_was_typed():
    own_page = {"origin": "http://localhost", "referer": "http://localhost/components/?q=private"}

    answer = Client(enforce_csrf_checks=True, headers={"host": "localhost", **own_page}).post("/ask/", TYPED)
    html = answer.content.decode()

    assert answer.status_code == 403
    assert '<dt>Name</dt><dd class="as-typed">Hannah &lt;Doyle&gt;</dd>' in html
    assert '<dt>Question</dt><dd class="as-typed">Would a peel help?</dd>' in html
    assert html.count("<dt>") == 2
    assert '<a class="btn btn-primary" href="/components/">Open the page again</a>' in html


@pytest.mark.django_db
def test_form_from_elsewhere_says_nothing_that_elsewhere_wrote():
    elsewhere = {"origin": "https://evil.example", "referer": "https://evil.example/"}

    answer = Client(enforce_csrf_checks=True, headers={"host": "localhost", **elsewhere}).post("/ask/", TYPED)
    html = answer.content.decode()

    assert answer.status_code == 403
    assert "Would a peel help?" not in html
    assert "evil.example" not in html
    assert '<a class="btn btn-primary" href="/">Go to the first page</a>' in html


# --- pages for whoever builds pages -------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/components/", "/components/desk/"])
def test_components_are_shown_only_where_pages_are_built(path):
    with override_settings(DEMO=False, DEBUG=False):
        in_earnest = Client().get(path).status_code

    assert (in_earnest, Client().get(path).status_code) == (404, 200)


@pytest.mark.django_db
def test_unknown_sample_is_404():
    assert Client().get("/components/errors/").status_code == 404


# --- notices ----------------------------------------------------------------------------------


def test_notice_offers_to_take_back_what_it_tells():
    plain, undoable = Message(SUCCESS, "Sent."), Message(SUCCESS, "Moved.", extra_tags="undo:/desk/undo/")

    drawn = render_to_string("ui/_notices.html", {"messages": [plain, undoable]})

    assert drawn.count("<form") == 1
    assert '<form method="post" action="/desk/undo/">' in drawn
