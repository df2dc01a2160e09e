"""Real processes of `corneum work`, on the same database as the test."""

import os
import signal
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

from django.conf import settings
from django.db import connection

PATIENCE = 90  # seconds that a process may take to start on a machine that is busy with other tests


class Workers:
    """Processes of `corneum work`, on the same database as the test."""

    def __init__(self, home: Path, mail_url: str) -> None:
        self.log = home / "workers.log"
        self.alive: list[subprocess.Popen[bytes]] = []
        database = connection.settings_dict
        url = os.environ.get("CORNEUM_DATABASE_URL", "")
        url = f"{url.rpartition('/')[0]}/{database['NAME']}" if url else f"sqlite:///{database['NAME']}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CORNEUM_", "DJANGO_"))},
            "PYTHONPATH": os.pathsep.join(sys.path),
            "CORNEUM_HOME": str(home),
            "CORNEUM_DATABASE_URL": url,
            "CORNEUM_DATABASE_POOL": "4",
            "CORNEUM_SEALING_KEYS": ",".join(  # a home of its own would bring a key of its own
                f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in settings.SEALING_KEYS.items()
            ),
            "CORNEUM_MAIL_URL": mail_url,
        }

    def start(self, *, lease: float) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "corneum", "work", "--lease", str(lease)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.alive.append(worker)
        return worker

    def kill(self, worker: "subprocess.Popen[bytes]") -> None:
        worker.kill()
        worker.wait()
        self.alive.remove(worker)

    def stop(self) -> list[int]:
        """Ask each to finish what it is doing, and answer with how they ended."""
        for worker in self.alive:
            worker.send_signal(signal.SIGTERM)
        ended = [worker.wait(PATIENCE) for worker in self.alive]
        self.alive.clear()
        return ended

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""
