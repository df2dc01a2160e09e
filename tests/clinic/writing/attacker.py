"""
Several processes that save the same page at the same moment, by the real action.

Usage: attacker.py <database name> <editors> <tries> <page key> <user key>. Each editor looks which version is the
last, types over it and saves; it says in JSON which text it typed over which version, and what it was told.
"""

import json
import multiprocessing
import os
import sys
from datetime import UTC, datetime
from typing import Any

import django
from django.db import connections


def main(database: str, editors: str, tries: str, page: str, user: str) -> None:
    """Set up once, let the editors loose at the same moment, and collect what they say."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    settings = connections["default"].settings_dict
    settings["NAME"] = database
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["timeout"] = 200  # the test is about who wins, on however busy a machine
    fork = multiprocessing.get_context("fork")  # nothing is open yet, so there is nothing to share by mistake
    start, said = fork.Barrier(int(editors)), fork.SimpleQueue()

    def work(editor: int) -> None:
        start.wait()
        said.put([edit(f"{editor}-{number}", int(page), int(user)) for number in range(int(tries))])

    processes = [fork.Process(target=work, args=(editor,)) for editor in range(int(editors))]
    for process in processes:
        process.start()
    answers = [said.get() for _ in processes]
    for process in processes:
        process.join()
    sys.stdout.write(json.dumps([answer for one in answers for answer in one]))


def edit(text: str, page_key: int, user_key: int) -> tuple[str, int, str]:
    """Save one text over what is the last version now; answer with the text, that version and what was said."""
    from corneum.clinic.writing import actions, queries
    from corneum.clinic.writing.models import Page
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import User

    page, user = Page.objects.get(pk=page_key), User.objects.get(pk=user_key)
    last: Any = queries.latest(page)
    based_on = last.number if last else 0
    try:
        actions.save_version(
            page=page, texts={"body": text}, based_on=based_on, user=user, by=Actor.staff(user), at=datetime.now(UTC)
        )
    except Exception as error:  # noqa: BLE001 -- whatever it is, the test wants to see it
        return text, based_on, type(error).__name__
    return text, based_on, ""


if __name__ == "__main__":
    main(*sys.argv[1:])
