"""Booking commit: an appointment made safely and for good, against a plain insert of the same rows."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks import measuring

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment

BOOKINGS = 60
BASELINE = "plain insert of the same rows, no rules (baseline)"
BETWEEN_STARTS = 90  # minutes: wide enough for the treatment and what is set up and cleaned around it

# Everything that one booking writes, with the column by which its rows are found again.
WRITTEN = (
    ("diary_appointment", "id"),
    ("diary_slot", "appointment_id"),
    ("audit_auditevent", "entity_ref"),
    ("audit_change", "row"),
)
BY_TRIGGER = {"audit_change"}  # the database adds these itself

Rows = list[tuple[str, tuple[Any, ...]]]


@dataclass(slots=True)
class Way:
    """One way of booking, and how long each booking took."""

    name: str
    book: Callable[[int], object]
    seconds: list[float] = field(default_factory=list)


def run() -> None:
    """Book the same visits in four ways in turns, each on a file of SQLite of its own making."""
    measuring.heading(
        "Booking commit, SQLite file, WAL, synchronous=FULL",
        "One booking: an appointment, its four spans of time (practitioner, room, device, patient), an event, a change.",
        f"One client, {BOOKINGS} bookings by each way in turns; every commit reaches the disk before it is answered.",
        "Baseline: those same seven rows in one transaction, by the bare driver, into tables without any trigger.",
    )
    with _home() as home:
        _measure(home)


@contextmanager
def _home() -> Iterator[Path]:
    """Keep the benchmark's clinic apart from any other, and remove it afterwards."""
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


def _measure(home: Path) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    book, keep_and_book = _the_clinics_ways()
    made = [book(0)]  # the diaries of everybody and everything are begun with their first visit
    unruled, ruled = _copy(home, "unruled", with_triggers=False), _copy(home, "ruled", with_triggers=True)
    with (
        closing(_open(home / "corneum.sqlite3")) as main,
        closing(_open(unruled)) as plain,
        closing(_open(ruled)) as guarded,
    ):
        rows: Rows = []

        def by_action(n: int) -> None:
            made.append(book(n))

        def plainly(_n: int) -> None:
            _insert(plain, rows)

        def under_the_rules(_n: int) -> None:
            _insert(guarded, rows, BY_TRIGGER)

        ways = [
            Way("book_appointment: looked for, chosen, written, recorded", by_action),
            Way(BASELINE, plainly),
            Way("the same, never overlapping and every change noted", under_the_rules),
            Way("hold_time, then book_held_time: two commits", keep_and_book),
        ]
        for n in range(1, BOOKINGS + 1):
            for way in ways:
                way.seconds.append(measuring.once(partial(way.book, n)))
                if way.book is by_action:  # the next two write what it wrote
                    rows[:] = _rows_of(main, made[-1])
        _check(main, plain, guarded)
    _print(ways, _fsync(home), _statements(book))


def _the_clinics_ways() -> tuple[Callable[[int], "Appointment"], Callable[[int], "Appointment"]]:
    """Make the tests' clinic, and answer with its two ways of booking the n-th visit."""
    from corneum.clinic.diary import actions, queries
    from corneum.platform.accounts.actors import VISITOR, Actor
    from tests.factories.cast import NOW, make_group

    cast = make_group()
    desk = Actor.staff(cast.dana)
    clinic, treatment = cast.manchester, cast.microdermabrasion
    first, last = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=55)
    starts: list[int] = []
    for time in queries.openings_for(clinic=clinic, treatment=treatment, first=first, last=last, at=NOW):
        if not starts or time.starts >= starts[-1] + BETWEEN_STARTS:
            starts.append(time.starts)
    at_once, held = starts[::2], starts[1::2]

    def book(n: int) -> "Appointment":
        return actions.book_appointment(
            clinic=clinic, treatment=treatment, starts=at_once[n], practitioner=None,
            patient=cast.alice, note="", by=desk, at=NOW,
        )  # fmt: skip

    def keep_and_book(n: int) -> "Appointment":
        hold = actions.hold_time(
            clinic=clinic, treatment=treatment, starts=held[n], practitioner=None, by=VISITOR, at=NOW
        )
        return actions.book_held_time(hold=hold, patient=cast.bea, note="", by=VISITOR, at=NOW)

    return book, keep_and_book


def _copy(home: Path, name: str, *, with_triggers: bool) -> Path:
    """Copy the database as it is, and take the triggers off if they are not wanted."""
    path = home / f"{name}.sqlite3"
    with closing(_open(home / "corneum.sqlite3")) as source, closing(_open(path)) as target:
        source.backup(target)
        if not with_triggers:
            for (trigger,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                target.execute(f'DROP TRIGGER "{trigger}"')
    return path


def _open(path: Path) -> sqlite3.Connection:
    """Open a file as the settings do: write-ahead log, and every commit on the disk."""
    database = sqlite3.connect(path, isolation_level=None, timeout=20)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    return database


def _rows_of(database: sqlite3.Connection, appointment: "Appointment") -> Rows:
    """Read again what one booking has written."""
    keys = {"entity_ref": appointment.ref}
    return [
        (table, row)
        for table, column in WRITTEN
        for row in database.execute(
            f'SELECT * FROM {table} WHERE "{column}" = ? ORDER BY id', [keys.get(column, appointment.pk)]
        ).fetchall()
        if table not in BY_TRIGGER or row[3] == "diary_appointment"
    ]


def _insert(database: sqlite3.Connection, rows: Rows, left_out: set[str] | frozenset[str] = frozenset()) -> None:
    """Write rows in one transaction, and nothing else."""
    database.execute("BEGIN IMMEDIATE")
    for table, row in rows:
        if table not in left_out:
            database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.execute("COMMIT")


def _check(main: sqlite3.Connection, *copies: sqlite3.Connection) -> None:
    """See that the same rows are there, before any time is told."""
    for table in ("diary_appointment", "diary_slot"):
        theirs = f"SELECT * FROM {table} WHERE {'id' if table == 'diary_appointment' else 'appointment_id'} = ?"
        for (key,) in copies[0].execute("SELECT id FROM diary_appointment").fetchall():
            wanted = main.execute(theirs, [key]).fetchall()
            if any(copy.execute(theirs, [key]).fetchall() != wanted for copy in copies):
                raise SystemExit(f"Booking {key} was not written the same everywhere.")


def _fsync(home: Path) -> float:
    """Time what the disk alone takes to keep one page."""
    with (home / "page").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(bytes(4096))
            os.fsync(file.fileno())

        return measuring.medians([write], seconds=0.3)[0]


def _statements(book: Callable[[int], object]) -> int:
    """Count what one booking says to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as said:
        book(BOOKINGS + 1)
    return len(said)


def _print(ways: list[Way], fsync: float, statements: int) -> None:
    baseline = next(median(way.seconds) for way in ways if way.name == BASELINE)
    measuring.table(
        ("way", "median ms", "p90 ms", "per second", "as long as plain"),
        [
            (
                way.name,
                measuring.milliseconds(median(way.seconds)),
                measuring.milliseconds(quantiles(way.seconds, n=10)[-1]),
                f"{1 / median(way.seconds):,.0f}",
                measuring.ratio(median(way.seconds), baseline),
            )
            for way in ways
        ],
    )
    print(
        f"\nbook_appointment says {statements} statements; this disk keeps one page in {measuring.milliseconds(fsync)} ms."
    )
