"""The power fails between any two steps of a signature: it is signed with its letters, or not signed at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from corneum.clinic.records import drafts
from corneum.clinic.records.chain import breaks
from tests.factories.cast import Cast
from tests.factories.records import arrived

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(200)]
UNSIGNED, SIGNED = [0, 0, 0, 1, 0, "arrived"], [1, 1, 2, 0, 1, "fulfilled"]


def test_power_fails_at_any_step_of_a_signature(cast: Cast) -> None:
    visit = arrived(cast)
    drafts.save_draft(visit, {"said": {}}, version=0, user=cast.priya, at=visit.starts_at)
    keys = json.dumps({"visit": visit.pk, "device": cast.crystal.pk, "user": cast.priya.pk})
    connection.close()

    command = [sys.executable, str(Path(__file__).with_name("killer.py")), str(connection.settings_dict["NAME"]), keys]
    house = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    said = subprocess.run(command, check=False, capture_output=True, text=True, timeout=180, env=house)
    assert said.stderr == ""
    *before, after = json.loads(said.stdout)

    assert [found for found in before if found != UNSIGNED] == []
    assert len(before) > 15  # as many steps as there are
    assert after == SIGNED
    assert list(breaks()) == []
