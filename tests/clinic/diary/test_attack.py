"""Six processes book, move and cancel at the same few times: one visit at a time for everybody, always."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from corneum.clinic.diary.models import Appointment, Hold, Slot
from corneum.clinic.patients.models import Patient
from tests.factories.cast import NOW
from tests.factories.diary import minute

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(400)]

ATTACKERS = 6
# Six times at which the one device can be used, with its clean-down in between.
HOURS = [minute(f"2026-03-10T{clock}") for clock in ("09:00", "10:00", "11:00", "13:30", "14:30", "15:30")]
QUARTERS = [starts + late for starts in HOURS for late in (0, 15, 30)]

SWEEP = """
    SELECT count(*) FROM diary_slot one JOIN diary_slot other
    ON one.schedule_id = other.schedule_id AND one.id < other.id AND one.is_live AND other.is_live
    WHERE (one.starts < other.clear_until AND other.starts < one.clear_until)
       OR (one.clear_from < other.ends AND other.clear_from < one.ends)
"""


@pytest.mark.parametrize(("tries", "is_blind"), [(50, False), (10, True)])
def test_book_appointment_has_one_winner_a_time(cast, tries, is_blind):
    tried = attack(cast, "book", HOURS, tries=tries, is_blind=is_blind)

    assert Counter(starts for starts, answer in tried if answer == "") == dict.fromkeys(HOURS, 1)
    assert Counter(answer for _, answer in tried) == {"": 6, "SlotTaken": ATTACKERS * tries - 6}
    assert overlaps() == 0
    assert sorted(Appointment.objects.values_list("starts", flat=True)) == HOURS
    assert Slot.objects.count() == 4 * 6


def test_book_appointment_overlaps_without_the_constraints(cast):
    constraints = [each for each in Slot._meta.constraints if "no_overlap" in each.name]
    try:
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.remove_constraint(schema_editor, Slot, constraint)

        tried = attack(cast, "book", HOURS, tries=3, is_blind=True)

        assert {answer for _, answer in tried} == {""}
        assert overlaps() > 0
    finally:
        Slot.objects.all().delete()
        with connection.schema_editor() as schema_editor:
            for constraint in constraints:
                BaseDatabaseSchemaEditor.add_constraint(schema_editor, Slot, constraint)


def test_everything_at_once_leaves_the_diary_in_order(cast):
    tried = attack(cast, "everything", QUARTERS, tries=40)

    answers = {answer for _, answer in tried}
    assert "" in answers
    assert answers <= {"", "SlotTaken", "HoldExpired"}
    assert overlaps() == 0
    booked = Appointment.objects.filter(status="booked")
    assert [who_and_when(appointment) for appointment in booked] == [
        (["device", "patient", "practitioner", "room"], {(appointment.starts, appointment.ends)})
        for appointment in booked
    ]
    assert not Slot.objects.filter(is_live=True, appointment__status="cancelled").exists()
    assert {hold.slots.count() for hold in Hold.objects.all()} <= {0, 3}


def who_and_when(appointment) -> tuple[list[str], set[tuple[int, int]]]:
    slots = appointment.slots.filter(is_live=True).select_related("schedule")
    return sorted(slot.schedule.owner[0] for slot in slots), {(slot.starts, slot.ends) for slot in slots}


def overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SWEEP)
        return int(cursor.fetchone()[0])


def attack(cast, how, starts, *, tries, is_blind=False) -> list[tuple[int, str]]:
    """Let the attackers loose at the same moment, and answer with what each try was told."""
    orders = []
    for seed in range(ATTACKERS):
        patients = Patient.objects.bulk_create(
            Patient(clinic=cast.manchester, name=f"Patient {seed}-{n}", email="p@patients.example", created_at=NOW)
            for n in range(tries)
        )
        orders.append({
            "seed": seed, "tries": tries, "starts": starts, "how": how, "is_blind": is_blind, "user": cast.dana.pk,
            "clinic": cast.manchester.pk, "treatment": cast.microdermabrasion.pk,
            "patients": [patient.pk for patient in patients],
        })  # fmt: skip
    script = str(Path(__file__).with_name("attacker.py"))
    command = [sys.executable, script, str(connection.settings_dict["NAME"]), json.dumps(orders)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    return [(starts, answer) for starts, answer in json.loads(said)]
