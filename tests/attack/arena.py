"""One whole attack: the contest is made, the horde let loose, and everything swept and judged afterwards."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.attack.contest import Contest, Verdict, judge
from tests.attack.horde import answers_in
from tests.attack.sweep import opened, sweep

HOUSE = Path(__file__).parents[2]
END = "2026-03-09 10:00:00+00:00"  # the hour at which the sweep looks: that of those whose clock is late


@dataclass
class Outcome:
    """What came of an attack: the verdict on what was told, and what the sweep has found wrong."""

    verdict: Verdict
    swept: dict[str, int]
    killed: int


def fight(contest: Contest, *, kills: int = 0) -> Outcome:
    """Let the horde loose on the database of this process, and hold what it was told against what is there."""
    from django.db import connection

    settings = connection.settings_dict
    where = str(settings["NAME"])
    if connection.vendor == "postgresql":
        parameters = connection.get_connection_params()
        where = f"host={parameters['host']} user={parameters['user']} dbname={parameters['dbname']}"
    with tempfile.TemporaryDirectory(prefix="corneum-attack-") as folder:
        logs = Path(folder)
        (logs / "contest.json").write_text(json.dumps(asdict(contest)))
        command = [
            sys.executable, "-m", "tests.attack.referee", str(settings["NAME"]), str(logs / "contest.json"), folder,
            str(kills),
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": f"{HOUSE}{os.pathsep}{HOUSE / 'src'}"}
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HOUSE, env=environment)
        answers = [answers_in(logs, number) for number in range(len(contest.orders))]
    with opened(where) as (ask, is_postgres):
        rows: list[Any] = ask("SELECT ref, starts FROM diary_appointment WHERE status <> 'cancelled'")
        swept = sweep(ask, at=END, is_postgres=is_postgres)
    return Outcome(judge(contest, answers, rows), swept, int(said.stdout))
