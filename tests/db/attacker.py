"""
One of several processes that fight for the same schedules, with nothing but the database's own driver.

Usage: attacker.py <sqlite path or postgres conninfo> <seed> <tries> <hold> <schedule> [<schedule> …]. It says
"ready", waits for a line, tries that many random slots and says in JSON what became of each.
"""

import json
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

SQL = (
    "INSERT INTO diary_slot (schedule_id, hold_id, starts, ends, clear_from, clear_until, is_live, is_overbooked) "
    "VALUES ({0}, {0}, {0}, {0}, {0}, {0}, {1}, {2})"
)


class Row(NamedTuple):
    """A slot, as it is written: SQL names its columns in this order."""

    schedule: int
    hold: int
    starts: int
    ends: int
    clear_from: int
    clear_until: int


def open_sqlite(path: str) -> Callable[[Row], str]:
    """Open a file of SQLite; answer with a function that tries one row and says "" or why not."""
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    sql = SQL.format("?", "1", "0")

    def attempt(row: Row) -> str:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(sql, row)
        except sqlite3.IntegrityError as error:
            connection.execute("ROLLBACK")
            return str(error)
        connection.execute("COMMIT")
        return ""

    return attempt


def open_postgres(conninfo: str) -> Callable[[Row], str]:
    """Open PostgreSQL; answer with a function that tries one row and says "" or why not."""
    import psycopg

    connection = psycopg.connect(conninfo)
    sql = SQL.format("%s", "true", "false")

    def attempt(row: Row) -> str:
        try:
            connection.execute(sql, row)
            time.sleep(0.001)  # as the rest of a booking would
        except psycopg.Error as error:  # all of them: a deadlock is not an answer either
            connection.rollback()
            return error.diag.constraint_name or str(error)
        connection.commit()
        return ""

    return attempt


def random_row(dice: random.Random, schedules: list[int], hold: int) -> Row:
    """Think of a visit on one schedule, with its own set-up and clean-down."""
    starts = dice.randrange(0, 3_000, 5)
    ends = starts + dice.choice([15, 30, 45, 60])
    set_up, clean_down = dice.choice([0, 5, 15]), dice.choice([0, 10, 20])
    return Row(dice.choice(schedules), hold, starts, ends, starts - set_up, ends + clean_down)


def main(where: str, seed: str, tries: str, hold: str, *schedules: str) -> None:
    """Wait for the starting signal, and attack."""
    attempt: Any = open_postgres(where) if "=" in where else open_sqlite(where)
    dice = random.Random(int(seed))
    rows = [random_row(dice, [int(schedule) for schedule in schedules], int(hold)) for _ in range(int(tries))]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps([(row, attempt(row)) for row in rows]))


if __name__ == "__main__":
    main(*sys.argv[1:])
