"""Slot search with the database read: the product's own query, against merely fetching the rows that it is about."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import measuring
from benchmarks.baselines import sorted_sweep
from benchmarks.workload import BANK_HOLIDAYS, DAYS, LARGE, MEDIUM, SMALL, TODAY, ZONE, Clinic, Size, make_clinic
from corneum.domain.scheduling import Requirement, wall

if TYPE_CHECKING:
    from corneum.clinic.treatments.models import Treatment
    from corneum.platform.accounts.models import Clinic as ClinicRow

NOW = datetime.combine(TODAY, time(6), UTC) - timedelta(days=1)
MONTH = (TODAY, TODAY + timedelta(days=29))
RANGES = (("day", TODAY, TODAY), ("month", *MONTH))
STEP = 15
HISTORY = 1_000_000  # visits in the table for the growth test
BASELINE = "raw rows (baseline)"


@dataclass(slots=True)
class Stored:
    """A made-up clinic that stands in the database."""

    size: Size
    made: Clinic
    row: "ClinicRow"
    treatments: dict[str, "Treatment"]


def run() -> None:
    """Check that the answers are those of a plain sweep over the same rows, then time them."""
    measuring.heading(
        "Slot search with the database read, SQLite file",
        "Ours: diary.queries.openings_for, the query of every page: version, weeks, holds and blocks read, all starts listed.",
        "t5: any practitioner, 30 minutes, set-up 5, clean-down 10; t2: practitioner, room and machine, 45 minutes.",
        "Baseline: the practitioners' rows of the same range by the bare driver, whole numbers from a covering index.",
        "Beside it: the weeks' masks alone by the bare driver; a sorted sweep over rows that are in memory already.",
    )
    with _home() as home:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        clinics = [_store(size, make_clinic(size, 1)) for size in (SMALL, MEDIUM, LARGE)]
        for stored in clinics:
            _check(stored)
        print()
        with closing(sqlite3.connect(home / "corneum.sqlite3")) as raw:
            raw.execute(
                "CREATE INDEX bench_covering ON diary_slot (schedule_id, starts, ends, clear_from, clear_until)"
            )
            _time(clinics, raw, "")
            _grow(raw)
            _time(clinics[1:2], raw, f", {_count(raw):,} visits in the table")
        _time_many_clinics(clinics[0])


@contextmanager
def _home() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="corneum-bench-"))
    os.environ["CORNEUM_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "corneum.config.settings"
    os.environ.pop("CORNEUM_DATABASE_URL", None)
    try:
        yield home
    finally:
        from django.db import connections

        connections.close_all()
        shutil.rmtree(home, ignore_errors=True)


def _store(size: Size, made: Clinic) -> Stored:
    """Write a made-up clinic into the tables, everything as the product keeps it."""
    from django.db import transaction

    from corneum.clinic.diary.models import Hold, Schedule, Slot
    from corneum.clinic.diary.queries import refresh_weeks
    from corneum.clinic.practitioners.models import Practitioner, Qualification, Registration, RotaDay
    from corneum.clinic.premises.models import Closure, Device, OpeningHours, Room
    from corneum.clinic.treatments.models import Need, Offer, Treatment
    from corneum.platform.accounts.models import Clinic as ClinicRow

    with transaction.atomic():
        row = ClinicRow.objects.create(slug=f"bench-{size.name.lower()}", name=size.name, zone=ZONE)
        OpeningHours.objects.bulk_create(
            OpeningHours(clinic=row, weekday=weekday, opens=time(8), closes=time(20)) for weekday in range(7)
        )
        Closure.objects.bulk_create(Closure(clinic=row, on=day, reason="holiday") for day in BANK_HOLIDAYS)
        treatments = {}
        for name, minutes, whats in (("t5", 30, ("practitioner",)), ("t2", 45, ("practitioner", "room", "device"))):
            treatments[name] = Treatment.objects.create(
                slug=f"{name}-{size.name.lower()}", name=name, short_name=name, kind="treatment", family="other",
                summary="", minutes=minutes,
            )  # fmt: skip
            Offer.objects.create(
                clinic=row, treatment=treatments[name], price_pence=0, notice_minutes=0, step_minutes=STEP
            )
            Need.objects.bulk_create(
                Need(
                    treatment=treatments[name],
                    what=what,
                    kind="" if what == "practitioner" else "treatment",
                    before=5,
                    after=10,
                )
                for what in whats
            )
        t5, t2 = made.only_practitioners(), made.practitioner_room_and_device()
        schedules: dict[Any, int] = {}
        for lane in made.practitioners:
            who = Practitioner.objects.create(slug=f"{size.name.lower()}-{lane.key}", name=f"P {lane.key}", order=1)
            Registration.objects.create(
                practitioner=who,
                body="NMC",
                number=str(lane.key),
                valid_from=date(2020, 1, 1),
                valid_until=date(2040, 1, 1),
            )
            for name, requirements in (("t5", t5), ("t2", t2)):
                if lane in requirements[0].lanes:
                    Qualification.objects.create(
                        practitioner=who, treatment=treatments[name], valid_from=date(2020, 1, 1)
                    )
            RotaDay.objects.bulk_create(
                RotaDay(
                    practitioner=who, clinic=row, on=wall.local(span.starts, ZONE).date(),
                    starts=wall.local(span.starts, ZONE).time(), ends=wall.local(span.ends, ZONE).time(),
                )
                for span in lane.hours or ()
            )  # fmt: skip
            schedules[lane.key] = Schedule.objects.create(practitioner=who).pk
        for lanes, model, what, used in (
            (made.rooms, Room, "room", t2[1].lanes), (made.devices, Device, "device", t2[2].lanes),
        ):  # fmt: skip
            for place, lane in enumerate(lanes):
                kind = "treatment" if lane in used else "consulting"
                thing: Any = model(clinic=row, name=f"{what} {lane.key}", kind=kind, order=place)
                thing.save()
                schedules[lane.key] = Schedule.objects.create(**{what: thing}).pk
        who_ever = Practitioner.objects.earliest("pk")
        hold = Hold.objects.create(
            clinic=row,
            treatment=treatments["t5"],
            practitioner=who_ever,
            starts=0,
            ends=1,
            expires_at=NOW,
            created_at=NOW,
        )
        from corneum.clinic.diary.models import Appointment
        from corneum.clinic.patients.models import Patient

        patient = Patient.objects.create(clinic=row, name="Somebody", email="s@example.org", created_at=NOW)
        visit = Appointment.objects.create(
            reference=f"B{size.name}1", clinic=row, patient=patient, treatment=treatments["t5"], practitioner=who_ever,
            starts=0, ends=1, zone=ZONE, wall_time="", booked_at=NOW,
        )  # fmt: skip
        hold.delete()
        Slot.objects.bulk_create(
            (
                Slot(
                    schedule_id=schedules[lane.key], appointment=visit, starts=one[0], ends=one[1], clear_from=one[2],
                    clear_until=one[3],
                )
                for lane in (*made.practitioners, *made.rooms, *made.devices)
                for one in lane.occupied
            ),
            batch_size=500,
        )  # fmt: skip
        for key in schedules.values():
            refresh_weeks([key])
    return Stored(size, made, row, treatments)


def _search(stored: Stored, treatment: str, first: date, last: date) -> list[int]:
    from corneum.clinic.diary.queries import openings_for

    return openings_for(
        clinic=stored.row, treatment=stored.treatments[treatment], first=first, last=last, at=NOW
    ).starts


def _requirements(stored: Stored, treatment: str) -> tuple[int, list[Requirement]]:
    if treatment == "t5":
        return 30, stored.made.only_practitioners()
    return 45, stored.made.practitioner_room_and_device()


def _sweep(stored: Stored, treatment: str, first: date, last: date) -> list[int]:
    minutes, requirements = _requirements(stored, treatment)
    window = wall.day_window(first, last, ZONE)
    found = sorted_sweep(
        window=window, minutes=minutes, open_hours=stored.made.open_hours, requirements=requirements,
        grid=wall.starts_every(STEP, window, ZONE),
    )  # fmt: skip
    return [opening.starts for opening in found]


def _check(stored: Stored) -> None:
    for treatment in stored.treatments:
        for name, first, last in RANGES:
            ours, plain = _search(stored, treatment, first, last), _sweep(stored, treatment, first, last)
            if ours != plain:
                raise SystemExit(
                    f"{stored.size.name} {treatment} {name}: {len(ours)} starts, and {len(plain)} by the sweep."
                )
            print(f"{stored.size.name} {treatment} {name}: {len(ours):,} starts, the same as by the sweep.")


def _time(clinics: list[Stored], raw: sqlite3.Connection, note: str) -> None:
    rows = []
    for stored in clinics:
        for treatment in ("t5", "t2"):
            for name, first, last in RANGES:
                fetch, count = _fetch(stored, raw, first, last)
                works: list[Callable[[], object]] = [
                    partial(_search, stored, treatment, first, last),
                    fetch,
                    _fetch_weeks(stored, raw, first, last),
                    partial(_sweep, stored, treatment, first, last),
                ]
                ours, plain, weeks, sweep = measuring.medians(works, seconds=2.0)
                rows.append(
                    (
                        f"{stored.size.name} {name}, {treatment}{note}", f"{count:,}", measuring.milliseconds(ours),
                        measuring.milliseconds(plain), f"{ours / plain:.2f} x", measuring.milliseconds(weeks),
                        f"{ours / weeks:.1f} x", measuring.ratio(sweep, ours),
                    )
                )  # fmt: skip
    columns = (
        "search",
        "rows",
        "ours ms",
        "raw rows ms",
        "ours/rows",
        "raw weeks ms",
        "ours/weeks",
        "sweep in memory/ours",
    )
    measuring.table(columns, rows)
    print()


def _keys(stored: Stored) -> list[int]:
    from corneum.clinic.diary.models import Schedule

    return list(
        Schedule.objects.filter(practitioner__rota_days__clinic=stored.row).distinct().values_list("pk", flat=True)
    )


def _fetch(stored: Stored, raw: sqlite3.Connection, first: date, last: date) -> tuple[Callable[[], object], int]:
    window, keys = wall.day_window(first, last, ZONE), _keys(stored)
    marks = ",".join("?" * len(keys))
    sql = (
        f"SELECT schedule_id, starts, ends, clear_from, clear_until FROM diary_slot "
        f"WHERE schedule_id IN ({marks}) AND starts >= ? AND starts < ?"
    )
    parameters = [*keys, window.starts, window.ends]
    return (lambda: raw.execute(sql, parameters).fetchall()), len(raw.execute(sql, parameters).fetchall())


def _fetch_weeks(stored: Stored, raw: sqlite3.Connection, first: date, last: date) -> Callable[[], object]:
    from corneum.domain.scheduling.busy import weeks_over

    keys, weeks = _keys(stored), weeks_over(wall.day_window(first, last, ZONE))
    marks = ",".join("?" * len(keys))
    sql = (
        f"SELECT schedule_id, week, minutes FROM diary_busyweek WHERE schedule_id IN ({marks}) AND week BETWEEN ? AND ?"
    )
    parameters = [*keys, weeks.start, weeks.stop - 1]
    return lambda: raw.execute(sql, parameters).fetchall()


def _grow(raw: sqlite3.Connection) -> None:
    """Lay the same weeks again and again before the ones that there are, until there are a million visits."""
    period = (DAYS // 7) * 7 * 1440
    triggers = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'diary_slot'"
    ).fetchall()
    for name, _ in triggers:
        raw.execute(f'DROP TRIGGER "{name}"')
    here = _count(raw)
    for n in range(1, HISTORY // here + 1):
        raw.execute(
            "INSERT INTO diary_slot (schedule_id, appointment_id, starts, ends, clear_from, clear_until, is_live, is_overbooked) "
            "SELECT schedule_id, appointment_id, starts - ?1, ends - ?1, clear_from - ?1, clear_until - ?1, 1, 0 "
            "FROM diary_slot WHERE starts > ?2",
            [n * period, wall.minute_of(NOW) - 1440],
        )
        raw.execute(
            "INSERT OR IGNORE INTO diary_busyweek (schedule_id, week, minutes) SELECT schedule_id, week - ?, minutes "
            "FROM diary_busyweek WHERE week > ?",
            [n * DAYS // 7, wall.minute_of(NOW) // 10080 - 1],
        )
    for _, sql in triggers:
        raw.execute(sql)
    raw.commit()
    raw.execute("ANALYZE")
    raw.commit()


def _count(raw: sqlite3.Connection) -> int:
    return int(raw.execute("SELECT count(*) FROM diary_slot").fetchone()[0])


def _time_many_clinics(stored: Stored) -> None:
    """Add a thousand clinics to the group, and ask one of five practitioners again."""
    from corneum.clinic.practitioners.models import Practitioner, RotaDay
    from corneum.clinic.premises.models import OpeningHours
    from corneum.clinic.treatments.models import Offer
    from corneum.platform.accounts.models import Clinic as ClinicRow

    ask = partial(_search, stored, "t5", *MONTH)
    ask()
    (alone,) = measuring.medians([ask], seconds=2.0)
    others = ClinicRow.objects.bulk_create(
        ClinicRow(slug=f"other-{n}", name=f"Other {n}", zone=ZONE) for n in range(1_000)
    )
    who = list(Practitioner.objects.all()[:5])
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=time(8), closes=time(20))
        for clinic in others
        for weekday in range(7)
    )
    RotaDay.objects.bulk_create(
        RotaDay(practitioner=person, clinic=clinic, on=TODAY, starts=time(9), ends=time(17))
        for clinic in others
        for person in who
    )
    Offer.objects.bulk_create(
        Offer(clinic=clinic, treatment=stored.treatments["t5"], price_pence=0) for clinic in others
    )
    ask()
    (among,) = measuring.medians([ask], seconds=2.0)
    measuring.table(
        ("S month, t5", "ms", "as long"),
        [
            ("three clinics", measuring.milliseconds(alone), "1.0 x"),
            ("1,003 clinics", measuring.milliseconds(among), measuring.ratio(among, alone)),
        ],
    )
