"""
Several processes at one waiting list at the same moment, by the real actions.

Usage: attacker.py <database name> <what> <processes> <key of the clinic> <code of the offer>. What is
offer (the clock's job), accept, or mixed: then half accept, and the others decline, leave and expire.
It says in JSON what each was told: a ref, "" or the name of a refusal.
"""

import json
import multiprocessing
import os
import sys
from datetime import UTC, datetime, timedelta

import django
from django.db import connections

NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)


def main(database: str, what: str, processes: str, clinic: str, code: str) -> None:
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
        said.put(attempt(what, number, int(clinic), code))

    everybody = [fork.Process(target=attack, args=(number,)) for number in range(int(processes))]
    for process in everybody:
        process.start()
    answers = [said.get() for _ in everybody]
    for process in everybody:
        process.join()
    sys.stdout.write(json.dumps(answers))


def attempt(what: str, number: int, clinic: int, code: str) -> str:
    """Do one thing, and say what came of it."""
    from corneum.domain.errors import ClinicError

    try:
        return offering(clinic) if what == "offer" else answering(what, number, clinic, code)
    except ClinicError as refusal:
        return type(refusal).__name__
    except Exception as error:  # noqa: BLE001 -- whatever else happens is for the test to see
        return f"{type(error).__name__}: {error}"


def offering(clinic: int) -> str:
    """Offer what is free, as the clock does."""
    from corneum.clinic.waiting import actions
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import Clinic

    offers = actions.offer_freed_times(clinic=Clinic.objects.get(pk=clinic), by=Actor.system("test"), at=NOW)
    return " ".join(offer.ref for offer in offers)


def answering(what: str, number: int, clinic: int, code: str) -> str:
    """Answer one offer, by whatever way there is."""
    from corneum.clinic.waiting import actions, queries
    from corneum.platform.accounts.actors import PATIENT, Actor
    from corneum.platform.accounts.models import Clinic

    at = Clinic.objects.get(pk=clinic)
    offer = queries.offer_at(at, code)
    if what == "accept" or number % 2:
        return actions.accept_offer(offer=offer, keeps_later=False, by=PATIENT, at=NOW).ref
    if number % 3 == 0:
        actions.decline_offer(offer=offer, by=PATIENT, at=NOW)
    elif number % 3 == 1:
        actions.leave_waiting_list(wait=offer.wait, by=PATIENT, at=NOW)
    else:
        actions.expire_offers(clinic=at, by=Actor.system("test"), at=NOW + timedelta(hours=2))
    return ""


if __name__ == "__main__":
    main(*sys.argv[1:])
