"""
Several processes that book at the same desks at the same moment, by the real actions.

Usage: attacker.py <database name> <JSON list, one order for each process>. It says in JSON what
became of each try. An order says: seed, tries, starts (minutes to fight for), the keys of clinic,
treatment, user and patients, `how` to attack (book, or everything that a diary can do), and whether
the search is blind: then it finds every time free, as if it had looked before everybody else wrote.
"""

import json
import multiprocessing
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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
        settings["OPTIONS"]["timeout"] = 200  # the tests are about who wins, on however busy a machine
    todo = json.loads(orders)
    fork = multiprocessing.get_context("fork")  # nothing is open yet, so there is nothing to share by mistake
    start, said = fork.Barrier(len(todo)), fork.SimpleQueue()

    def attack(order: dict[str, Any]) -> None:
        attacker = Attack(**order)
        start.wait()
        said.put([attacker.attempt(number) for number in range(attacker.tries)])

    processes = [fork.Process(target=attack, args=(order,)) for order in todo]
    for process in processes:
        process.start()
    answers = [said.get() for _ in processes]
    for process in processes:
        process.join()
    sys.stdout.write(json.dumps([answer for one in answers for answer in one]))


class Attack:
    """What one process wants, and what it has got so far."""

    def __init__(self, *, seed: int, tries: int, starts: list[int], how: str, is_blind: bool, **keys: Any) -> None:
        """Find the rows by their keys."""
        from corneum.clinic.diary.queries.search import Search
        from corneum.clinic.patients.models import Patient
        from corneum.clinic.treatments.models import Treatment
        from corneum.platform.accounts.actors import Actor
        from corneum.platform.accounts.models import Clinic, User

        self.tries, self.starts, self.how = tries, starts, how
        self.dice = random.Random(seed)
        self.by = Actor.staff(User.objects.get(pk=keys["user"]))
        self.clinic = Clinic.objects.get(pk=keys["clinic"])
        self.treatment = Treatment.objects.get(pk=keys["treatment"])
        self.patients = list(Patient.objects.filter(pk__in=keys["patients"]))
        self.holds: list[Any] = []
        self.appointments: list[Any] = []
        if is_blind:
            Search.openings = Search.openings_if_nothing_were_booked  # type: ignore[method-assign]

    def attempt(self, number: int) -> tuple[int, str]:
        """Try one thing at one time, and say which time and "" or the name of the refusal."""
        from corneum.domain.errors import ClinicError

        # half a minute between two tries, so that holds of a minute expire among them
        self.at = datetime(2026, 3, 9, 8, tzinfo=UTC) + number * timedelta(seconds=30)
        starts = self.dice.choice(self.starts)
        ways: list[Callable[[int], None]] = [self.book]
        if self.how == "everything":
            ways += [self.hold, self.hold, self.book_held, self.move, self.move, self.cancel, self.tidy]
        try:
            self.dice.choice(ways)(starts)
        except ClinicError as refusal:
            return starts, type(refusal).__name__
        except Exception as error:  # noqa: BLE001 -- whatever else happens is for the test to see
            return starts, f"{type(error).__name__}: {error}"
        return starts, ""

    def book(self, starts: int) -> None:
        """Book a patient who has nothing else."""
        from corneum.clinic.diary import actions

        self.appointments.append(
            actions.book_appointment(
                clinic=self.clinic, treatment=self.treatment, starts=starts, practitioner=None,
                patient=self.patients[-1], note="", by=self.by, at=self.at,
            )
        )  # fmt: skip
        self.patients.pop()

    def hold(self, starts: int) -> None:
        """Hold a time for a minute."""
        from corneum.clinic.diary import actions

        self.holds.append(
            actions.hold_time(
                clinic=self.clinic, treatment=self.treatment, starts=starts, practitioner=None,
                by=self.by, at=self.at, minutes=1,
            )
        )  # fmt: skip

    def book_held(self, starts: int) -> None:
        """Book a time that this process holds, or held."""
        from corneum.clinic.diary import actions

        if not self.holds:
            return self.hold(starts)
        self.appointments.append(
            actions.book_held_time(
                hold=self.holds.pop(0), patient=self.patients[-1], note="", by=self.by, at=self.at
            )
        )  # fmt: skip
        self.patients.pop()
        return None

    def move(self, starts: int) -> None:
        """Move an appointment that this process made."""
        from corneum.clinic.diary import actions

        if not self.appointments:
            return self.book(starts)
        moving = self.dice.randrange(len(self.appointments))
        self.appointments[moving] = actions.move_appointment(
            appointment=self.appointments[moving], starts=starts, practitioner=None, by=self.by, at=self.at
        )
        return None

    def cancel(self, starts: int) -> None:
        """Cancel an appointment that this process made."""
        from corneum.clinic.diary import actions

        if not self.appointments:
            return self.book(starts)
        going = self.appointments.pop(self.dice.randrange(len(self.appointments)))
        actions.cancel_appointment(appointment=going, reason="", by=self.by, at=self.at)
        return None

    def tidy(self, _starts: int) -> None:
        """Release what has expired, as the worker does."""
        from corneum.clinic.diary import actions

        actions.release_expired_holds(by=self.by, at=self.at)


if __name__ == "__main__":
    main(*sys.argv[1:])
