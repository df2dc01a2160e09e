"""`corneum check`: what is wrong with this installation, in sentences."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from corneum.config.installation import findings


class Command(BaseCommand):
    """Say what is wrong with this installation and what to do about it."""

    help = __doc__ or ""
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print each finding; exit with 1 if one of them keeps the clinic from working."""
        found = findings()
        for finding in found:
            self.stdout.write(f"{'✗' if finding.blocks else '·'} {finding.sentence}")
        if not found:
            self.stdout.write(
                "Nothing is wrong: database, migrations, triggers, mail, static files, clock, key and permissions."
            )
        sys.exit(any(finding.blocks for finding in found))
