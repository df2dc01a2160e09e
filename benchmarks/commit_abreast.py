"""Commit abreast: eight processes book at once, against eight that merely insert the same rows."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from benchmarks import measuring
from benchmarks.booking_commit import BETWEEN_STARTS, BY_TRIGGER, WRITTEN, Rows, _fsync, _open
from corneum.db.sqlite3.line import Line

WRITERS, EACH, BEFORE = 8, 25, 6
ONE_DATABASE = "--one-database"
PLAIN = "plain insert of the same rows, no rules (baseline)"
RULED = "the same, never overlapping and every change noted"
WHOLE = "book_appointment: looked for, chosen, written, recorded"


def run() -> None:
    """Measure each database in a process of its own."""
    measuring.heading(
        f"Commit abreast: {WRITERS} processes, {EACH} bookings each",
        "One booking: an appointment, its four spans of time, an event, a change; each in one transaction.",
        "SQLite on the disk with synchronous=FULL; PostgreSQL in memory without fsync, where the rules weigh most.",
        "A wait is from asking for the transaction to its commit. On SQLite our ways stand in line, the baseline does not.",
    )
    rows: list[list[str]] = []
    for database in ("sqlite", "postgres"):
        home = Path(tempfile.mkdtemp(prefix="corneum-bench-"))
        environment = {**os.environ, "CORNEUM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "corneum.config.settings"}
        environment.pop("CORNEUM_DATABASE_URL", None)
        try:
            said = subprocess.run(
                [sys.executable, "-m", "benchmarks.commit_abreast", ONE_DATABASE, database, str(home)],
                check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=Path(__file__).parent.parent,
            ).stdout  # fmt: skip
        finally:
            shutil.rmtree(home, ignore_errors=True)
        rows += [line.split("\t") for line in said.splitlines() if "\t" in line]
    measuring.table(("way", "bookings a second", "of plain", "median wait ms", "p99 ms", "p99 in fsyncs"), rows)


def one_database(database: str, home: Path) -> None:
    """Make a database and its copies, let eight write into each, and print a row for each way."""
    stem = _start(database, home)
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    starts, book = _bookings()
    for _ in range(BEFORE):  # the diaries of everybody and everything are begun with their first visit
        book(starts.pop())
    connections.close_all()
    if database == "postgres":
        connections["default"].close_pool()  # type: ignore[attr-defined]  # a database in use cannot be copied
    copies = {name: _copy(database, stem, home, name) for name in ("plain", "ruled", "whole")}
    sets = [_rows_of(book(start)) for start in starts[: WRITERS * EACH]]
    connections.close_all()
    fsync = _fsync(home) if database == "sqlite" else 0.0
    baseline = 0.0
    for name, way in (("plain", PLAIN), ("ruled", RULED), ("whole", WHOLE)):
        jobs: list[Any] = [starts[n::WRITERS][:EACH] if name == "whole" else sets[n::WRITERS] for n in range(WRITERS)]
        waits, seconds = _abreast(database, copies[name], name, jobs)
        a_second = len(waits) / seconds
        baseline = baseline or a_second
        p99 = quantiles(waits, n=100)[98]
        print(
            f"{database}: {way}\t{a_second:,.0f}\t{a_second / baseline:.2f}\t{measuring.milliseconds(median(waits))}"
            f"\t{measuring.milliseconds(p99)}\t{f'{p99 / fsync:,.0f}' if fsync else '-'}"
        )


def _start(database: str, home: Path) -> str:
    """Start what is to be measured, and answer with where it is."""
    if database == "sqlite":
        return str(home / "corneum.sqlite3")
    from tests.databases import start_postgres

    stem = start_postgres().rsplit("/", 1)[0]
    _on_server(stem, "CREATE DATABASE original")
    os.environ["CORNEUM_DATABASE_URL"] = f"{stem}/original"
    return stem


def _bookings() -> tuple[list[int], Callable[[int], Any]]:
    """Make the tests' clinic, and answer with starts that are free and how to book one."""
    from corneum.clinic.diary import actions, queries
    from corneum.platform.accounts.actors import Actor
    from corneum.platform.accounts.models import Clinic, User
    from tests.factories.cast import NOW, make_group

    if not Clinic.objects.exists():
        make_group()
    from corneum.clinic.patients.models import Patient
    from corneum.clinic.treatments.models import Offer

    Offer.objects.update(horizon_days=200)
    clinic, desk = Clinic.objects.get(slug="manchester"), Actor.staff(User.objects.get(name__startswith="Dana"))
    offer = Offer.objects.select_related("treatment").get(clinic=clinic, treatment__slug="microdermabrasion")
    alice = Patient.objects.get(name="Alice Ashworth")
    first = NOW.date() + timedelta(days=1)
    free = queries.openings_for(
        clinic=clinic, treatment=offer.treatment, first=first, last=first + timedelta(days=190), at=NOW
    )
    starts: list[int] = []
    for time in free:
        if not starts or time.starts >= starts[-1] + BETWEEN_STARTS:
            starts.append(time.starts)

    def book(start: int) -> Any:
        return actions.book_appointment(
            clinic=clinic, treatment=offer.treatment, starts=start, practitioner=None, patient=alice, note="",
            by=desk, at=NOW,
        )  # fmt: skip

    return starts[: WRITERS * EACH + BEFORE], book


