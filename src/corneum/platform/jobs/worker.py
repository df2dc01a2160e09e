"""The worker: takes what is due, does it, and says so; whoever dies when, somebody does it once."""

import logging
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import Error as DatabaseFault
from django.db import close_old_connections, connection, transaction
from django.db.models import Q, QuerySet

from corneum.db.ref import new_ref
from corneum.platform.jobs.models import Job, Turn
from corneum.platform.jobs.pauses import any_chance, pause_after
from corneum.platform.jobs.queries import GOOD_FOR, HEARTBEAT
from corneum.platform.jobs.registry import HANDLERS, TRIES, Handler, NotYet, discover
from corneum.platform.jobs.timetable import take_due_turns

log = logging.getLogger("corneum.jobs")

LEASE = timedelta(minutes=3)  # longer than the slowest mail server may take
BEAT = timedelta(seconds=20)
A_DAY = timedelta(days=1)


class LeaseLost(Exception):
    """Another worker has taken this job, because its lease ran out."""


class Worker:
    """
    Do what is due, one piece at a time, until told to stop.

    Several may run side by side, on one machine or many. A worker holds at most one job, so
    stopping it between two leaves nothing to hand back.
    """

    def __init__(self, *, clock: Callable[[], datetime], lease: timedelta = LEASE, poll: float = 1.0) -> None:
        """Take the clock, for how long a job is claimed, and how many seconds to sleep when idle."""
        self.clock, self.lease, self.poll = clock, lease, poll
        self.stopping = False
        self._last_beat: datetime | None = None

    def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        discover()
        while not self.stopping:
            try:
                _drop_a_broken_connection()
                found_work = self.step()
            except DatabaseFault as fault:
                log.warning("the database does not answer (%s); trying again", _where(fault))
                connection.close()
                found_work = False
            if not found_work and not self.stopping:
                time.sleep(self.poll)

    def run_until_idle(self) -> int:
        """Work until nothing is due, and answer with how many jobs were tried."""
        discover()
        tried = 0
        while not self.stopping and self.step():
            tried += 1
        return tried

    def stop(self) -> None:
        """Finish the job in hand and take no other."""
        self.stopping = True

    def step(self) -> bool:
        """Take the turns that are due, then do one job; answer whether there was one."""
        at = self.clock()
        self._beat(at)
        take_due_turns(at)
        job = claim(at, self.lease)
        if job is None:
            return False
        self._do(job)
        return True

    def _beat(self, at: datetime) -> None:
        """Leave a sign of life, at most three times a minute."""
        if self._last_beat is None or abs(at - self._last_beat) >= BEAT:
            Turn.objects.update_or_create(name=HEARTBEAT, defaults={"next_at": at + GOOD_FOR})
            self._last_beat = at

    def _do(self, job: Job) -> None:
        """Run the job's handler and write down what came of it."""
        handler = HANDLERS.get(job.kind)
        if job.attempts > TRIES:  # it ended the worker itself each time, and so never came to _failed
            _give_up(job, handler, "It stopped the worker each time it was tried.", self.clock())
            return
        try:
            _perform(job, handler, self.clock)
        except NotYet as later:
            # It was tried and is no poison: the count begins anew.
            _put_back(job, due_at=later.until, reason=later.reason, attempts=0)
        except LeaseLost:
            log.warning("job %s took longer than its lease; another worker has it", job.key)
        except Exception as error:  # noqa: BLE001 -- whatever a job does, the worker goes on
            _drop_a_broken_connection()  # writing down what happened needs a sound one
            _failed(job, handler, error, self.clock())


def claim(at: datetime, lease: timedelta) -> Job | None:
    """
    Claim the job that has been due longest, if there is one that nobody holds.

    On PostgreSQL workers step over each other's rows; on SQLite they take turns at BEGIN. A lease
    that ends more than a day from now was written by a clock that ran ahead, and binds nobody.
    """
    free = Q(lease_until=None) | Q(lease_until__lte=at) | Q(lease_until__gt=at + A_DAY)
    due = Job.objects.filter(free, state=Job.State.WAITING, due_at__lte=at).order_by("due_at", "id")
    if not due.exists():  # looking takes no lock
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is not None:
            job.lease, job.lease_until, job.attempts = new_ref(), at + lease, job.attempts + 1
            job.save(update_fields=["lease", "lease_until", "attempts"])
    return job


def _perform(job: Job, handler: Handler | None, clock: Callable[[], datetime]) -> None:
    if handler is None:  # queued by a newer version, or by one that has gone
        raise LookupError(f"nothing does {job.kind}")
    if handler.commits_itself:
        handler.function(job.payload, clock())
        _finish(job, clock())
        return
    with transaction.atomic(durable=True):
        handler.function(job.payload, clock())
        _finish(job, clock())  # raises if another worker has it, and takes the handler's rows back


def _finish(job: Job, at: datetime) -> None:
    if not _held(job).update(state=Job.State.DONE, done_at=at, lease="", lease_until=None, last_error=""):
        raise LeaseLost


def _put_back(job: Job, *, due_at: datetime, reason: str, attempts: int) -> None:
    _held(job).update(due_at=due_at, attempts=attempts, lease="", lease_until=None, last_error=reason[:300])


def _failed(job: Job, handler: Handler | None, error: Exception, at: datetime) -> None:
    reason = _where(error)
    if job.attempts >= TRIES:
        _give_up(job, handler, reason, at)
        return
    pause = pause_after(job.attempts, any_chance())
    log.warning("job %s failed (%s); trying again in %d s", job.key, reason, pause.total_seconds())
    _put_back(job, due_at=at + pause, reason=reason, attempts=job.attempts)


def _give_up(job: Job, handler: Handler | None, reason: str, at: datetime) -> None:
    log.error("job %s is given up after %d attempts (%s)", job.key, job.attempts, reason)
    try:
        with transaction.atomic():
            if _bury(job, reason, at) and handler is not None and handler.given_up is not None:
                handler.given_up(job.payload, at)
    except Exception as error:  # noqa: BLE001 -- the job is dead, whether or not its area could be told
        log.error("job %s: its area could not be told (%s)", job.key, _where(error))  # noqa: TRY400 -- refs only
        _bury(job, reason, at)


def _bury(job: Job, reason: str, at: datetime) -> int:
    return _held(job).update(state=Job.State.DEAD, done_at=at, lease="", lease_until=None, last_error=reason[:300])


def _held(job: Job) -> QuerySet[Job]:
    """Find the row, if this worker still holds it: the fence of every word about a job."""
    return Job.objects.filter(pk=job.pk, state=Job.State.WAITING, lease=job.lease)


def _drop_a_broken_connection() -> None:
    if not connection.in_atomic_block:  # as it always is, but for tests
        close_old_connections()


def _where(error: BaseException) -> str:
    """Name the kind of error and the lines it passed: its own words may hold a name or an address."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return f"{type(error).__name__} at " + " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
