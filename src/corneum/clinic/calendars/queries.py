"""Feeds and what stands in them; foreign calendars, from what somebody may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from corneum.clinic.calendars.models import Feed, ForeignCalendar
from corneum.clinic.calendars.writing import Entry
from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import queries as premises
from corneum.clinic.premises.models import Device, Room
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window, instant_of, local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may, within
from corneum.platform.audit.models import AuditEvent

DAYS_BACK, DAYS_AHEAD = 30, 180
Shows, What = Feed.Shows, Feed.What
Owned = Practitioner | Room | Device | Clinic
_TIMES = ("ref", "sequence", "starts", "ends", "status", "changed_at")
_WHAT = (*_TIMES, "practitioner__name", "treatment__name", "treatment__short_name")
# What is read for each kind of feed: what it does not show, it does not know.
FACTS = {Shows.BUSY: _TIMES, Shows.TREATMENT: _WHAT, Shows.NAMES: (*_WHAT, "patient__name")}


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What a feed says now. `changed_at` is when that last changed, where that can be said."""

    name: str
    zone: str
    entries: list[Entry]
    changed_at: datetime | None


def feed_at(clinic: Clinic, code: str) -> Feed:
    """
    Find the feed that a secret link names, as long as whoever made it may see as much themselves.

    :raises NotFound: there is none, it was revoked, or its maker may no longer see that
    """
    feed = (
        Feed.objects.filter(clinic=clinic, code=code, revoked_at=None)
        .select_related("clinic", "practitioner", "room", "device", "created_by")
        .first()
    )
    if feed is None or not may(feed.created_by, Right.SEE_DIARY, clinic):
        raise NotFound
    if feed.shows != Shows.BUSY and not may(feed.created_by, Right.SEE_PATIENTS, clinic):
        raise NotFound
    return feed


def content_of(feed: Feed, *, at: datetime) -> FeedContent:
    """Read what a feed says: its appointments from a month ago to half a year ahead, cancelled ones left out."""
    zone = feed.clinic.zone
    today = local(minute_of(at), zone).date()
    window = day_window(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD), zone)
    name = feed.whose if feed.what == What.CLINIC else f"{feed.whose}, {feed.clinic.name}"
    found = _appointments_of(feed, window)
    rooms = {} if feed.shows == Shows.BUSY else _rooms_of(found)
    entries = [_entry(feed, rooms, facts) for facts in found.values_list(*FACTS[Shows(feed.shows)])]
    return FeedContent(name, zone, entries, _changed_at(feed, window, at=at))


def feeds_of(user: User, clinic: Clinic) -> QuerySet[Feed]:
    """Find the links of a clinic that are somebody's own; for whoever sets the clinic up, everybody's."""
    live = Feed.objects.filter(clinic=clinic, revoked_at=None)
    seen = live.filter(Q(created_by=user) & within(user, Right.SEE_DIARY) | within(user, Right.CHANGE_CLINIC))
    return seen.select_related("clinic", "practitioner", "room", "device", "created_by").order_by("-created_at", "-pk")


def feed_for(user: User, clinic: Clinic, ref: str) -> Feed:
    """
    Find one link of a clinic whose diary somebody may see; the actions say who may change it.

    :raises NotFound: there is none
    """
    feed = Feed.objects.filter(within(user, Right.SEE_DIARY), clinic=clinic, ref=ref).select_related("clinic").first()
    if feed is None:
        raise NotFound
    return feed


def shareable(clinic: Clinic) -> list[tuple[str, str, Owned]]:
    """List what of a clinic there can be a feed of: a key for a form, what it is called, and what it is."""
    people = Practitioner.objects.filter(is_active=True, working_hours__clinic=clinic).distinct()
    owned: list[tuple[str, Owned]] = [(What.CLINIC, clinic)]
    owned += [(What.PRACTITIONER, one) for one in people]
    owned += [(What.ROOM, one) for one in premises.rooms_of(clinic)]
    owned += [(What.DEVICE, one) for one in premises.devices_of(clinic)]
    return [(f"{what}:{one.ref}", str(one), one) for what, one in owned]


