"""
Several desks that decide about the same visits at the same moment, by the real actions.

Usage: attacker.py <database name> <JSON list of orders>. An order says: user, and the keys of the
replacements in the order in which this desk presses Accept. Each answers with what every press was told.
"""

import json
import multiprocessing
import os
import sys
from datetime import UTC, datetime
from typing import Any

import django
from django.db import connections


def main(database: str, orders: str) -> None:
    """Set up once, let one process for each order loose at the same moment, and collect what they say."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    settings = connections["default"].settings_dict
    settings["NAME"] = database
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["timeout"] = 200
    todo = json.loads(orders)
    fork = multiprocessing.get_context("fork")
    start, said = fork.Barrier(len(todo)), fork.SimpleQueue()

    def attack(order: dict[str, Any]) -> None:
        start.wait()
        said.put([accept(key, order["user"]) for key in order["replacements"]])

    processes = [fork.Process(target=attack, args=(order,)) for order in todo]
    for process in processes:
        process.start()
    answers = [said.get() for _ in processes]
    for process in processes:
        process.join()
    sys.stdout.write(json.dumps([answer for one in answers for answer in one]))


def accept(key: int, user: int) -> tuple[int, str]:
    """Press Accept, and say for which and "" or the name of the refusal."""
    from corneum.clinic.replacing import actions
    from corneum.clinic.replacing.models import Replacement
    from corneum.domain.errors import ClinicError
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import User

    by = Actor.staff(User.objects.get(pk=user))
    row = Replacement.objects.get(pk=key)
    try:
        actions.accept_replacement(replacement=row, by=by, at=datetime(2026, 3, 9, 8, tzinfo=UTC))
    except ClinicError as refusal:
        return key, type(refusal).__name__
    except Exception as error:  # noqa: BLE001 -- whatever else happens is for the test to see
        return key, f"{type(error).__name__}: {error}"
    return key, ""


if __name__ == "__main__":
    main(*sys.argv[1:])
