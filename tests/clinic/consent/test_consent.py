"""Consent from what a patient is told to what they signed and took back: by the right person, in time, word for word."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from corneum.clinic.consent import actions, queries
from corneum.clinic.consent.models import Information, PictureChoice, Signature, Talk, Withdrawal
from corneum.clinic.consent.sample import SAMPLES
from corneum.clinic.practitioners.models import Registration
from corneum.config.installation import signed_consent
from corneum.domain.consent.standing import Lack
from corneum.domain.consent.text import FactTyped, Incomplete, check_facts, missing
from corneum.platform.accounts.actors import PATIENT, Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.messages.models import Message
from tests.factories import consent
from tests.factories.cast import NOW, Cast

DAY = timedelta(days=1)
VISIT = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def lacks(cast: Cast, *, on: date = VISIT, starts: datetime | None = None, by=None) -> list[Lack]:
    """Say what Alice's consent to microdermabrasion lacks, by Nadia unless the test says otherwise."""
    found = queries.is_valid_for(cast.alice, cast.microdermabrasion, by or cast.nadia, on=on, starts=starts)
    assert len(found.reasons) == len(found.lacks)
    assert found.is_valid == (found.lacks == ())
    return list(found.lacks)


# --- the text ---------------------------------------------------------------------------------


def test_every_sample_is_whole_types_no_fact_and_names_doing_nothing() -> None:
    for sample in SAMPLES.values():
        assert missing(sample.texts) == []
        assert sample.reflect_hours >= 24
        assert "Doing nothing" in sample.texts["instead"]
        for minutes in (15, 20, 30, 45, 60):
            check_facts(sample.texts, minutes=minutes, prices=frozenset({8500, 9500, 12000}))


def test_sample_is_given_to_nobody_before_a_registered_practitioner_has_approved_it(cast: Cast) -> None:
    document = actions.begin_document(
        treatment=cast.microdermabrasion, user=cast.owen, by=Actor.staff(cast.owen), at=NOW
    )
    version = queries.latest(document)
    assert version is not None
    assert version.is_sample

    with pytest.raises(actions.NoApprovedText):
        consent.give(cast)
    for user in (cast.owen, cast.dana):
        with pytest.raises(actions.NotAPractitioner):
            actions.approve_version(version=version, asks_anew=False, user=user, by=Actor.staff(user), at=NOW)
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 8))
    with pytest.raises(actions.NotAPractitioner):
        consent.approve(cast, version)
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 9))
    consent.approve(cast, version)
    assert consent.give(cast).version == version


def test_save_refuses_a_fact_that_is_typed_and_approval_a_part_without_words(cast: Cast) -> None:
    consent.approve_text(cast)
    document, by = queries.document_of("microdermabrasion"), Actor.staff(cast.priya)
    known: dict[str, Any] = {"document": document, "based_on": 1, "user": cast.priya, "by": by, "at": NOW}

    with pytest.raises(FactTyped):
        actions.save_version(texts={"what": "It takes 45 minutes."}, **known)
    saved = actions.save_version(texts={"what": "It takes {minutes}."}, **known)
    with pytest.raises(Incomplete):
        consent.approve(cast, saved)
    with pytest.raises(actions.SomebodySaved):
        actions.save_version(texts={"what": "Mine."}, **known)
    given = queries.in_force(cast.microdermabrasion)
    assert given is not None
    assert given.number == 1


def test_text_given_holds_the_facts_of_the_day_and_its_letter_says_nothing_of_them(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)

    assert "It takes 45 minutes." in given.text
    assert "One session: £85." in given.text
    assert "Version 1, approved by Nadia Rahman on 9 March 2026." in given.text
    assert given.reflect_until == NOW + DAY
    letter = Message.objects.get()
    whole = f"{letter.subject} {letter.text} {letter.html}".lower()
    assert f"/c/{given.code}/" in whole
    assert not any(word in whole for word in ("microderm", "ashworth", "treatment", "consent", "skin "))


# --- whether it stands -------------------------------------------------------------------------


