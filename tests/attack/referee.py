"""
The process that lets the horde loose on our diary, apart from the one that made the contest.

Usage: referee.py <name of the database> <file with the contest as JSON> <folder for the logs> <kills>.
It says in JSON how many were killed; what everybody was told stands in the logs.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django
from django.db import connections

from tests.attack.horde import Attempt, let_loose


def main(database: str, contest: str, logs: str, kills: str) -> None:
    """Set up once, and let everybody loose."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    settings = connections["default"].settings_dict
    settings["NAME"] = database
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["timeout"] = 500  # the attack is about who wins, on however busy a machine
    else:
        settings["OPTIONS"].pop("pool", None)  # one connection for each of the horde
    asked = json.loads(Path(contest).read_text())

    def begin(number: int) -> Attempt:
        from tests.attack.paths import Attacker

        attacker = Attacker(**asked["keys"], is_blind=number // 6 % 2 == 1)

        def attempt(one: Mapping[str, Any]) -> dict[str, Any]:
            return attacker.attempt(one)

        return attempt

    sys.stdout.write(json.dumps(let_loose(asked["orders"], begin, Path(logs), kills=int(kills))))


if __name__ == "__main__":
    main(*sys.argv[1:])
