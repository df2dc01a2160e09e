"""Six processes choose from the same times and answer the same question: one appointment, one reply, always."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.patients.models import Patient
from corneum.platform.messages.models import Message
from tests.factories.enquiries import hold_times, make_enquiry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]

ATTACKERS = 6


def attack(what: str, enquiry: Enquiry, about: str) -> list[str]:
    """Let the attackers loose at the same moment, and answer with what each was told."""
    script = str(Path(__file__).with_name("attacker.py"))
    command = [sys.executable, script, str(connection.settings_dict["NAME"]), what, str(ATTACKERS), enquiry.ref, about]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=250).stdout
    answers: list[str] = json.loads(said)
    return answers


def test_one_of_the_times_is_booked_whichever_are_pressed_at_once(cast):
    enquiry = make_enquiry(cast)
    times = hold_times(cast, enquiry, "2026-03-10T10:00", "2026-03-12T11:00", "2026-03-13T16:00")

    answers = attack("choose", enquiry, times.code)

    assert answers == [Appointment.objects.get().ref] * ATTACKERS
    assert (Hold.objects.count(), Patient.objects.filter(name="Hannah Doyle").count()) == (0, 1)
    assert Entry.objects.filter(kind="auto").count() == 1


def test_one_reply_goes_out_however_many_answer_at_once(cast):
    enquiry = make_enquiry(cast)

    answers = attack("reply", enquiry, last_entry(enquiry))

    ours = Entry.objects.get(kind="ours")
    assert Counter(answers) == {ours.ref: 1, "ChangedMeanwhile": ATTACKERS - 1}
    assert Message.objects.count() == 1
