"""The pages of reminders: the clinic's settings and words, and a patient's own."""

from datetime import time, timedelta

import pytest

from corneum.clinic.reminders import queries
from corneum.clinic.reminders.models import ReminderRules
from corneum.platform.messages.models import Message, Wording
from tests.clinic.reminders.conftest import NUMBER, on
from tests.factories.booking import field_of, main_of, text_of
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db
RULES = "/desk/clinic/reminders/"
WORDING = "/desk/clinic/messages/reminders/visit_text/"
KEPT = {"email_hours": "72", "text_hours": "0", "quiet_from": "21:00", "quiet_until": "07:30"}


def test_owner_says_how_long_before_and_when_nobody_is_written_to(client, cast: Cast):
    client.force_login(cast.owen)
    before = client.get(RULES)

    saved = client.post(RULES, KEPT)

    rules = queries.rules_of(cast.manchester)
    assert "No text leaves this machine yet" in text_of(before)
    assert saved.status_code == 303
    assert (rules.email_hours, rules.text_hours, rules.quiet_from, rules.quiet_until, rules.changed_by) == (
        72, None, time(21), time(7, 30), cast.owen,
    )  # fmt: skip
    assert queries.rules_of(cast.stockport).email_hours == 48


def test_settings_that_cannot_be_read_are_said_and_nothing_is_kept(client, cast: Cast):
    client.force_login(cast.owen)

    refused = client.post(RULES, KEPT | {"quiet_from": "late", "email_hours": "5000"})

    assert refused.status_code == 422
    assert not ReminderRules.objects.exists()


def test_page_of_a_message_shows_it_as_it_is_read_and_counts_it(client, cast: Cast):
    client.force_login(cast.owen)

    page = client.post(WORDING, {"text": "{first_name}, {day} at {time}: łatwo", "preview": "yes"})

    assert "Charlotte, Wednesday 30 September at 10:30am: łatwo" in text_of(page)
    assert "51 of 70 letters, 1 text. One of its letters is not among the networks" in text_of(page)
    assert not Wording.objects.exists()


def test_page_of_a_message_saves_it_and_restores_the_sample(client, cast: Cast):
    client.force_login(cast.owen)

    saved = client.post(WORDING, {"text": "{first_name}, {day} at {time}."}, follow=True)
    restored = client.post(f"{WORDING}sample/", follow=True)

    assert "Your own words" in main_of(saved) + text_of(saved)
    assert "1: Owen Price" in text_of(saved)
    assert "2: Owen Price" in text_of(restored)
    assert queries.rules_of(cast.manchester).steps[0].channel == "email"


def test_words_that_are_refused_are_kept_on_the_page(client, cast: Cast):
    client.force_login(cast.owen)

    refused = client.post(WORDING, {"text": "Hello {nobody} on {day} at {time}"})

    assert refused.status_code == 422
    assert "We cannot fill in {nobody}. What we can fill in: {first_name}" in text_of(refused)
    assert "Hello {nobody} on" in main_of(refused)


def test_patient_confirms_with_a_press_and_looking_confirms_nothing(client, visit, settings):
    import time_machine

    with time_machine.travel(on("2026-03-10T10:00"), tick=False):
        page = client.get(f"/b/{visit.code}/")
        client.get(f"/b/{visit.code}/confirm/")
        visit.refresh_from_db()
        seen = visit.confirmed_at
        sent = {"starts": field_of(page, "starts"), "press": field_of(page, "press")}
        pressed = client.post(f"/b/{visit.code}/confirm/", sent)
        again = client.post(f"/b/{visit.code}/confirm/", sent)
        after = client.get(f"/b/{visit.code}/")
    visit.refresh_from_db()

    assert (seen, pressed.status_code, again.status_code) == (None, 303, 303)
    assert (visit.confirmed_at, visit.confirmed_how) == (on("2026-03-10T10:00"), "link")
    assert "You have said that you will be there." in text_of(after)
    assert 'name="starts"' not in main_of(after)


def test_patient_is_asked_to_confirm_within_a_week_and_for_the_time_they_saw(client, visit):
    import time_machine

    with time_machine.travel(visit.starts_at - timedelta(days=8), tick=False):
        early = client.get(f"/b/{visit.code}/")
    with time_machine.travel(on("2026-03-10T10:00"), tick=False):
        client.post(f"/b/{visit.code}/confirm/", {"starts": visit.starts + 60})
        client.post(f"/b/{visit.code}/confirm/", {"starts": "9" * 400})
    visit.refresh_from_db()

    assert 'name="starts"' not in main_of(early)
    assert visit.confirmed_at is None


def test_patient_chooses_how_to_be_reminded(client, visit):
    page = client.get(f"/b/{visit.code}/reminders/")
    nothing = client.post(f"/b/{visit.code}/reminders/", {})
    client.post(f"/b/{visit.code}/reminders/", {"ways": "email", "press": field_of(page, "press")})

    assert nothing.status_code == 422
    assert queries.choice_of(visit.patient) == "email"


def test_desk_chooses_for_a_patient_and_sees_that_they_said_stop(client, cast: Cast, visit):
    from corneum.platform.messages.models import StoppedNumber

    StoppedNumber.objects.create(number=NUMBER, told="us", at=NOW)
    client.force_login(cast.dana)

    page = client.get(f"/desk/patients/{visit.patient.ref}/reminders/")
    saved = client.post(f"/desk/patients/{visit.patient.ref}/reminders/", {"ways": "none"})

    assert "No texts go to this number" in text_of(page)
    assert (saved.status_code, queries.choice_of(visit.patient)) == (303, "none")


def test_visit_tells_that_its_patient_was_reminded_and_how(client, cast: Cast, visit, remind):
    remind("2026-03-10T09:30")
    client.force_login(cast.dana)

    peek = text_of(client.get(f"/desk/appointments/{visit.ref}/"))

    assert "10 March 2026, 9:30 Reminded, worker E-mail Waiting to be sent, leaves 9:30" in peek


def test_message_that_did_not_arrive_is_said_at_the_visit_and_counted_on_its_day(client, cast: Cast, visit, remind):
    (email,) = remind("2026-03-10T09:30")
    Message.objects.filter(pk=email.pk).update(state="failed", last_error="It came back.")
    client.force_login(cast.dana)

    peek = text_of(client.get(f"/desk/appointments/{visit.ref}/"))
    day = text_of(client.get("/desk/diary/2026-03-12/"))
    other = text_of(client.get("/desk/diary/2026-03-13/"))

    assert "E-mail did not reach them . It came back." in peek
    assert ("1 not reached" in day, "not reached" in other) == (True, False)
