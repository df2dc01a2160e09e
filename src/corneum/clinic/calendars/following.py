"""
Following a foreign calendar: fetch it, read it apart, keep what is busy; or note what was the matter.

A calendar that cannot be fetched or read keeps the busy time that it last had. What changed in the diary is in the
trail; that nothing changed is only noted beside the calendar.
"""

import json
import re
import subprocess
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max

from corneum.clinic.calendars import actions
from corneum.clinic.calendars.fetching import CalendarFault, fetch
from corneum.clinic.calendars.models import Fetch, ForeignCalendar
from corneum.clinic.calendars.reading import NotACalendar, Reading, TooMuch
from corneum.clinic.calendars.writing import our_uids
from corneum.clinic.treatments.models import Offer
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window
from corneum.platform.accounts.actors import Actor

LONGEST_PAUSE = timedelta(hours=6)
SECONDS_TO_READ = 30
USUAL_HORIZON = 60  # days ahead, where nothing is offered yet
FURTHEST = 400
STAMP = re.compile(rb"^DTSTAMP[^\r\n]*", re.MULTILINE)  # some servers write now into every entry at every fetch
PART = Actor.system("calendars")


class Unreadable(ClinicError):
    """The calendar could not be read in the time that Corneum gives to one."""


def follow(ref: str, *, at: datetime) -> None:
    """Fetch a calendar and keep what is busy in it; one that was disconnected meanwhile is let be."""
    calendar = ForeignCalendar.objects.select_related("clinic", "fetch").filter(ref=ref).first()
    if calendar is None:
        return
    try:
        _fetch_and_keep(calendar, at)
    except actions.Disconnected:
        return
    except (CalendarFault, NotACalendar, TooMuch, Unreadable) as fault:
        note_failure(calendar, str(fault), at=at)


def note_failure(calendar: ForeignCalendar, sentence: str, *, at: datetime) -> None:
    """This will note that a calendar could not be had, and ask for it again later, the longer the oftener it fails."""
    state = calendar.fetch
    failures = state.failures + 1
    pause = min(LONGEST_PAUSE, timedelta(minutes=calendar.fetch_every) * 2 ** min(failures - 1, 10))
    Fetch.objects.filter(pk=state.pk).update(failures=failures, last_error=sentence[:200], next_at=at + pause)


def give_up(ref: str, *, at: datetime) -> None:
    """This will note that our own fault has kept a calendar from being followed."""
    calendar = ForeignCalendar.objects.select_related("fetch").filter(ref=ref).first()
    if calendar is not None:
        note_failure(calendar, "Something on our side is wrong. Tell whoever looks after Corneum.", at=at)


def _fetch_and_keep(calendar: ForeignCalendar, at: datetime) -> None:
    state, today = calendar.fetch, at.astimezone(ZoneInfo(calendar.clinic.zone)).date()
    is_of_today = state.read_on == today  # every day reaches a day further, whether the file has changed or not
    fetched = fetch(
        calendar.url,
        etag=state.etag if is_of_today else "",
        last_modified=state.last_modified if is_of_today else "",
        private=settings.CALENDARS_PRIVATE,
    )
    if fetched is None:
        _note_success(calendar, at)
        return
    body_digest = sha256(STAMP.sub(b"", fetched.body)).hexdigest()
    if is_of_today and body_digest == state.body_digest:
        _note_success(calendar, at, etag=fetched.etag, last_modified=fetched.last_modified)
        return
    horizon = Offer.objects.aggregate(furthest=Max("horizon_days"))["furthest"] or USUAL_HORIZON
    last = today + timedelta(days=min(horizon, FURTHEST) + 1)
    reading = read_apart(fetched.body, window=day_window(today, last, calendar.clinic.zone), zone=calendar.clinic.zone)
    busy_digest = sha256(json.dumps(reading).encode()).hexdigest()
    if busy_digest != state.busy_digest:
        actions.keep_busy_times(
            calendar=calendar, spans=reading.spans, unread=reading.unread, digest=busy_digest, by=PART, at=at
        )
    _note_success(
        calendar,
        at,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        read_on=today,
        body_digest=body_digest,
    )


def _note_success(calendar: ForeignCalendar, at: datetime, **marks: object) -> None:
    next_at = at + timedelta(minutes=calendar.fetch_every)
    Fetch.objects.filter(calendar=calendar).update(next_at=next_at, last_ok_at=at, failures=0, last_error="", **marks)


def read_apart(file: bytes, *, window: Interval, zone: str) -> Reading:
    """
    Read a stranger's file in a process of its own, which knows no secret of ours and has so many seconds.

    :raises NotACalendar: it is none
    :raises TooMuch: there is more in it than can be kept
    :raises Unreadable: it took too long, or brought its reader down
    """
    arguments = [zone, str(window.starts), str(window.ends), our_uids()]
    try:
        reader = subprocess.run(  # noqa: S603 -- our own program; the file goes to its standard input
            [sys.executable, "-m", "corneum.clinic.calendars.reading", *arguments],
            input=file,
            capture_output=True,
            timeout=SECONDS_TO_READ,
            env={"PYTHONPATH": str(settings.SOURCE.parent)},
            check=True,
        )
        answer = json.loads(reader.stdout)
    except (subprocess.SubprocessError, ValueError) as broken:
        raise Unreadable from broken
    if refused := answer.get("refused"):
        raise {"NotACalendar": NotACalendar, "TooMuch": TooMuch}[refused]
    return Reading([Interval(*span) for span in answer["spans"]], answer["unread"])