def _rows_of(appointment: Any) -> Rows:
    """Read again what one booking has written."""
    from django.db import connection

    found: Rows = []
    with connection.cursor() as cursor:
        raw = cursor.cursor if connection.vendor == "postgresql" else cursor
        for table, column in WRITTEN:
            key = appointment.ref if column == "entity_ref" else appointment.pk
            raw.execute(f'SELECT * FROM {table} WHERE "{column}" = %s ORDER BY id', [key])
            rows = raw.fetchall()
            found += [(table, row) for row in rows if table not in BY_TRIGGER or row[3] == "diary_appointment"]
    return found


def _copy(database: str, stem: str, home: Path, name: str) -> str:
    """Copy the database as it is; the plain one without any rule."""
    if database == "postgres":
        _on_server(stem, f"CREATE DATABASE {name} TEMPLATE original")
        if name == "plain":
            for table, _ in WRITTEN:
                _on_server(stem, f"ALTER TABLE {table} DISABLE TRIGGER ALL", name)
            _on_server(
                stem,
                "DO $$ DECLARE each record; BEGIN FOR each IN SELECT conname, conrelid::regclass AS owner"
                " FROM pg_constraint WHERE contype IN ('x', 'c') AND conrelid::regclass::text LIKE 'diary_%' LOOP"
                " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.owner, each.conname); END LOOP; END $$",
                name,
            )
        return f"{stem}/{name}"
    path = home / name / "corneum.sqlite3"
    path.parent.mkdir()
    with sqlite3.connect(stem) as source, sqlite3.connect(path) as target:
        source.backup(target)
        if name == "plain":
            for (trigger,) in target.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                target.execute(f'DROP TRIGGER "{trigger}"')
    return str(path)


def _on_server(stem: str, said: str, name: str = "postgres") -> None:
    import psycopg

    with psycopg.connect(_address(f"{stem}/{name}"), autocommit=True) as server:
        server.execute(said)


def _address(url: str) -> str:
    return url.replace("postgres://", "postgresql://", 1)


def _abreast(database: str, where: str, name: str, jobs: list[Any]) -> tuple[list[float], float]:
    """Let as many processes as there are jobs begin at the same moment; answer with every wait, and how long it took."""
    spawn = multiprocessing.get_context("spawn")
    gate, came = spawn.Barrier(len(jobs) + 1), spawn.Queue()
    writers = [spawn.Process(target=_write, args=(database, where, name, job, (gate, came))) for job in jobs]
    for writer in writers:
        writer.start()
    gate.wait()
    begun = perf_counter()
    waits = [wait for _ in writers for wait in came.get()]
    seconds = perf_counter() - begun
    for writer in writers:
        writer.join()
    if len(waits) != WRITERS * EACH:
        raise SystemExit(f"{name}: {len(waits)} bookings were made of {WRITERS * EACH}.")
    return waits, seconds


def _write(database: str, where: str, name: str, job: list[Any], meeting: tuple[Any, Any]) -> None:
    """Do one writer's bookings, one after the other."""
    gate, came = meeting
    with _writer(database, where, name) as book:
        gate.wait()
        came.put([measuring.once(partial(book, one)) for one in job])


@contextmanager
def _writer(database: str, where: str, name: str) -> Iterator[Callable[[Any], object]]:
    if name == "whole":
        os.environ |= (
            {"CORNEUM_DATABASE_URL": where} if database == "postgres" else {"CORNEUM_HOME": str(Path(where).parent)}
        )
        import django

        django.setup()
        _, book = _bookings()
        yield book
        return
    left_out = set() if name == "plain" else BY_TRIGGER
    if database == "sqlite":
        file, line = _open(Path(where)), Line(f"{where}-line")

        def in_line(rows: Rows) -> None:
            line.wait()
            _insert(file, rows, left_out, "BEGIN IMMEDIATE", "?")
            line.end()

        def at_random(rows: Rows) -> None:
            _insert(file, rows, left_out, "BEGIN IMMEDIATE", "?")

        yield at_random if name == "plain" else in_line
        return
    import psycopg
    from psycopg.types.json import JsonbDumper

    server = psycopg.connect(_address(where), autocommit=True)
    server.adapters.register_dumper(dict, JsonbDumper)

    def insert(rows: Rows) -> None:
        _insert(server, rows, left_out, "BEGIN", "%s")

    yield insert


def _insert(database: Any, rows: Rows, left_out: set[str], begin: str, mark: str) -> None:
    database.execute(begin)
    for table, row in rows:
        if table not in left_out:
            database.execute(f"INSERT INTO {table} VALUES ({', '.join([mark] * len(row))})", row)
    database.execute("COMMIT")


if __name__ == "__main__" and sys.argv[1:2] == [ONE_DATABASE]:
    one_database(sys.argv[2], Path(sys.argv[3]))