def test_consent_stands_for_the_practitioner_who_talked_after_reflection_and_for_a_year(cast: Cast) -> None:
    assert lacks(cast) == [Lack.NO_TEXT]
    consent.approve_text(cast)
    assert lacks(cast) == [Lack.NOT_INFORMED]
    given = consent.give(cast)
    assert lacks(cast) == [Lack.NOT_TALKED, Lack.NOT_SIGNED]
    consent.talk(cast, given)
    assert lacks(cast) == [Lack.NOT_SIGNED]
    consent.sign(given)
    assert lacks(cast) == []
    assert lacks(cast, on=NOW.date(), starts=NOW + DAY - timedelta(minutes=1)) == [Lack.REFLECTING]
    assert lacks(cast, on=NOW.date(), starts=NOW + DAY) == []
    assert lacks(cast, by=cast.rosa) == [Lack.OTHER_PRACTITIONER]
    assert lacks(cast, on=date(2027, 3, 11)) == [Lack.LAPSED]
    assert queries.is_valid_for(cast.alice, cast.consultation, cast.rosa, on=VISIT).is_valid
    assert queries.is_valid_for(cast.bea, cast.microdermabrasion, cast.nadia, on=VISIT).lacks == (Lack.NOT_INFORMED,)


def test_supervised_treatment_is_agreed_to_with_whoever_gives_it_named(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)
    consent.talk(cast, given, treats=cast.rosa)
    signature = consent.sign(given)

    assert (lacks(cast, by=cast.rosa), lacks(cast)) == ([], [Lack.OTHER_PRACTITIONER])
    assert "Rosa Lindley gives the treatment, and Nadia Rahman supervises it." in signature.text


def test_talk_is_a_practitioners_own_who_may_give_it_and_what_is_missing_stops_the_signature(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)
    known: dict[str, Any] = {"information": given, "explained": "x", "questions": "", "found": consent.FINE, "at": NOW}

    for user in (cast.dana, cast.owen):
        with pytest.raises(actions.NotAPractitioner):
            actions.talk_through(treats=cast.rosa, user=user, by=Actor.staff(user), **known)
    with pytest.raises(actions.NotTrained):
        consent.talk(cast, given, treats=cast.sian)
    assert Talk.objects.count() == 0
    for name in consent.FINE:
        without: dict[str, Any] = {name: False}
        consent.talk(cast, given, **without)
        with pytest.raises(actions.NotTalkedYet):
            consent.sign(given)
        assert lacks(cast) == [Lack.NOT_NOW, Lack.NOT_SIGNED]


