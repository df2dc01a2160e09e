"""The desk's day as it is sent: twelve people and two hundred appointments, its time at the server and its weight."""

import gzip
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from benchmarks import measuring
from benchmarks.database_search import _home

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
PEOPLE = 12
VISITS = 200
EACH = 25  # minutes
A_PERSON = -(-VISITS // PEOPLE)


def run() -> None:
    """Make the clinic, then read its day over and over."""
    measuring.heading(
        "The desk's diary, one day, SQLite file",
        f"{PEOPLE} people, {VISITS} appointments of {EACH} minutes; every page as the browser gets it, signed in, nothing kept.",
    )
    with _home():
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        client, appointments = _signed_in()
        rows = []
        for name, address in (
            ("day by people", f"/desk/diary/{DAY}/"),
            ("day by rooms", f"/desk/diary/{DAY}/?by=rooms"),
            ("week", "/desk/diary/2026-W11/"),
            ("list", f"/desk/diary/{DAY}/list/"),
            ("has anything changed", "/desk/diary/version/"),
        ):
            answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answers {answer.status_code}.")
            (seconds,) = measuring.medians([partial(client.get, address)], seconds=4)
            page = answer.content
            rows.append((name, measuring.milliseconds(seconds), f"{len(page):,}", f"{len(gzip.compress(page, 6)):,}"))
        print(f"{appointments} appointments on {DAY}.\n")
        measuring.table(("page", "ms", "bytes", "gzipped"), rows)


def _signed_in() -> tuple[Any, int]:
    """Make the clinic and its day; answer with a browser that is signed in, and how many appointments there are."""
    from corneum.clinic.diary.models import Appointment, Schedule, Slot
    from corneum.clinic.patients.models import Patient
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.domain.scheduling.wall import minute_of
    from tests.factories.cast import make_group
    from tests.factories.sign_in import DeskClient

    cast = make_group()
    first = minute_of(datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=UTC))
    made = 0
    for number in range(PEOPLE):
        person = Practitioner.objects.create(
            slug=f"person-{number}", name=f"Person {number} Example", profession="nurse"
        )
        theirs, _ = Schedule.objects.get_or_create(practitioner=person)
        for turn in range(min(A_PERSON, VISITS - made)):
            patient = Patient.objects.create(
                clinic=cast.manchester, name=f"Patient {made} Longername", email=f"p{made}@mail.example", created_at=NOW
            )
            starts = first + turn * (EACH + 5)
            visit = Appointment.objects.create(
                reference=f"BE{made:06d}", clinic=cast.manchester, patient=patient, treatment=cast.microdermabrasion,
                practitioner=person, starts=starts, ends=starts + EACH, zone=cast.manchester.zone,
                wall_time=f"{DAY}T09:00", booked_at=NOW - timedelta(days=1),
            )  # fmt: skip
            Slot.objects.create(
                schedule=theirs, appointment=visit, starts=starts, ends=starts + EACH, clear_from=starts,
                clear_until=starts + EACH,
            )  # fmt: skip
            made += 1
    client = DeskClient()
    client.force_login(cast.dana)
    return client, made
