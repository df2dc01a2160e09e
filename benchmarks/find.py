"""Finding anyone among a hundred thousand patients, as the desk's page asks it, against looking at every row."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median, quantiles
from typing import Any

from benchmarks import measuring

PATIENTS = 100_000
A_BATCH = 5_000
ROUNDS = 31
NOW = datetime(2026, 3, 9, 8, tzinfo=UTC)
# Common names come often and rare ones seldom, as they do in a town: the n-th name 1/n as often as the first.
FIRST = (
    "olivia amelia john sarah david susan james margaret paul emma andrew karen mark linda stephen jane robert helen "
    "richard claire thomas ann michael jacqueline peter angela christopher mary matthew patricia daniel elizabeth "
    "siobhan zoe catherine mohammed fatima wei priya agnieszka ewan iain geoffrey hugh kathryn philip jon zoltan"
)
LAST = (
    "smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white roberts "
    "green hall wood jackson clarke khan ali lewis hughes edwards turner cooper hill ward morris moore clark lee king "
    "baker harrison morgan obrien macdonald stephenson okafor kowalska nowak ahmed mueller garcia smyth lindqvist"
)
ASKED = (
    ("one rare name", "lindqvist"),
    ("the commonest name", "smith"),
    ("one letter", "s"),
    ("first and last, the wrong way round", "smith john"),
    ("both misspelt", "jon smyht"),
    ("sounds like it", "kathryn stevenson"),
    ("part of a telephone number", "07700 900 9"),
    ("its last digits", "0982"),
    ("date of birth", "2/3/1990"),
    ("name and year of birth", "patel 1990"),
    ("part of an e-mail", "zoe.okaf@"),
    ("a reference", "ZZ0000"),
    ("nobody", "xylophone quux"),
)


def run() -> None:
    """Measure on both databases, each in a process of its own."""
    measuring.heading(
        f"Find anyone, {PATIENTS:,} patients at one clinic",
        "Ours: desk.queries.find_anyone, the first fifty with their next visit, as the page asks it; page: the whole answer.",
        f"Baseline of the same run: name, e-mail and telephone number LIKE '%…%', the first fifty by name. {ROUNDS} rounds in turns.",
        "The baseline forgives no slip, knows no order of words and no accent; where it finds nobody it says so.",
    )
    for database in ("sqlite", "postgres"):
        subprocess.run([sys.executable, "-m", "benchmarks.find", database], check=True)


def measure(database: str) -> None:
    """Fill a clinic, and ask."""
    if database == "postgres":
        from tests.databases import start_postgres

        os.environ["CORNEUM_DATABASE_URL"] = start_postgres()
    with tempfile.TemporaryDirectory(prefix="corneum-bench-") as home:
        os.environ |= {"CORNEUM_HOME": home, "DJANGO_SETTINGS_MODULE": "corneum.config.settings"}
        import django
        from django.core.management import call_command
        from django.db import connection, connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        from tests.factories.cast import make_group

        cast = make_group()
        filled = measuring.once(partial(_fill, cast))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{database}: filled in {filled:.0f} s\n")
        measuring.table(
            ("typed", "ms", "p95", "page ms", "found", "LIKE ms", "p95", "found"),
            [_row(cast, what, typed) for what, typed in ASKED],
        )
        print()
        connections.close_all()


def _row(cast: Any, what: str, typed: str) -> tuple[str, ...]:
    from corneum.clinic.desk.queries import find_anyone
    from tests.factories.sign_in import DeskClient

    client = DeskClient()
    client.force_login(cast.dana)
    client.post("/desk/find/", {"q": typed})
    ours = partial(find_anyone, cast.dana, cast.manchester, typed, at=NOW, most=50)
    works: list[Callable[[], Any]] = [ours, partial(_like, cast, typed), partial(client.get, "/desk/find/")]
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for times, work in zip(taken, works, strict=True):
            times.append(measuring.once(work))
    (own, its_own), (like, its_like), (page, _p95) = ((median(times), quantiles(times, n=20)[-1]) for times in taken)
    return (
        f"{what}: {typed}", measuring.milliseconds(own), measuring.milliseconds(its_own), measuring.milliseconds(page),
        str(ours().count), measuring.milliseconds(like), measuring.milliseconds(its_like), str(len(_like(cast, typed))),
    )  # fmt: skip


def _like(cast: Any, typed: str) -> list[Any]:
    """Look at every row, as is usual: every word in the name, or all of it in the e-mail or the number."""
    from django.db.models import Q

    from corneum.clinic.patients.models import Patient

    named = Q()
    for word in typed.split():
        named &= Q(name__icontains=word)
    digits = "".join(letter for letter in typed if letter.isdigit()).removeprefix("0")
    wanted = named | Q(email__icontains=typed) | (Q(phone__contains=digits) if len(digits) > 2 else Q())
    return list(Patient.objects.filter(wanted, clinic=cast.manchester).defer("words")[:50])


def _fill(cast: Any) -> None:
    """Write the patients, every tenth with a visit to come."""
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.patients.models import Patient
    from corneum.domain.scheduling.wall import minute_of

    dice = random.Random(1)
    first, last = FIRST.split(), LAST.split()
    rare = [f"{one}{other}" for one in ("ash", "thorn", "wick", "green", "hol", "brad") for other in last]
    names = last + rare
    often = [1 / place for place in range(1, len(names) + 1)]
    starts = minute_of(NOW + timedelta(days=1))
    for begun in range(0, PATIENTS, A_BATCH):
        people = Patient.objects.bulk_create(
            Patient(
                clinic=cast.manchester,
                name=f"{one} {other}".title(),
                email=f"{one}.{other}{number}@mail.example",
                phone=f"+447{dice.randrange(10**9):09d}",
                born_on=date(1935, 1, 1) + timedelta(days=dice.randrange(27_000)),
                created_at=NOW,
            )
            for number in range(begun, begun + A_BATCH)
            for one, other in [
                (
                    dice.choices(first, often[: len(first)])[0],
                    dice.choices(names, often)[0],
                )
            ]
        )
        Appointment.objects.bulk_create(
            Appointment(
                reference=f"ZZ{patient.pk:08d}", clinic=cast.manchester, patient=patient, treatment=cast.consultation,
                practitioner=cast.rosa, starts=starts, ends=starts + 30, zone=cast.manchester.zone,
                wall_time="2026-03-10T08:00", booked_at=NOW,
            )
            for patient in people[::10]
        )  # fmt: skip


if __name__ == "__main__":
    measure(sys.argv[1])
