"""The pages of consent: a patient's link signs and takes back, the desk gives and cannot sign, the tablet changes hands."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from corneum.clinic.booking.standing import standing_of
from corneum.clinic.consent import actions, queries
from corneum.clinic.consent.models import Information, Signature, Talk, Withdrawal
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.audit.models import RecordRead
from tests.factories import consent
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, minute


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def given(cast: Cast) -> Information:
    """Alice was told about microdermabrasion."""
    consent.approve_text(cast)
    return consent.give(cast)


def typed(information: Information, **changes: str) -> dict[str, str]:
    """Say what the page's form sends."""
    return {
        "name": "Alice Ashworth",
        "agrees": "on",
        "drawn": "",
        "way": "own",
        "seen": consent.shown(information),
    } | changes


def test_link_shows_the_text_then_the_form_then_the_copy_and_looking_writes_nothing(client, cast, given) -> None:
    page = f"/c/{given.code}/"
    before = client.get(page).content.decode()
    consent.talk(cast, given)
    to_sign = client.get(page).content.decode()
    unticked = client.post(f"{page}sign/", typed(given, agrees=""))
    nothing = Signature.objects.count()
    signed = client.post(f"{page}sign/", typed(given, drawn="M1 2L3 4"))
    twice = client.post(f"{page}sign/", typed(given))
    after = client.get(page).content.decode()

    assert ("Sign</button>" in before, "Sign</button>" in to_sign, "Sign</button>" in after) == (False, True, False)
    assert "until then you can cancel free of charge" in before
    assert (unticked.status_code, nothing) == (422, 0)
    assert "Alice Ashworth" in unticked.content.decode()
    assert (signed.status_code, twice.status_code) == (303, 303)
    assert Signature.objects.get().name == "Alice Ashworth"
    assert 'd="M1 2L3 4"' in after


def test_link_of_another_clinic_is_missing(client, given) -> None:
    assert client.get(f"/stockport/c/{given.code}/").status_code == 404


def test_signing_a_text_that_was_superseded_shows_what_is_new_and_leads_to_it(client, cast, given) -> None:
    consent.talk(cast, given)
    seen = typed(given)
    consent.change_text(cast)

    refused = client.post(f"/c/{given.code}/sign/", seen)
    led = client.post(f"/c/{given.code}/anew/")

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "The text has changed since it was given" in page
    assert "A rash nobody had known of" in page
    assert Signature.objects.count() == 0
    newest = queries.newest_of(given)
    assert (led["Location"], newest.version.number) == (f"/c/{newest.code}/", 2)


def test_patient_takes_back_what_they_agreed_to_and_chooses_about_photographs(client, cast, given) -> None:
    consent.talk(cast, given)
    consent.sign(given)
    page = f"/c/{given.code}/"

    asked = client.get(f"{page}withdraw/")
    kept = Withdrawal.objects.count()
    client.post(f"{page}withdraw/")
    client.post(f"{page}pictures/", {"pictures-agrees": ["record", "teaching"]})
    client.post(f"{page}pictures/", {"pictures-agrees": ["record"]})

    assert (asked.status_code, kept, Withdrawal.objects.count()) == (200, 0, 1)
    shown = client.get(page).content.decode()
    assert "You no longer agree" in shown
    agreed = {purpose: choice.agrees for purpose, choice in queries.picture_choices_of(cast.alice).items()}
    assert agreed == {"record": True, "teaching": False, "publication": False, "advertising": False}


def test_desk_gives_and_takes_a_no_down_and_sees_nothing_that_was_said(client, cast: Cast) -> None:
    consent.approve_text(cast)
    client.force_login(cast.dana)
    consents = f"/desk/patients/{cast.alice.ref}/consents/"

    open_form = client.post(f"{consents}give/", {"give-treatment": "microdermabrasion"})
    sent = {"give-treatment": "microdermabrasion", "give-way": "email", "give-press": "one-press"}
    client.post(f"{consents}give/", sent)
    client.post(f"{consents}give/", sent)
    given = Information.objects.get()
    consent.talk(cast, given)
    consent.sign(given)
    one = f"/desk/consents/{given.ref}/"
    pages = [client.get(path).content.decode() for path in (consents, one, f"{one}sheet/")]
    told = client.post(f"{one}told/")

    assert (open_form.status_code, told.status_code) == (422, 303)
    assert "Signed" in pages[0]
    assert not any("cheeks" in page or "Can I swim" in page for page in pages)
    assert "Nadia Rahman" in pages[1]
    assert Withdrawal.objects.get().by == cast.dana
    assert {read.patient_ref for read in RecordRead.objects.all()} == {cast.alice.ref}
    assert client.get(f"{one}talk/").status_code == 404


