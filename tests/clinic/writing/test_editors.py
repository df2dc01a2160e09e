"""Several people write the same page at once, in real processes: one wins each time, and nobody loses a word."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from corneum.clinic.writing import actions
from corneum.clinic.writing.models import Page
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Role, User
from tests.factories.cast import NOW, Cast, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.timeout(300)]
HOUSE = Path(__file__).parents[3]
EDITORS, SAVES = 3, 2
NEWS = {"title": "Hours", "lead": "Nine to five.", "description": "Hours", "author": "Owen", "body": "From May."}


def test_of_several_editors_one_saves_and_the_others_keep_what_they_typed(cast: Cast) -> None:
    page = actions.open_page(treatment=None, slug="hours", user=cast.owen, by=Actor.staff(cast.owen), at=NOW)
    actions.save_version(page=page, texts=NEWS, based_on=0, user=cast.owen, by=Actor.staff(cast.owen), at=NOW)
    users = [make_user(f"Ed{number} Ward", {cast.manchester: Role.OWNER}) for number in range(EDITORS)]

    came = let_loose(users, reverse("writing:page", args=[page.ref]))

    versions = [*Page.objects.get(pk=page.pk).versions.order_by("number")]
    assert [each.number for each in versions] == [*range(1, 2 + EDITORS * SAVES)]
    assert {each.texts["lead"] for each in versions[1:]} == {
        f"Words {number} of {user.pk}, typed by hand" for user in users for number in range(SAVES)
    }
    assert sum(each["refused"] for each in came) >= EDITORS - 1  # all of them began over version 1
    assert sum(each["lost"] for each in came) == 0


def let_loose(users: list[User], path: str) -> list[dict[str, int]]:
    """Let everybody write from the same moment, and answer with what became of each."""
    script, database = str(Path(__file__).with_name("editor.py")), str(connection.settings_dict["NAME"])
    environment = {**os.environ, "PYTHONPATH": f"{HOUSE}{os.pathsep}{HOUSE / 'src'}"}
    editors = [
        subprocess.Popen(
            [sys.executable, script, database, str(user.pk), path, str(SAVES)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE, env=environment,
        )
        for user in users
    ]  # fmt: skip
    for editor in editors:
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
    for editor in editors:
        assert editor.stdin is not None
        editor.stdin.write("go\n")
        editor.stdin.flush()
    return [json.loads(editor.communicate(timeout=200)[0]) for editor in editors]
