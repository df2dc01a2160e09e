"""
One of several people who write the same page at the same time, each in a process of their own.

Usage: editor.py <name of the database> <key of the user> <path of the page> <saves>. It says "ready", waits for a
line, then saves its own words again and again over version 1, and over whatever the page tells it is the last one
when it is refused; at the end it says in JSON how often it was refused, and how often its words were then gone.
"""

import json
import os
import re
import sys

import django
from django.db import connections
from django.test.utils import setup_test_environment

BASED_ON = re.compile(r'name="based_on" value="(\d+)"')


def main(database: str, user: str, path: str, saves: str) -> None:
    """Sit down, wait for the starting signal, and write."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    setup_test_environment()
    settings = connections["default"].settings_dict
    settings["NAME"] = database
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["timeout"] = 500  # it is about who wins, on however busy a machine
    from corneum.platform.accounts.models import User
    from tests.factories.sign_in import DeskClient

    client = DeskClient()
    client.force_login(User.objects.get(pk=user))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    based_on, refused, lost = 1, 0, 0
    for number in range(int(saves)):
        mine = f"Words {number} of {user}, typed by hand"
        texts = {"title": "Hours", "lead": mine, "description": "Hours", "author": "Owen", "body": "From May."}
        while (answer := client.post(path, {**texts, "based_on": based_on})).status_code != 303:
            said = answer.content.decode()
            found = BASED_ON.search(said)
            assert (answer.status_code, bool(found)) == (409, True), said
            refused, lost = refused + 1, lost + (f"{mine}</textarea>" not in said)
            based_on = int(found.group(1)) if found else 0
        based_on = int(answer["Location"].rstrip("/").rpartition("/")[2])
    sys.stdout.write(json.dumps({"refused": refused, "lost": lost}))


if __name__ == "__main__":
    main(*sys.argv[1:])
