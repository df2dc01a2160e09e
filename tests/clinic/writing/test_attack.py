"""Two editors, and two more, save the same page at once: each save is kept whole, or refused to its face."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from corneum.clinic.writing import actions
from corneum.clinic.writing.models import Version
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(400)]

EDITORS, TRIES = 4, 15


def test_nobody_overwrites_anybody_and_no_save_that_was_accepted_is_lost(cast: Cast) -> None:
    by = Actor.staff(cast.owen)
    page = actions.open_page(treatment=None, slug="news", user=cast.owen, by=by, at=NOW)
    command = [sys.executable, str(Path(__file__).with_name("attacker.py")), str(connection.settings_dict["NAME"])]
    command += [str(number) for number in (EDITORS, TRIES, page.pk, cast.owen.pk)]

    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout)

    kept = {number: texts["body"] for number, texts in Version.objects.values_list("number", "texts")}
    accepted = {based_on + 1: text for text, based_on, answer in said if answer == ""}
    assert len(said) == EDITORS * TRIES
    assert kept == accepted
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert {answer for _text, _based_on, answer in said} == {"", "SomebodySaved"}
    assert sum(answer == "" for _text, _based_on, answer in said) == len(kept)
    assert AuditEvent.objects.filter(action="writing.save_version").count() == len(kept)
