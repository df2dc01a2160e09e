"""Making and revoking feeds; connecting foreign calendars, and keeping when they are busy."""

from collections.abc import Sequence
from datetime import datetime

from corneum.clinic.calendars.due import queue_fetch
from corneum.clinic.calendars.fetching import whole_address
from corneum.clinic.calendars.models import Feed, Fetch, ForeignCalendar
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Owner
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import action, record

MOST_CALENDARS = 10
MORE_THAN_BUSY = Right.SEE_PATIENTS  # to show what a time is for is to show something about a patient


class NotYours(ClinicError):
    """You may not show so much of this clinic's diary."""


class NotYourLink(ClinicError):
    """Only whoever made this link, or sets the clinic up, may change it."""


class NotYourCalendar(ClinicError):
    """Only whose calendar it is, or who sets the clinic up, may do this."""


class Revoked(ClinicError):
    """This link has been revoked already. Make a new one."""


class TooManyCalendars(ClinicError):
    """There are ten calendars connected already. Disconnect one first."""


class Disconnected(ClinicError):
    """This calendar is no longer connected."""


@action
def make_feed(
    *, clinic: Clinic, of: Practitioner | Room | Device | Clinic, shows: str, user: User, by: Actor, at: datetime,
    press: str = "",
) -> Feed:  # fmt: skip
    """
    Make a link by which a calendar program may follow a part of the diary.

    :param of: whose time it shows; the clinic itself for all of it
    :raises NotYours: it is to show more than this person may
    """
    _insist_that_may_show(shows, user, clinic)
    owners: dict[str, Practitioner | Room | Device] = {}
    if not isinstance(of, Clinic):
        owners[of._meta.model_name or ""] = of
    feed = Feed.objects.create(
        clinic=clinic,
        what=next(iter(owners), Feed.What.CLINIC),
        shows=shows,
        created_at=at,
        created_by=user,
        changed_at=at,
        **owners,
    )
    record(
        "calendars.make_feed", entity=feed, by=by, at=at, clinic=clinic, press=press,
        what=feed.what, whose=feed.whose, shows=shows,
    )  # fmt: skip
    return feed


@action
def choose_what_feed_shows(*, feed: Feed, shows: str, user: User, by: Actor, at: datetime) -> Feed:
    """
    Choose what a link shows of each visit.

    :raises NotYourLink: somebody else made it
    :raises NotYours: it is more than this person may show
    :raises Revoked: the link is no longer one
    """
    _insist_that_may_change(feed, user)
    _insist_that_may_show(shows, user, feed.clinic)
    feed = _locked_feed(feed)
    before, feed.shows, feed.changed_at = feed.shows, shows, at
    feed.save(update_fields=["shows", "changed_at"])
    record("calendars.choose_what_feed_shows", entity=feed, by=by, at=at, clinic=feed.clinic, shows=shows, was=before)
    return feed


@action
def revoke_feed(*, feed: Feed, user: User, by: Actor, at: datetime) -> Feed:
    """
    End a link for good: whoever has it finds nothing from now on.

    :raises NotYourLink: somebody else made it
    :raises Revoked: it is no longer one
    """
    _insist_that_may_change(feed, user)
    feed = _locked_feed(feed)
    feed.revoked_at, feed.revoked_by = at, user
    feed.save(update_fields=["revoked_at", "revoked_by"])
    record("calendars.revoke_feed", entity=feed, by=by, at=at, clinic=feed.clinic)
    return feed


