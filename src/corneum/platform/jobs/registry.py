"""What can be done later, and what is done by the clock: found in each area's `jobs.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.utils.module_loading import autodiscover_modules

Payload = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Any])

TRIES = 20  # with the pauses of worker.py: about a day and a half


class NotYet(Exception):
    """
    The work cannot be done now, through no fault of its own; it is to be tried again later.

    Raised by a handler. It never counts towards giving up: the handler itself knows when to stop.
    """

    def __init__(self, reason: str, until: datetime) -> None:
        """Take a sentence without names or addresses, and the moment to try again."""
        super().__init__(reason)
        self.reason, self.until = reason, until


@dataclass(frozen=True, slots=True)
class Handler:
    """What does one kind of job."""

    kind: str
    function: Callable[[Payload, datetime], object]
    commits_itself: bool  # talks to the world outside, so it cannot be one transaction with "done"
    given_up: Callable[[Payload, datetime], object] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable: `first` and `following` say when, told the time now."""

    name: str
    first: Callable[[datetime], datetime]
    following: Callable[[datetime], datetime]


HANDLERS: dict[str, Handler] = {}
TIMETABLE: dict[str, Entry] = {}


def discover() -> None:
    """Import every installed area's `jobs.py`, as Django finds its own plug-ins."""
    autodiscover_modules("jobs")


def handler(
    kind: str,
    *,
    commits_itself: bool = False,
    given_up: Callable[[Payload, datetime], object] | None = None,
) -> Callable[[F], F]:
    """
    Let a function do the jobs of a kind.

    Unless it commits by itself, the function and the note that it is done are one transaction:
    whatever is killed when, its rows are written exactly once.

    :param kind: area.what, such as messages.send
    :param commits_itself: for work that leaves the building; it must bear being begun twice
    :param given_up: called with the payload when the job is given up for good
    """

    def register(function: F) -> F:
        _add(Handler(kind, function, commits_itself, given_up))
        return function

    return register


def every(*, minutes: float) -> Callable[[F], F]:
    """Run a function, told the time, this often; at once when a worker first sees it."""
    pause = timedelta(minutes=minutes)
    return _by_the_clock(first=lambda at: at, following=lambda at: at + pause)


def daily(*, at: str, zone: str) -> Callable[[F], F]:
    """
    Run a function, told the time, once a day.

    :param at: wall time such as 03:30, right on the days when the clocks change too
    """
    wall = time.fromisoformat(at)
    where = ZoneInfo(zone)

    def following(now: datetime) -> datetime:
        day = now.astimezone(where).date()
        today = datetime.combine(day, wall, where)
        if today.timestamp() > now.timestamp():
            return today
        return datetime.combine(day + timedelta(days=1), wall, where)

    return _by_the_clock(first=following, following=following)


def turn_kind(name: str) -> str:
    """Name the kind of job that a line of the timetable becomes."""
    return f"turn:{name}"


def _by_the_clock(
    *, first: Callable[[datetime], datetime], following: Callable[[datetime], datetime]
) -> Callable[[F], F]:
    def register(function: F) -> F:
        area = function.__module__.split(".")[-2]  # corneum.clinic.diary.jobs → diary
        name = f"{area}.{function.__name__}"
        _add(Handler(turn_kind(name), lambda _payload, at: function(at), commits_itself=False, given_up=None))
        TIMETABLE[name] = Entry(name, first, following)
        return function

    return register


def _add(new: Handler) -> None:
    if new.kind in HANDLERS:
        raise RuntimeError(f"Two functions want to do {new.kind}.")
    HANDLERS[new.kind] = new
