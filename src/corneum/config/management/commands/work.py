"""`corneum work`: do what was queued, send messages, keep the timetable."""

import logging
import signal
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from corneum.platform.jobs.worker import LEASE, Worker

log = logging.getLogger("corneum.jobs")


class Command(BaseCommand):
    """Work until told to stop. Several workers may run side by side, on one machine or many."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whether to stop when nothing is due, and for how long a job is claimed."""
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE.total_seconds(),
            metavar="SECONDS",
            help="how long after a worker died its job is taken over (%(default)d)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run one worker in this process; SIGTERM and SIGINT let it finish the job in hand."""
        worker = Worker(clock=lambda: datetime.now(UTC), lease=timedelta(seconds=options["lease"]))
        if options["once"]:
            worker.run_until_idle()
            return

        def stop(_signal: int, _frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        log.info("the worker has started")
        worker.run()
        log.info("the worker has stopped")