def test_talk_that_finds_them_unable_today_outweighs_an_earlier_signature(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.signed(cast)
    assert lacks(cast) == []

    consent.talk(cast, given, at=NOW + timedelta(hours=1), weighs=False)

    assert lacks(cast) == [Lack.NOT_NOW, Lack.NOT_SIGNED]


def test_newer_text_is_shown_before_anybody_signs_and_undoes_signatures_only_when_it_says_so(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)
    consent.talk(cast, given)
    consent.change_text(cast)

    with pytest.raises(actions.Superseded):
        consent.sign(given)
    with pytest.raises(actions.Superseded):
        consent.talk(cast, given)
    newest = actions.take_newest(information=given, by=PATIENT, at=NOW)
    again = actions.take_newest(information=given, by=PATIENT, at=NOW)
    assert (newest.version.number, again) == (2, newest)
    consent.talk(cast, newest)
    consent.sign(newest)
    assert lacks(cast) == []
    consent.change_text(cast)
    assert lacks(cast) == []
    consent.change_text(cast, asks_anew=True)
    assert lacks(cast) == [Lack.TEXT_CHANGED]


# --- the signature -----------------------------------------------------------------------------


def test_signature_is_of_the_very_words_shown_once_and_freezes_them(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)
    consent.talk(cast, given)

    with pytest.raises(actions.NotTheTextShown):
        consent.sign(given, seen="0" * 64)
    seen = consent.shown(given)
    signature = consent.sign(given, seen=seen)
    with pytest.raises(actions.AlreadySigned):
        consent.sign(given, seen=seen)

    assert signature.text.startswith(given.text)
    assert r"> Her \*cheeks\* mark easily\." in signature.text
    assert "9 March 2026 at 8am, on their own device." in signature.text
    assert AuditEvent.objects.get(action="consent.sign_consent").detail["fingerprint"] == signature.fingerprint
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, drawn FROM consent_signature")
        assert all("Alice" not in value and "M1 2" not in value for value in cursor.fetchone())


def test_signed_text_says_the_same_after_treatment_document_people_and_clinic_have_changed(client, cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.signed(cast)
    before = client.get(f"/c/{given.code}/paper/").content
    text = Signature.objects.get().text

    cast.microdermabrasion.name, cast.microdermabrasion.minutes = "Something else", 90
    cast.microdermabrasion.save()
    cast.microdermabrasion.offers.update(price_pence=1)
    cast.manchester.name = "Another clinic"
    cast.manchester.save()
    cast.nadia.name = "Somebody Else"
    cast.nadia.save()
    cast.alice.name = "Alice Newname"
    cast.alice.save()
    consent.change_text(cast, asks_anew=True)
    with time_machine.travel(NOW + 3652 * DAY, tick=False):
        after = client.get(f"/c/{given.code}/paper/").content

    article = slice(before.index(b"<article"), before.index(b"</article>"))
    assert before[article] in after
    assert b"Microdermabrasion" in before[article]
    assert Signature.objects.get().text == text
    assert list(signed_consent()) == []


def test_words_changed_past_the_database_are_found_by_the_check(cast: Cast) -> None:
    consent.approve_text(cast)
    given = consent.give(cast)
    assert list(signed_consent()) == []

    Information.objects.bulk_create([
        Information(
            clinic=given.clinic, patient=given.patient, version=given.version, way="shown", text="Other words",
            fingerprint=given.fingerprint, given_at=NOW, reflect_until=NOW + DAY, lasts_days=1,
        )
    ])  # fmt: skip

    (finding,) = signed_consent()
    assert finding.blocks
    assert Information.objects.exclude(pk=given.pk).get().ref in finding.sentence


# --- changing one's mind ------------------------------------------------------------------------


def test_withdrawal_ends_every_signature_to_that_treatment_is_said_once_and_can_be_followed_by_a_new_yes(
    cast: Cast,
) -> None:
    consent.approve_text(cast)
    given = consent.signed(cast)
    for _ in range(2):
        actions.withdraw_consent(information=given, user=None, by=PATIENT, at=NOW + timedelta(minutes=1))

    assert lacks(cast) == [Lack.WITHDRAWN]
    assert (Withdrawal.objects.count(), Message.objects.filter(template="consent/withdrawn").count()) == (1, 1)
    with pytest.raises(actions.AlreadySigned):
        consent.sign(given)
    later = NOW + timedelta(minutes=2)
    consent.talk(cast, given, at=later)
    consent.sign(given, at=later)
    assert lacks(cast) == []


def test_photographs_are_agreed_to_each_by_itself_by_the_patient_alone_and_taken_back(cast: Cast) -> None:
    choose = actions.choose_pictures
    assert not queries.may_use_pictures(cast.alice, "record")

    choose(patient=cast.alice, choices={"record": True, "teaching": False}, user=None, by=PATIENT, at=NOW)
    with pytest.raises(actions.OnlyTheirOwnYes):
        choose(patient=cast.alice, choices={"teaching": True}, user=cast.dana, by=Actor.staff(cast.dana), at=NOW)
    assert [queries.may_use_pictures(cast.alice, each) for each in ("record", "teaching", "publication")] == [
        True, False, False,
    ]  # fmt: skip
    choose(patient=cast.alice, choices={"record": False}, user=cast.dana, by=Actor.staff(cast.dana), at=NOW)
    assert not queries.may_use_pictures(cast.alice, "record")
    assert PictureChoice.objects.count() == 3


def test_reflection_lets_them_cancel_until_it_ends_and_a_signature_ends_it(cast: Cast) -> None:
    consent.approve_text(cast)
    assert queries.reflects_until(cast.alice, cast.microdermabrasion) is None
    given = consent.give(cast)
    assert queries.reflects_until(cast.alice, cast.microdermabrasion) == NOW + DAY
    consent.talk(cast, given)
    consent.sign(given)
    assert queries.reflects_until(cast.alice, cast.microdermabrasion) is None
