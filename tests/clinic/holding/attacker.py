"""
Several processes at one conversation at the same moment, by the real actions.

Usage: attacker.py <database name> <what> <processes> <ref of the enquiry> <what it is about>. What is choose
(each one of the held times in turn; about is the code of their link) or reply (about is the last entry that
everybody had read). It says in JSON what each was told: the ref of what was made, or the name of a refusal.
"""

import json
import multiprocessing
import os
import sys
from datetime import UTC, datetime

import django
from django.db import connections

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)


def main(database: str, what: str, processes: str, enquiry: str, about: str) -> None:
    """Set up once, let everybody loose at the same moment, and collect what they say."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    django.setup()
    settings = connections["default"].settings_dict
    settings["NAME"] = database
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"]["timeout"] = 200  # the tests are about who wins, on however busy a machine
    fork = multiprocessing.get_context("fork")  # nothing is open yet, so there is nothing to share by mistake
    start, said = fork.Barrier(int(processes)), fork.SimpleQueue()

    def attack(number: int) -> None:
        start.wait()
        said.put(attempt(what, number, enquiry, about))

    everybody = [fork.Process(target=attack, args=(number,)) for number in range(int(processes))]
    for process in everybody:
        process.start()
    answers = [said.get() for _ in everybody]
    for process in everybody:
        process.join()
    sys.stdout.write(json.dumps(answers))


def attempt(what: str, number: int, enquiry: str, about: str) -> str:
    """Do one thing, and say what came of it."""
    from corneum.domain.errors import ClinicError

    try:
        return choosing(number, about) if what == "choose" else replying(number, enquiry, about)
    except ClinicError as refusal:
        return type(refusal).__name__
    except Exception as error:  # noqa: BLE001 -- whatever else happens is for the test to see
        return f"{type(error).__name__}: {error}"


def choosing(number: int, code: str) -> str:
    """Choose one of the times, as a patient with two windows open does."""
    from corneum.clinic.holding.actions import choose_time
    from corneum.clinic.holding.models import HeldTimes
    from corneum.platform.accounts.actors import PATIENT

    times = HeldTimes.objects.select_related("clinic").get(code=code)
    refs = list(times.each.values_list("ref", flat=True)) or ["none"]
    return choose_time(times=times, ref=refs[number % len(refs)], by=PATIENT, at=NOW).ref


def replying(number: int, ref: str, seen: str) -> str:
    """Answer, as everybody does who has read the same."""
    from corneum.clinic.enquiries.actions import reply_to_enquiry
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import User

    enquiry = Enquiry.objects.select_related("clinic").get(ref=ref)
    user = User.objects.order_by("pk")[number % 2]
    return reply_to_enquiry(
        enquiry=enquiry, text=f"Answer {number}.", seen=seen, user=user, by=Actor.staff(user), at=NOW
    ).ref


if __name__ == "__main__":
    main(*sys.argv[1:])
