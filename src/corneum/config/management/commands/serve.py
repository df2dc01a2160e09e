"""`corneum serve`: the pages and the worker together."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from corneum.config.installation import findings
from corneum.config.supervisor import Supervisor


class Command(BaseCommand):
    """Serve the pages and run the worker until stopped; refuse to start an installation that is broken."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where to listen."""
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port (127.0.0.1:8000)")
        parser.add_argument("--workers", type=int, default=2, help="web processes (2)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, gather the static files, and run."""
        call_command("collectstatic", interactive=False, verbosity=0)
        blockers = [finding for finding in findings() if finding.blocks]
        for finding in blockers:
            self.stderr.write(finding.sentence)
        if blockers:
            sys.exit(1)
        self.stdout.write(f"Serving on {options['bind']}; Ctrl+C stops it.")
        self.stdout.flush()
        web = ["web", "--bind", options["bind"], "--workers", str(options["workers"])]
        sys.exit(Supervisor(web, ["work"]).run())
