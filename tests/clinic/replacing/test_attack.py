"""Two desks accept at the same moment: one decides, the other is told, and no lane is given twice."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from corneum.clinic.diary.models import Appointment
from corneum.clinic.replacing.models import Replacement
from corneum.platform.messages.models import Message
from tests.clinic.diary.test_attack import overlaps
from tests.factories.cast import make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.replacing import propose, take_out

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]
CLOCKS = ("09:00", "10:15", "11:30", "13:30", "15:00")


def attack(orders) -> list[tuple[int, str]]:
    script = str(Path(__file__).with_name("attacker.py"))
    command = [sys.executable, script, str(connection.settings_dict["NAME"]), json.dumps(orders)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=250).stdout
    return [(key, answer) for key, answer in json.loads(said)]


def given_rosa_is_ill(cast) -> None:
    for number, clock in enumerate(CLOCKS):
        make_appointment(
            cast, minute(f"2026-03-10T{clock}"), patient=make_patient(cast.manchester, f"Patient {number}"),
            practitioner=cast.rosa, treatment=cast.microdermabrasion,
        )  # fmt: skip
    propose(cast, take_out(cast, cast.rosa))


def test_of_two_desks_one_decides_and_the_other_is_told(cast):
    given_rosa_is_ill(cast)
    keys = list(Replacement.objects.order_by("pk").values_list("pk", flat=True))
    users = [cast.dana.pk, cast.owen.pk, cast.priya.pk, cast.dana.pk]

    said = attack([{"user": user, "replacements": keys} for user in users])

    assert Counter(said) == {
        **{(key, ""): 1 for key in keys},
        **{(key, "AlreadyDecided"): 3 for key in keys},
    }
    assert overlaps() == 0
    assert Message.objects.filter(template="replacing/changed", state="queued").count() == len(keys)


def test_onto_the_same_lane_one_gets_through(cast):
    given_rosa_is_ill(cast)
    keys = list(Replacement.objects.order_by("pk").values_list("pk", flat=True))
    # whatever was proposed: now all of them want Nadia and the one device at the same moment
    at_two = minute("2026-03-11T14:00")
    Replacement.objects.update(starts=at_two, practitioner=cast.nadia)

    said = attack([{"user": cast.dana.pk, "replacements": [key]} for key in keys])

    assert Counter(answer for _, answer in said) == {"": 1, "SlotTaken": len(keys) - 1}
    assert overlaps() == 0
    assert Appointment.objects.filter(starts=at_two).count() == 1
    assert Counter(Replacement.objects.values_list("state", flat=True)) == {"accepted": 1, "proposed": len(keys) - 1}
