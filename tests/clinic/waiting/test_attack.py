"""Six processes offer the same time and answer the same offer: one winner, always."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from corneum.clinic.diary.models import Appointment, Hold, Slot
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.platform.messages.models import Message
from tests.db.rows import refusal
from tests.factories.cast import NOW
from tests.factories.diary import make_appointment, minute
from tests.factories.waiting import make_wait, offer_times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]

ATTACKERS = 6


def attack(cast, what: str, offer: FreedOffer | None = None) -> list[str]:
    """Let the attackers loose at the same moment, and answer with what each was told."""
    script = str(Path(__file__).with_name("attacker.py"))
    database, clinic = str(connection.settings_dict["NAME"]), str(cast.manchester.pk)
    command = [sys.executable, script, database, what, str(ATTACKERS), clinic, offer.code if offer else ""]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=250).stdout
    answers: list[str] = json.loads(said)
    return answers


def test_a_freed_time_is_offered_once_however_many_jobs_look(cast):
    for name in ("First Person", "Second Person", "Third Person"):
        make_wait(cast, name)

    answers = attack(cast, "offer")

    offer = FreedOffer.objects.get()
    assert Counter(answers) == {offer.ref: 1, "": ATTACKERS - 1}
    assert Hold.objects.count() == 1
    assert Message.objects.filter(about_ref=offer.ref).count() == 1


def test_an_offer_is_accepted_once_however_often_it_is_pressed(cast):
    later = make_appointment(cast, minute("2026-03-12T09:00"))
    make_wait(cast, "Alice Ashworth", later=later)
    (offer,) = offer_times(cast)

    answers = attack(cast, "accept", offer)

    booked = Appointment.objects.get(status="booked")
    assert answers == [booked.ref] * ATTACKERS
    assert list(Appointment.objects.filter(status="cancelled")) == [later]
    assert Message.objects.filter(about_ref=booked.ref).count() == 1


def test_an_offer_has_one_answer_whatever_is_pressed_at_once(cast):
    wait = make_wait(cast)
    (offer,) = offer_times(cast)

    answers = attack(cast, "mixed", offer)

    offer.refresh_from_db()
    booked = list(Appointment.objects.values_list("ref", flat=True))
    assert set(answers) <= {"", "OfferOver", *booked}
    assert (len(booked), offer.state == "accepted") in {(0, False), (1, True)}
    assert offer.state != "open"
    assert not Hold.objects.exists()
    live = Slot.objects.filter(is_live=True)
    assert set(live.values_list("appointment__ref", flat=True)) == set(booked)
    assert Wait.objects.get(pk=wait.pk).state in ({"booked"} if booked else {"waiting", "left", "expired"})


def test_the_database_keeps_one_open_offer_a_person_when_nobody_looks(cast):
    make_wait(cast)
    (offer,) = offer_times(cast)
    another = make_wait(cast, contact="HANNAH@mail.example")
    facts = {
        "clinic": cast.manchester, "practitioner": cast.rosa, "starts": 1, "ends": 2, "offered_at": NOW,
        "tells_at": NOW, "expires_at": offer.expires_at, "person": offer.person,
    }  # fmt: skip

    name = refusal(lambda: FreedOffer.objects.create(wait=another, **facts))

    assert name == "waiting_offer_one_open_a_person"
