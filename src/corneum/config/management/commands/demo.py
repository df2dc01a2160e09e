"""`corneum demo`: a made-up clinic with a full diary, in the browser."""

import shutil
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from corneum.config.demo import loader
from corneum.config.supervisor import Supervisor

KEYS = frozenset({"secret-key", "sealing-key"})  # made by the settings, before anything is looked at
MARK = "this-is-a-demonstration"
SIGN_IN = "Staff sign in at {address}/desk/ with one press. E-mails are readable at {address}/desk/messages/."


class Command(BaseCommand):
    """Load the demonstration clinic, relative to today, and serve it until stopped."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a port, and whether to begin anew."""
        parser.add_argument("--port", type=int, default=8000, help="port on this machine (8000)")
        parser.add_argument("--fresh", action="store_true", help="throw the last demonstration away")
        parser.add_argument("--load-only", action="store_true", help="make the data, and do not serve it")
        parser.add_argument("--no-browser", action="store_true", help="do not open a browser")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, then run pages and worker."""
        if not settings.DEMO:
            raise CommandError("The demonstration is started with `corneum demo`, apart from a real clinic.")
        if not options["load_only"] and not _is_free(options["port"]):
            raise CommandError(f"Port {options['port']} is in use. Choose another: corneum demo --port 8001")
        self._load(fresh=options["fresh"])
        if options["load_only"]:
            return
        address = settings.SITE_URL
        threading.Thread(target=self._greet, args=(address, not options["no_browser"]), daemon=True).start()
        web = ["web", "--bind", f"127.0.0.1:{options['port']}"]
        sys.exit(Supervisor(web, ["work"]).run())

    def _load(self, *, fresh: bool) -> None:
        """Make the data anew when it is of another day, of another version, or unfinished."""
        home, at = Path(settings.HOME), datetime.now(UTC)
        stamp = home / "loaded"
        wanted = f"{at.astimezone(ZoneInfo('Europe/London')):%Y-%m-%d} {loader.version()}"
        if fresh or not stamp.exists() or stamp.read_text() != wanted:
            _empty(home)
            self.stdout.write("Making eight weeks of a clinic …")
            self.stdout.flush()
            started = time.monotonic()
            call_command("migrate", verbosity=0)
            loader.load(at=at)
            stamp.write_text(wanted)
            self.stdout.write(f"Made in {time.monotonic() - started:.0f} seconds.")
        call_command("collectstatic", interactive=False, verbosity=0)

    def _greet(self, address: str, open_browser: bool) -> None:
        """Say where it is once it answers."""
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 -- our own address
                    break
            except OSError:
                time.sleep(0.1)
        print(
            f"\nAlder Skin Clinic is open: {address}\n{SIGN_IN.format(address=address)}\nCtrl+C closes it.", flush=True
        )
        if open_browser and sys.stdout.isatty():
            webbrowser.open(address)


def _empty(home: Path) -> None:
    """Remove what an earlier demonstration made, and nothing else: only a home that carries our mark is emptied."""
    mark = home / MARK
    strangers = [path.name for path in home.iterdir() if path.name not in KEYS] if home.exists() else []
    if strangers and not mark.exists():
        raise CommandError(f"{home} holds something that no demonstration made ({strangers[0]}). Nothing was touched.")
    home.mkdir(parents=True, exist_ok=True)
    mark.write_text("Made by `corneum demo`, which empties this folder when it makes the demonstration anew.\n")
    for path in home.iterdir():
        if path.name in {MARK, *KEYS}:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
