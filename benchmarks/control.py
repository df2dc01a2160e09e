"""
django-appointment, another Django package for appointments, under the same horde: the control.

Run by `benchmarks/attack.py` in an environment of its own, where ours is not installed:
control.py <folder for its database and logs> <processes> <times>. Every process wants every time, by
the package's own public form and by the function with which its own view books. It says in JSON how
many of the times had how many winners.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.attack.horde import Answer, Attempt, answers_in, let_loose

FIRST = date.today() + timedelta(days=30)  # noqa: DTZ011 -- the package takes dates of whoever's calendar


def main(folder: str, processes: str, times: str) -> None:
    """Make a service with one person who gives it, and let everybody want the same times."""
    home = Path(folder)
    keys = _set_up(home)
    wanted = [
        {"day": (FIRST + timedelta(days=n // 8)).isoformat(), "hour": 9 + n % 8, "number": n} for n in range(int(times))
    ]
    let_loose([wanted] * int(processes), lambda number: _begin(number, *keys), home)
    winners: Counter[int] = Counter(
        answer["got"] for number in range(int(processes)) for answer in answers_in(home, number) if "got" in answer
    )
    sys.stdout.write(json.dumps(Counter(winners[n] for n in range(int(times)))))


def _set_up(home: Path) -> tuple[int, int]:
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="control",
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "phonenumber_field",
            "appointment",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": home / "control.sqlite3",
                "OPTIONS": {
                    "timeout": 500,
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        APPOINTMENT_CLIENT_MODEL="auth.User",
        LOGGING_CONFIG=None,
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", run_syncdb=True, verbosity=0)
    from appointment.models import Service, StaffMember  # type: ignore[import-not-found]
    from django.contrib.auth.models import User

    service = Service.objects.create(name="Light", duration=timedelta(minutes=45), price=60)
    staff = StaffMember.objects.create(user=User.objects.create_user("rosa", email="rosa@clinic.example"))
    staff.services_offered.add(service)
    connections.close_all()
    return service.pk, staff.pk


def _begin(number: int, service: int, staff: int) -> Attempt:
    from appointment.forms import AppointmentRequestForm  # type: ignore[import-not-found]
    from appointment.utils.db_helpers import create_and_save_appointment  # type: ignore[import-not-found]
    from django.contrib.auth.models import User

    client = User.objects.create_user(f"client{number}", email=f"client{number}@mail.example")
    request = SimpleNamespace(user=client)

    def attempt(one: Mapping[str, Any]) -> Answer:
        form = AppointmentRequestForm({
            "date": one["day"], "start_time": time(one["hour"]), "end_time": time(one["hour"], 45), "service": service,
            "staff_member": staff,
        })  # fmt: skip
        if not form.is_valid():
            return {"refusal": form.errors.as_text()}
        data = {"phone": "+441614960000", "want_reminder": False, "address": "", "additional_info": ""}
        create_and_save_appointment(form.save(), {"email": client.email}, data, request)
        return {"got": one["number"]}

    return attempt


if __name__ == "__main__":
    main(*sys.argv[1:])