def connectable(user: User, clinic: Clinic) -> list[Practitioner]:
    """List whose foreign calendars somebody may connect: their own, and those of all if they set the clinic up."""
    people = Practitioner.objects.filter(is_active=True, working_hours__clinic=clinic).distinct()
    return list(people if may(user, Right.CHANGE_CLINIC, clinic) else people.filter(user=user))


def foreign_calendars_of(user: User, clinic: Clinic) -> QuerySet[ForeignCalendar]:
    """Find the foreign calendars that somebody may see: their own, and those of a clinic that they set up."""
    seen = Q(practitioner__user=user) | within(user, Right.CHANGE_CLINIC)
    return ForeignCalendar.objects.filter(seen, clinic=clinic).select_related("practitioner", "clinic", "fetch")


def foreign_calendar_for(user: User, clinic: Clinic, ref: str) -> ForeignCalendar:
    """
    Find one foreign calendar of a clinic whose diary somebody may see; the actions say who may change it.

    :raises NotFound: there is none
    """
    found = ForeignCalendar.objects.filter(within(user, Right.SEE_DIARY), clinic=clinic, ref=ref)
    calendar = found.select_related("clinic", "practitioner").first()
    if calendar is None:
        raise NotFound
    return calendar


def _appointments_of(feed: Feed, window: Interval) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(clinic=feed.clinic, starts__lt=window.ends, ends__gt=window.starts)
    found = found.exclude(status=Appointment.Status.CANCELLED)
    if feed.what == What.PRACTITIONER:
        found = found.filter(practitioner=feed.practitioner)
    elif feed.what == What.ROOM:
        found = found.filter(slots__is_live=True, slots__schedule__room=feed.room).distinct()
    elif feed.what == What.DEVICE:
        found = found.filter(slots__is_live=True, slots__schedule__device=feed.device).distinct()
    last = _events().filter(entity_ref=OuterRef("ref")).order_by("-at").values("at")[:1]
    return found.annotate(changed_at=Coalesce(Subquery(last), "booked_at")).order_by("starts", "pk")


def _entry(feed: Feed, rooms: dict[str, list[str]], facts: tuple[Any, ...]) -> Entry:
    ref, sequence, starts, ends, status, changed_at, *names = facts
    return Entry(
        ref=ref,
        sequence=sequence,
        starts=starts,
        ends=ends,
        is_request=status == Appointment.Status.PENDING,
        changed_at=changed_at,
        summary=_summary(feed, *names) if names else "Busy",
        where=", ".join(rooms.get(ref, ())),
    )


def _summary(feed: Feed, practitioner: str, treatment: str, short: str, patient: str = "") -> str:
    what = f"{short or treatment}: {patient}" if patient else short or treatment
    return what if feed.what == What.PRACTITIONER else f"{what} ({practitioner})"


def _rooms_of(appointments: QuerySet[Appointment]) -> dict[str, list[str]]:
    slots = Slot.objects.filter(appointment__in=appointments.values("pk"), is_live=True, schedule__room__isnull=False)
    rooms: dict[str, list[str]] = {}
    for ref, room in slots.order_by("pk").values_list("appointment__ref", "schedule__room__name"):
        rooms.setdefault(ref, []).append(room)
    return rooms


def _changed_at(feed: Feed, window: Interval, *, at: datetime) -> datetime | None:
    """
    Say when a feed that shows only busy time last changed; of others a name may change that no event tells of.

    All of the clinic's appointments count, later and cancelled ones too: one that moved out of this feed changed it.
    """
    if feed.shows != Shows.BUSY:
        return None
    refs = Appointment.objects.filter(clinic=feed.clinic, ends__gt=window.starts).values("ref")
    latest = _events().filter(entity_ref__in=refs).aggregate(latest=Max("at"))["latest"]
    today = local(minute_of(at), feed.clinic.zone).date()
    midnight = instant_of(day_window(today, today, feed.clinic.zone).starts)  # from when the window is where it is
    return max(moment for moment in (latest, feed.changed_at, midnight) if moment)


def _events() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(entity_kind=Appointment._meta.label_lower)
