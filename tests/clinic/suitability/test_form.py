"""The questions behind a private link: kept page by page, looked over, sent once, and read by a person."""

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from corneum.clinic.booking.jobs import ask_before_sessions
from corneum.clinic.patients.models import Patient
from corneum.clinic.suitability import actions, queries
from corneum.clinic.suitability.models import Screening
from corneum.domain.suitability import FULL
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories import guides
from tests.factories.booking import book, field_of, text_of
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute
from tests.factories.suitability import begun, decide, hold_gate, said_in, sent, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(cast: Cast) -> Any:
    guides.publish_sample(cast)
    with time_machine.travel(NOW, tick=False):
        yield Client()


def answer(browser: Client, screening: Screening, **over: Any) -> tuple[Any, int]:
    """Answer page after page as a browser does; stop where no question is asked any more."""
    said = {**{part: [""] for part in FULL.parts}, **said_in(FULL, over)}
    page, pages = browser.get(f"/s/{screening.code}/Q01/"), 0
    while page.context and "step" in page.context:
        pages += 1
        step = page.context["step"]
        sent_along = {step.key: said[step.key]} if said[step.key] != [""] or step.part.choices == () else {}
        page = browser.post(f"/s/{screening.code}/{step.key}/", sent_along, follow=True)
        assert page.status_code == 200, (step.key, text_of(page)[:300])
        assert pages < 80
    return page, pages


def test_every_page_is_kept_and_the_link_comes_back_to_where_one_stopped(cast, browser):
    screening = begun(cast)

    for key, value in (("Q01", "goal-pores"), ("Q01.more", "My chin"), ("Q02", "hope-small")):
        browser.post(f"/s/{screening.code}/{key}/", {key: value})
    start = browser.get(f"/s/{screening.code}/")

    assert f'href="/s/{screening.code}/Q02.words/"' in start.content.decode()
    assert "Go on where you stopped" in text_of(start)
    assert "My chin" in browser.get(f"/s/{screening.code}/Q01.more/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM suitability_screening")
        assert "My chin" not in cursor.fetchone()[0]
    assert AuditEvent.objects.filter(detail__icontains="chin").count() == 0


def test_nothing_adverse_is_looked_over_and_sent_once(cast, browser):
    screening = begun(cast)

    looked, pages = answer(browser, screening)
    assert pages == len(said_in(FULL)) == 52
    press = field_of(looked, "press")
    first = browser.post(f"/s/{screening.code}/send/", {"press": press}, follow=True)
    again = browser.post(f"/s/{screening.code}/send/", {"press": press}, follow=True)

    screening.refresh_from_db()
    assert (screening.submitted_at, screening.needs_decision, screening.fired) == (NOW, True, [])
    assert "A practitioner reads them, and decides with you" in text_of(first) == text_of(again)
    assert AuditEvent.objects.filter(action="suitability.submit_screening").count() == 1


def test_answer_is_changed_from_the_last_page_and_what_hung_on_it_goes(cast, browser):
    screening = begun(cast)
    screening.answers = said_in(FULL, {"Q05": "cold-sore-healed", "when-cold-sore-healed": "2026-02-01"})
    screening.save()

    looked = browser.post(f"/s/{screening.code}/Q05/", {"Q05": "none"}, follow=True)

    assert looked.request["PATH_INFO"] == f"/s/{screening.code}/answers/"
    screening.refresh_from_db()
    assert "when-cold-sore-healed" not in screening.answers


@pytest.mark.parametrize(
    ("key", "value", "place", "heading"),
    [
        ("Q25", "changing-mole", 33, "Please see your GP first"),
        ("Q04", "2010-05-01", 6, "We treat adults only"),
        ("Q02.words", "I want to die", 4, "Please talk to somebody now"),
    ],
)
def test_what_should_not_wait_is_said_at_once(cast, browser, key, value, place, heading):  # noqa: PLR0917 -- a table
    screening = begun(cast)

    asked = browser.get(f"/s/{screening.code}/{key}/")
    page = browser.post(f"/s/{screening.code}/{key}/", {key: value}, follow=True)

    assert (f"<h1>{heading}</h1>" in page.content.decode(), asked.context["place"]) == (True, place)
    assert page.request["PATH_INFO"] == f"/s/{screening.code}/now/"


def test_words_of_crisis_show_help_and_call_everybody_who_may_read_them_once(cast, browser):
    screening = begun(cast)

    for words in ("I want to die", "I want to die now"):
        browser.post(f"/s/{screening.code}/Q02.words/", {"Q02.words": words})

    page = text_of(browser.get(f"/s/{screening.code}/now/"))
    assert "116 123" in page
    mails = Message.objects.filter(template="suitability/call_now").order_by("to")
    assert [mail.to for mail in mails] == [cast.lena.email, cast.priya.email]
    assert "die" not in "".join(mail.subject + mail.text for mail in mails)
    screening.refresh_from_db()
    assert screening.alarm_raised_at == NOW


def test_early_end_can_be_sent_and_goes_to_a_person(cast, browser):
    sign(cast)
    screening = begun(cast)
    page = browser.post(f"/s/{screening.code}/Q25/", {"Q25": "changing-mole"}, follow=True)

    sent_page = browser.post(
        f"/s/{screening.code}/send/", {"press": field_of(page, "press"), "early": "1"}, follow=True
    )

    assert "<h1>Please see your GP first</h1>" in sent_page.content.decode()
    screening.refresh_from_db()
    assert (screening.needs_decision, screening.fired[0]["rule"]) == (True, "R35")


