"""A named practitioner decides, by rank; the desk sees that one is needed and never why; every look is noted."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from corneum.clinic.suitability import actions, queries
from corneum.clinic.suitability.models import Decision, Screening
from corneum.domain.suitability import Role
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent, Change, RecordRead
from corneum.platform.messages.models import Message
from tests.factories.booking import field_of, text_of
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient
from tests.factories.suitability import begun, decide, hold_gate, sent, sign

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock(cast):
    with time_machine.travel(NOW, tick=False):
        yield


def desk(user) -> DeskClient:
    client = DeskClient()
    client.force_login(user)
    return client


def test_desk_sees_who_needs_a_practitioner_and_no_answer(cast):
    screening = sent(cast, {"Q05": "cold-sore-now", "Q16.list": "warfarin since Whitsun"})

    listed = desk(cast.dana).get("/desk/suitability/")

    assert "Alice Ashworth" in text_of(listed)
    assert not [word for word in ("Whitsun", "cold sore", "R01", screening.ref) if word in listed.content.decode()]
    assert desk(cast.dana).get(f"/desk/suitability/{screening.ref}/").status_code == 404
    assert desk(cast.dana).post(f"/desk/suitability/{screening.ref}/decide/", {"ruling": "clear"}).status_code == 404
    assert Decision.objects.count() == 0


def test_practitioner_reads_what_fired_and_why_and_the_read_is_kept(cast):
    screening = sent(cast, {"Q05": "cold-sore-now", "Q16.list": "warfarin since Whitsun"})

    page = text_of(desk(cast.priya).get(f"/desk/suitability/{screening.ref}/"))

    for words in (
        "Cold sore now, or just healed R01 v1",
        "Blocks: the medical lead",
        "warfarin since Whitsun",
        "Textbook",
    ):
        assert words in page
    read = RecordRead.objects.get()
    assert (read.user, read.patient_ref, read.page) == (cast.priya, cast.alice.ref, "suitability:screening")


def test_decision_is_one_event_with_no_clinical_word_in_the_trail(cast):
    screening = sent(cast, {"Q23.marks": "dark-marks"})
    client = desk(cast.priya)
    page = client.get(f"/desk/suitability/{screening.ref}/")
    form = {"ruling": "changes", "reason": "Gentle tip at first.", "press": field_of(page, "press")}

    for _ in range(2):  # pressed twice
        client.post(f"/desk/suitability/{screening.ref}/decide/", form)

    decision = Decision.objects.get()
    assert (decision.decided_by, decision.reason, decision.from_day) == (cast.priya, "Gentle tip at first.", TODAY)
    screening.refresh_from_db()
    assert screening.needs_decision is False
    event = AuditEvent.objects.get(action="suitability.decide_screening")
    assert set(event.detail) == {"patient", "decision", "rules"}
    trail = "".join(str((change.old, change.new)) for change in Change.objects.all())
    assert not [word for word in ("Gentle", "dark-marks", "R33") if word in trail]


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ({"Q23.marks": "dark-marks"}, Role.PRACTITIONER),
        ({"Q21": "keloid"}, Role.NURSE),
        ({"Q24": "lupus"}, Role.DOCTOR),
        ({"Q05": "cold-sore-now"}, Role.MEDICAL_LEAD),
    ],
)
def test_clearing_takes_the_role_that_the_rule_names(cast, said, needs):
    screening = sent(cast, said)  # Priya is a nurse, by the register that she is in
    aside: dict[str, Any] = {"sets_aside": needs is Role.MEDICAL_LEAD, "is_acknowledged": True}

    if needs <= Role.NURSE:
        assert decide(screening, cast.priya, **aside).ruling == "clear"
    else:
        with pytest.raises(actions.MayNotDecide) as refused:
            decide(screening, cast.priya, **aside)
        assert refused.value.role is needs
        assert decide(screening, cast.lena, **aside).ruling == "clear"


def test_anybody_who_decides_may_be_more_cautious_than_a_rule(cast):
    screening = sent(cast, {"Q24": "lupus"})

    assert decide(screening, cast.priya, ruling="gp").ruling == "gp"


def test_wait_is_kept_or_set_aside_with_the_patients_agreement(cast):
    screening = sent(cast, {"Q14": "hair-removed", "when-hair-removed": "2026-03-08"})
    until = date(2026, 3, 15)

    with pytest.raises(actions.TooSoon) as refused:
        decide(screening, cast.priya, from_day=TODAY)
    with pytest.raises(actions.TellThemFirst):
        decide(screening, cast.priya, from_day=TODAY, sets_aside=True)

    assert refused.value.first == until
    assert decide(screening, cast.priya).from_day == until
    assert decide(screening, cast.priya, from_day=TODAY, sets_aside=True, is_acknowledged=True).from_day == TODAY


def test_form_that_was_not_sent_cannot_be_decided(cast):
    with pytest.raises(actions.NotSent):
        decide(begun(cast), cast.lena)


def test_refusal_keeps_everything_that_was_typed(cast):
    screening = sent(cast, {"Q24": "lupus"})

    page = desk(cast.priya).post(
        f"/desk/suitability/{screening.ref}/decide/", {"ruling": "clear", "reason": "Looks calm to me"}
    )

    assert page.status_code == 422
    assert "This is for a doctor to clear" in text_of(page)
    assert "Looks calm to me" in page.content.decode()


def test_alarm_stands_first_until_somebody_says_that_they_spoke(cast):
    sent(cast, {"Q21": "keloid"}, patient=cast.bea)
    screening = begun(cast)
    actions.keep_answer(screening=screening, key="Q02.words", values=["I want to die"], by=Actor.system("t"), at=NOW)
    client = desk(cast.priya)

    first = text_of(client.get("/desk/suitability/"))
    client.post(f"/desk/suitability/{screening.ref}/spoken/", {"note": "Rang, sister is with her"})

    assert first.index("Alice Ashworth") < first.index("Bea Birch")
    assert "A practitioner rings now" in first
    screening.refresh_from_db()
    assert (screening.alarm_answered_by, screening.alarm_note) == (cast.priya, "Rang, sister is with her")
    assert "Alice Ashworth" not in text_of(client.get("/desk/suitability/"))


def test_rules_are_signed_by_the_lead_alone_and_a_raised_number_needs_signing_anew(cast):
    by = Actor.staff(cast.priya)
    with pytest.raises(actions.MayNotSign):
        actions.sign_rules(clinic=cast.manchester, number=0, user=cast.priya, by=by, at=NOW)
    client = desk(cast.lena)
    page = client.get("/desk/suitability/rules/")
    numbers = {name: str(field.initial) for name, field in page.context["form"].fields.items() if name != "press"}

    client.post("/desk/suitability/rules/sign/", {"number": "0", "press": "a"})
    signed = queries.rules_of(cast.manchester)
    client.post("/desk/suitability/rules/change/", numbers | {"R17.wait": "10", "press": "b"})
    raised = queries.rules_of(cast.manchester)
    looser = client.post("/desk/suitability/rules/change/", numbers | {"R17.wait": "6", "press": "c"})
    stale = client.post("/desk/suitability/rules/sign/", {"number": "1", "press": "d"}, follow=True)

    assert (signed.is_signed, signed.version, raised.is_signed, raised.version) == (True, 1, False, 2)
    assert queries.latest_rules(cast.manchester).numbers == {"R17.wait": 10}  # type: ignore[union-attr]
    assert (looser.status_code, "at least that" in text_of(looser)) == (422, True)
    assert "Somebody has changed the rules" in text_of(stale)
    assert queries.rules_of(cast.stockport).version == 0
    assert desk(cast.priya).post("/desk/suitability/rules/sign/", {"number": "2"}).status_code == 404


def test_rules_that_say_something_new_open_answers_again_within_the_next_job(cast):
    hold_gate(cast)
    sign(cast)
    waxed = sent(cast, {"Q14": "hair-removed", "when-hair-removed": "2026-03-01", "Q21": "keloid"})
    plain = sent(cast, patient=cast.bea)
    decide(waxed, cast.lena)
    sent(cast, purpose="session", at=NOW + timedelta(minutes=1))  # nothing new in it, and not what is opened
    assert list(Screening.objects.filter(needs_decision=True)) == []
    for patient, starts in ((cast.alice, "2026-03-24T10:00"), (cast.bea, "2026-03-24T11:30")):
        make_appointment(cast, minute(starts), patient=patient, treatment=cast.microdermabrasion)
    assert "Every visit to come is cleared" in text_of(desk(cast.dana).get("/desk/suitability/visits/"))

    lead = Actor.staff(cast.lena)
    actions.change_rules(clinic=cast.manchester, numbers={"R17.wait": 21}, user=cast.lena, by=lead, at=NOW)
    sign(cast, number=2)
    actions.reopen_screenings(clinic=cast.manchester, by=Actor.system("worker"), at=NOW + timedelta(minutes=1))

    assert list(Screening.objects.filter(needs_decision=True)) == [waxed]
    page = text_of(desk(cast.priya).get(f"/desk/suitability/{waxed.ref}/"))
    assert "New since they answered: R17" in page
    assert plain.needs_decision is False
    listed = text_of(desk(cast.dana).get("/desk/suitability/visits/"))
    assert "10:00 Rosa Lindley Alice Ashworth Microdermabrasion Needs a practitioner" in listed
    assert "Bea Birch" not in listed


def test_link_is_sent_to_the_patient_and_says_nothing_of_what_for(cast):
    hold_gate(cast)
    client = desk(cast.dana)

    for press in ("a", "b"):
        client.post(f"/desk/suitability/ask/{cast.alice.ref}/", {"press": press})

    screening = Screening.objects.get()
    mails = list(Message.objects.filter(template="suitability/asked"))
    assert len(mails) == 2
    assert all(f"/s/{screening.code}/" in mail.text for mail in mails)
    assert "icrodermabrasion" not in mails[0].subject + mails[0].text
    assert screening.code not in client.get(f"/desk/patients/{cast.alice.ref}/").content.decode()