@action
def connect_calendar(
    *, clinic: Clinic, practitioner: Practitioner, url: str, name: str, user: User, by: Actor, at: datetime,
    press: str = "",
) -> ForeignCalendar:  # fmt: skip
    """
    Connect a calendar that a practitioner keeps elsewhere; it is fetched at once, and then again and again.

    :param url: its secret address, as it was pasted
    :raises NotYourCalendar: it is somebody else's
    :raises NotAnAddress: it is no address of a calendar
    :raises TooManyCalendars: ten are connected already
    """
    _insist_that_may_connect(practitioner, clinic, user)
    address = whole_address(url)
    practitioner = Practitioner.objects.select_for_update().get(pk=practitioner.pk)
    if practitioner.foreign_calendars.count() >= MOST_CALENDARS:
        raise TooManyCalendars
    calendar = ForeignCalendar.objects.create(
        clinic=clinic, practitioner=practitioner, url=address, name=name, created_at=at, created_by=user
    )
    queue_fetch(Fetch.objects.create(calendar=calendar, next_at=at), at)
    record(
        "calendars.connect_calendar", entity=calendar, by=by, at=at, clinic=clinic, press=press,
        practitioner=practitioner.ref, host=calendar.host,
    )  # fmt: skip
    return calendar


@action
def disconnect_calendar(*, calendar: ForeignCalendar, user: User, by: Actor, at: datetime) -> None:
    """
    Forget a foreign calendar and its address; the time in which it was busy is free again.

    :raises NotYourCalendar: it is somebody else's
    :raises Disconnected: that has been done already
    """
    _insist_that_may_connect(calendar.practitioner, calendar.clinic, user)
    calendar = _locked_calendar(calendar)
    diary.lift_blocks(series=calendar.ref, by=by, at=at)
    calendar.delete()
    record("calendars.disconnect_calendar", entity=calendar, by=by, at=at, clinic=calendar.clinic)


@action
def fetch_again(*, calendar: ForeignCalendar, user: User, by: Actor, at: datetime) -> None:
    """
    Ask for a calendar to be fetched now, and read anew whether it has changed or not.

    :raises NotYourCalendar: it is somebody else's
    :raises Disconnected: it is no longer connected
    """
    _insist_that_may_connect(calendar.practitioner, calendar.clinic, user)
    calendar = _locked_calendar(calendar)
    fetch = calendar.fetch
    fetch.next_at, fetch.read_on = at, None
    fetch.save(update_fields=["next_at", "read_on"])
    queue_fetch(fetch, at)
    record("calendars.fetch_again", entity=calendar, by=by, at=at, clinic=calendar.clinic)


@action
def keep_busy_times(
    *, calendar: ForeignCalendar, spans: Sequence[Interval], unread: int, digest: str, by: Actor, at: datetime
) -> None:
    """
    Make exactly these minutes busy in the practitioner's diary, on account of this calendar.

    :param digest: of these minutes, so that the same are not kept twice

    :raises Disconnected: it was disconnected while it was fetched, and nothing of it may stay
    """
    calendar = _locked_calendar(calendar)
    diary.set_blocks(
        owner=Owner("practitioner", calendar.practitioner_id),
        kind="other-calendar",
        series=calendar.ref,
        spans=spans,
        by=by,
        at=at,
    )
    Fetch.objects.filter(calendar=calendar).update(unread=unread, busy_digest=digest)
    record(
        "calendars.keep_busy_times",
        entity=calendar,
        by=by,
        at=at,
        clinic=calendar.clinic,
        times=len(spans),
        unread=unread,
    )


def _insist_that_may_show(shows: str, user: User, clinic: Clinic) -> None:
    if not may(user, Right.SEE_DIARY if shows == Feed.Shows.BUSY else MORE_THAN_BUSY, clinic):
        raise NotYours


def _insist_that_may_change(feed: Feed, user: User) -> None:
    if feed.created_by_id != user.pk and not may(user, Right.CHANGE_CLINIC, feed.clinic):
        raise NotYourLink


def _insist_that_may_connect(practitioner: Practitioner, clinic: Clinic, user: User) -> None:
    if practitioner.user_id != user.pk and not may(user, Right.CHANGE_CLINIC, clinic):
        raise NotYourCalendar


def _locked_feed(feed: Feed) -> Feed:
    locked = Feed.objects.select_for_update().filter(pk=feed.pk, revoked_at=None).first()
    if locked is None:
        raise Revoked
    return locked


def _locked_calendar(calendar: ForeignCalendar) -> ForeignCalendar:
    locked = ForeignCalendar.objects.select_for_update().filter(pk=calendar.pk).first()
    if locked is None:
        raise Disconnected
    return locked