def test_unfinished_form_is_not_sent_and_its_open_question_is_asked(cast, browser):
    screening = begun(cast)

    page = browser.post(f"/s/{screening.code}/send/", {"press": "a", "early": "1"}, follow=True)

    assert page.request["PATH_INFO"] == f"/s/{screening.code}/Q01/"
    assert Screening.objects.get().submitted_at is None


def test_empty_answer_is_said_kindly_and_both_none_and_some_is_asked_about(cast, browser):
    screening = begun(cast)

    empty = browser.post(f"/s/{screening.code}/Q01/", {})
    both = browser.post(f"/s/{screening.code}/Q01/", {"Q01": ["goal-lines", "none"]})

    assert (empty.status_code, both.status_code) == (422, 422)
    assert "If you are not sure, say so" in text_of(empty)
    assert "but not both" in text_of(both)


def test_link_ends_and_what_was_never_sent_is_forgotten(cast, browser):
    screening = begun(cast)
    browser.post(f"/s/{screening.code}/Q01/", {"Q01": "goal-pores"})

    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        assert browser.get(f"/s/{screening.code}/").status_code == 410
        browser.post(f"/s/{screening.code}/Q01/", {"Q01": "goal-lines"})
        assert Screening.objects.get().answers == {"Q01": ["goal-pores"]}
        actions.forget_screenings(
            screenings=queries.screenings_to_forget(expired_before=NOW + timedelta(days=31)), by=Actor.system("test"),
            at=NOW + timedelta(days=31),
        )  # fmt: skip
    assert Screening.objects.count() == 0


def test_quick_answers_are_brought_along_only_by_wish_shown_again_and_asked_all_the_same(cast, browser):
    said = {"K5": "pregnant", "when-pregnant": "2026-09-01", "name": "Hannah Doyle", "contact": "hannah@mail.example"}

    for wish in ({}, {"carry": "on"}):
        browser.post("/treatments/microdermabrasion/questions/", said | wish)

    without, brought = Screening.objects.order_by("pk")
    assert (without.carried, without.answers, brought.answers) == ({}, {}, {})
    assert brought.carried == {"Q22": ["pregnant"], "when-pregnant": ["2026-09-01"]}
    page = browser.get(f"/s/{brought.code}/Q22/").content.decode()
    assert 'value="pregnant" id="id_Q22_0" checked' in page or "checked" in page.split('value="pregnant"')[1][:60]


def test_stranger_who_names_a_patient_is_given_a_form_of_their_own_and_is_never_cleared_by_rules(cast, browser):
    sign(cast)
    mine = begun(cast)
    browser.post(f"/s/{mine.code}/Q01/", {"Q01": "goal-pores"})

    browser.post("/treatments/microdermabrasion/questions/", {"name": cast.alice.name, "contact": cast.alice.email})

    theirs = Screening.objects.exclude(pk=mine.pk).get()
    assert (theirs.patient, theirs.answers, theirs.is_proven) == (cast.alice, {}, False)
    assert Patient.objects.count() == 2
    done = sent(cast, is_proven=False)
    assert (done.fired, done.needs_decision) == ([], True)


def test_begin_keeps_the_network_from_flooding(cast, browser):
    codes = [
        browser.post(
            "/treatments/microdermabrasion/questions/", {"name": f"P{n}", "contact": f"p{n}@mail.example"}
        ).status_code
        for n in range(11)
    ]

    assert codes == [303] * 10 + [429]


def test_patient_reads_what_a_named_practitioner_decided(cast, browser):
    screening = sent(cast, {"Q21": "keloid"})
    decide(screening, cast.lena, from_day=NOW.date() + timedelta(days=3))

    page = text_of(browser.get(f"/s/{screening.code}/"))

    assert "You can have this treatment" in page
    assert "Lena Castell has read your answers" in page
    assert "from 12 March on" in unescape(page).replace("Thursday ", "")
    assert "Looked at it." not in page


def test_other_clinics_address_shows_nothing(cast, browser):
    screening = begun(cast)

    assert browser.get(f"/stockport/s/{screening.code}/").status_code == 404


def test_appointments_own_link_leads_to_the_questions_and_back_to_the_same_form(cast, browser):
    hold_gate(cast)
    visit = book(browser, minute("2026-03-10T10:00"))

    first = browser.post(f"/b/{visit.code}/questions/")
    browser.post(first["Location"] + "Q01/", {"Q01": "goal-pores"})
    again = browser.post(f"/b/{visit.code}/questions/")

    screening = Screening.objects.get()
    assert first["Location"] == again["Location"] == f"/s/{screening.code}/"
    assert (screening.visit, screening.is_proven) == (visit.ref, False)
    assert "Go on with the questions" in text_of(browser.get(f"/b/{visit.code}/"))


def test_what_may_have_changed_is_asked_within_two_days_before_a_session_once_and_by_day(cast, browser):
    visit = make_appointment(cast, minute("2026-03-12T10:00"), treatment=cast.microdermabrasion)
    make_appointment(cast, minute("2026-03-11T10:00"), patient=cast.bea)  # a consultation
    hold_gate(cast)

    for at in ("2026-03-10T09:00", "2026-03-11T05:00"):  # too early, and by night
        ask_before_sessions(datetime.fromisoformat(f"{at}+00:00"))
    assert Screening.objects.count() == 0
    for at in ("2026-03-11T09:00", "2026-03-11T09:15"):
        ask_before_sessions(datetime.fromisoformat(f"{at}+00:00"))

    screening = Screening.objects.get()
    assert (screening.purpose, screening.visit, screening.expires_at) == ("session", visit.ref, visit.starts_at)
    assert Message.objects.filter(template="suitability/asked").count() == 1
