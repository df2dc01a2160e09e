"""Attack: 64 processes take six ways to the same 2,000 times; then again while they are killed; then another package."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from time import perf_counter

from benchmarks import measuring

ONLY_BY_NAME = True  # takes minutes, and installs a package: `python3 dev.py bench attack`
PROCESSES, DAYS, A_DAY, CROWD, KILLS = 64, 50, 40, 16, 64
CONTROL_TIMES = 8
HERE = Path(__file__).resolve().parent
ONE_ATTACK = "--one-attack"


def run() -> None:
    """Attack each database without and with kills, each in a process of its own, and the control at last."""
    measuring.heading(
        f"Attack: {PROCESSES} processes, {DAYS * A_DAY:,} times, one device",
        "Six ways to each time: online by a hold, at the desk (half of it in spite of the rules), a move, a course of",
        "two, an offer of the waiting list, a visit placed anew; every second process looks away and lets the database",
        f"decide alone. All {PROCESSES} want the first {CROWD} times, one of each way the others.",
        "Then the same while somebody is killed with -9 in the middle of a try, again and again, and begun anew.",
        "Swept afterwards in plain SQL: overlaps, orphaned holds, anything half-written. All of it has to be 0.",
    )
    rows = [_attack(database, kills) for database in ("sqlite", "postgres") for kills in (0, KILLS)]
    columns = ("attack", "tries", "won", "times with one winner", "killed", "done, pressed again", "wrong", "seconds")
    measuring.table(columns, rows)
    _control()


def _attack(database: str, kills: int) -> tuple[str, ...]:
    home = Path(tempfile.mkdtemp(prefix="corneum-bench-"))
    environment = {**os.environ, "CORNEUM_HOME": str(home), "DJANGO_SETTINGS_MODULE": "corneum.config.settings"}
    environment.pop("CORNEUM_DATABASE_URL", None)
    command = [sys.executable, "-m", "benchmarks.attack", ONE_ATTACK, database, str(kills)]
    try:
        said = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=HERE.parent
        ).stdout
    finally:
        shutil.rmtree(home, ignore_errors=True)
    *notes, row = said.strip().splitlines()
    print("\n".join(notes))
    return tuple(json.loads(row))


def one_attack(database: str, kills: str) -> None:
    """Make a database of its own, attack it, and say what came of it: the last line is a row of the table."""
    if database == "postgres":
        from tests.databases import start_postgres

        os.environ["CORNEUM_DATABASE_URL"] = start_postgres()
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.attack.arena import fight
    from tests.attack.contest import prepare
    from tests.factories.cast import make_group

    contest = prepare(make_group(), days=DAYS, a_day=A_DAY, processes=PROCESSES, crowd=CROWD)
    begun = perf_counter()
    came = fight(contest, kills=int(kills))
    seconds = perf_counter() - begun
    connections.close_all()
    verdict = came.verdict
    name = f"{database}, {came.killed} killed"
    won = ", ".join(f"{path} {count:,}" for path, count in verdict.won_by.most_common())
    refused = ", ".join(f"{name} {count:,}" for name, count in verdict.refused_by.most_common())
    print(f"{name}: won by {won}.\n{name}: refused as {refused}; the sweep finds {came.swept or 'nothing'}.")
    for sentence in verdict.wrong[:10]:
        print(f"{name}: WRONG: {sentence}")
    wrong = len(verdict.wrong) + sum(came.swept.values())
    row = (
        name, f"{verdict.tries:,}", f"{sum(verdict.won_by.values()):,}",
        f"{verdict.winners[1]:,} of {len(contest.times):,}", str(came.killed), str(verdict.pressed_again), str(wrong),
        f"{seconds:,.0f}",
    )  # fmt: skip
    print(json.dumps(row))


def _control() -> None:
    """Set the same horde on django-appointment, in an environment that it has for itself."""
    home = Path(tempfile.mkdtemp(prefix="corneum-control-"))
    try:
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
        lock = ["--require-hashes", "--only-binary", ":all:", "-r", str(HERE / "django_appointment.txt")]
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *lock], check=True)
        environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [str(python), str(HERE / "control.py"), str(home), str(PROCESSES), str(CONTROL_TIMES)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"\nThe control, django-appointment 3.12.0, {PROCESSES} processes, each wants each of {CONTROL_TIMES} times:")
    for winners, times in sorted(json.loads(said.strip().splitlines()[-1]).items(), key=lambda pair: int(pair[0])):
        print(f"{times} times had {winners} winners.")


if __name__ == "__main__" and sys.argv[1:2] == [ONE_ATTACK]:
    one_attack(*sys.argv[2:])