def test_practitioner_writes_the_talk_down_and_hands_a_tablet_over_on_which_nobody_is_signed_in(
    client, cast, given
) -> None:
    client.force_login(cast.priya)
    one = f"/desk/consents/{given.ref}/"
    told = {"treats": "nadia-rahman", "explained": "Cheeks mark easily.", "questions": "Pools?"}

    unfinished = client.post(f"{one}talk/", {**told, "explained": ""})
    client.post(f"{one}talk/", {**told, "found": list(consent.FINE)})
    page = client.get(one).content.decode()
    handed = client.post(f"{one}hand-over/")
    tablet = client.get(handed["Location"]).content.decode()
    client.post(f"/c/{given.code}/sign/", typed(given, way="tablet"))

    assert (unfinished.status_code, "Pools?" in unfinished.content.decode()) == (422, True)
    assert Talk.objects.get().practitioner == cast.nadia
    assert "Cheeks mark easily." in page
    assert handed["Location"] == f"/c/{given.code}/?on=tablet"
    assert 'value="tablet"' in tablet
    assert Signature.objects.get().way == "tablet"
    assert client.get(one)["Location"].startswith("/accounts/login/")


def test_texts_are_written_from_the_sample_compared_and_approved_and_time_is_never_under_a_day(
    client, cast: Cast
) -> None:
    client.force_login(cast.priya)
    texts = "/desk/consent-texts/"
    client.post(f"{texts}microdermabrasion/begin/")
    sample = queries.document_of("microdermabrasion").versions.get().texts
    mended = {**sample, "based_on": "1", "follow": "Ring us. It takes {minutes}."}
    typed_fact = client.post(f"{texts}microdermabrasion/", {**mended, "follow": "It takes 45 minutes."})
    client.post(f"{texts}microdermabrasion/", mended)
    stale = client.post(f"{texts}microdermabrasion/", mended)
    compared = client.get(f"{texts}microdermabrasion/2/").content.decode()
    client.post(f"{texts}microdermabrasion/2/approve/", {"approve-asks_anew": "on"})
    client.force_login(cast.owen)
    short = client.post(f"{texts}microdermabrasion/times/", {"times-reflect_hours": "23", "times-lasts_days": "365"})
    client.post(f"{texts}microdermabrasion/times/", {"times-reflect_hours": "72", "times-lasts_days": "180"})

    assert (typed_fact.status_code, stale.status_code, short.status_code) == (422, 409, 422)
    assert "Write {minutes} instead" in typed_fact.content.decode()
    assert "<ins>" in compared
    assert "<del>" in compared
    given = consent.give(cast)
    assert "It takes 45 minutes." in given.text
    assert given.reflect_until == NOW + timedelta(hours=72)
    assert client.get(texts).status_code == 200


def test_withdrawal_reaches_the_visits_to_come_and_reflection_keeps_cancelling_free(client, cast, given) -> None:
    visit = make_appointment(
        cast, minute("2026-03-10T07:45") + 90, patient=cast.alice, practitioner=cast.nadia,
        treatment=cast.microdermabrasion,
    )  # fmt: skip
    later = NOW + timedelta(hours=20)  # past the terms, and inside the time to reflect

    assert standing_of(visit, at=later).may_change
    consent.talk(cast, given)
    consent.sign(given)
    assert not standing_of(visit, at=later).may_change
    client.force_login(cast.dana)
    assert "withdrawn</span>" not in client.get("/desk/consents/").content.decode()
    actions.withdraw_consent(information=given, user=None, by=PATIENT, at=NOW)
    listed = client.get("/desk/consents/").content.decode()
    record = client.get(f"/desk/patients/{cast.alice.ref}/").content.decode()

    assert "withdrawn</span>" in listed
    assert "They have withdrawn their consent." in listed
    assert "consent missing" in record
