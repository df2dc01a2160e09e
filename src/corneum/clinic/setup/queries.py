"""Reading how a clinic is set up: its people and their next weeks, its rooms and devices, and its blocked time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from corneum.clinic.diary.models import Block, Owner, Schedule
from corneum.clinic.diary.queries.blocked import kind_for
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner, RotaDay, WorkingHours
from corneum.clinic.premises import queries as premises
from corneum.clinic.premises.models import Closure, Device, Room, SpecialHours
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rota import Reading, days_from
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may

M = TypeVar("M", bound=Model)
WEEKS_SHOWN = 4
HOLIDAYS_SHOWN = 8
A_YEAR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class RotaDate:
    """What somebody's rota comes to on one day: their hours, and why they may be other than usual."""

    day: date
    hours: Sequence[Interval]
    is_exception: bool
    is_closed: bool  # the clinic is, so that nobody can be booked whatever the rota says


@dataclass(frozen=True, slots=True)
class Blocked:
    """Times that were blocked in one go: of whom and what, of what kind, and when."""

    series: str
    kind: str
    note: str
    whose: Sequence[str]
    spans: Sequence[Interval]


def people_of(clinic: Clinic) -> QuerySet[Practitioner]:
    """Find who works at a clinic or has done so, and who works nowhere yet; also those who are switched off."""
    hours, days = WorkingHours.objects.all(), RotaDay.objects.all()
    here, anywhere = (
        [Exists(rows.filter(practitioner=OuterRef("pk"), **where)) for rows in (hours, days)]
        for where in ({"clinic": clinic}, {})
    )
    return Practitioner.objects.filter(here[0] | here[1] | ~(anywhere[0] | anywhere[1]))


def person_at(clinic: Clinic, ref: str) -> Practitioner:
    """
    Find somebody who works at a clinic.

    :raises NotFound: nobody there has this ref
    """
    return _only(people_of(clinic).filter(ref=ref))


def clinics_sharing(clinic: Clinic) -> QuerySet[Clinic]:
    """Find the clinics where anybody of this one works, and this one: their leave holds at all of them."""
    people = people_of(clinic)
    shared = WorkingHours.objects.filter(practitioner__in=people).values("clinic")
    by_date = RotaDay.objects.filter(practitioner__in=people).values("clinic")
    return Clinic.objects.filter(Q(pk=clinic.pk) | Q(pk__in=shared) | Q(pk__in=by_date))


def weeks_ahead(person: Practitioner, clinic: Clinic, today: date) -> list[list[RotaDate]]:
    """Work out what somebody's rota comes to in this week and the next three, Monday first."""
    monday = today - timedelta(days=today.weekday())
    days = list(days_from(monday, monday + timedelta(days=7 * WEEKS_SHOWN - 1)))
    week = practitioners.rota_of(clinic, days[0], days[-1]).get(person.pk)
    opening = premises.open_week(clinic, days[0], days[-1])
    dates = [
        RotaDate(
            day=day,
            hours=week.spans([day], clinic.zone) if week else [],
            is_exception=week is not None and day in week.exceptions,
            is_closed=not opening.spans([day], clinic.zone),
        )
        for day in days
    ]
    return [dates[start : start + 7] for start in range(0, len(dates), 7)]


def exceptions_ahead(person: Practitioner, clinic: Clinic, today: date) -> list[tuple[date, list[Reading]]]:
    """List the days to come of which something else is said than of somebody's week."""
    found: dict[date, list[Reading]] = {}
    for row in RotaDay.objects.filter(practitioner=person, clinic=clinic, on__gte=today):
        theirs = found.setdefault(row.on, [])
        if row.starts and row.ends:
            theirs.append((row.starts, row.ends))
    return sorted(found.items())


def rota_now(person: Practitioner, clinic: Clinic, today: date) -> list[list[tuple[int, Reading]]]:
    """Read the weeks that take turns in somebody's rota, the one of today first: one week, or two."""
    rows = list(practitioners.hours_on(person, clinic, today))
    turns = max((row.every_weeks for row in rows), default=1)
    monday = today - timedelta(days=today.weekday())
    weeks: list[list[tuple[int, Reading]]] = [[] for _ in range(min(turns, 2))]
    for row in rows:
        theirs = row.valid_from - timedelta(days=row.valid_from.weekday())
        for turn, week in enumerate(weeks):
            if ((monday + timedelta(weeks=turn) - theirs).days // 7) % row.every_weeks == 0:
                week.append((row.weekday, (row.starts, row.ends)))
    return weeks


def special_hours_ahead(clinic: Clinic, today: date) -> list[tuple[date, list[Reading]]]:
    """List the days to come on which the clinic has hours of their own."""
    found: dict[date, list[Reading]] = {}
    for row in SpecialHours.objects.filter(clinic=clinic, on__gte=today):
        found.setdefault(row.on, []).append((row.opens, row.closes))
    return sorted(found.items())


def closures_ahead(clinic: Clinic, today: date) -> QuerySet[Closure]:
    """Find the days to come on which the clinic is closed."""
    return Closure.objects.filter(clinic=clinic, on__gte=today)


def holidays_ahead(clinic: Clinic, today: date) -> list[tuple[date, str]]:
    """Name the next public holidays that the clinic keeps."""
    return sorted(premises.public_holidays(clinic, today, today + A_YEAR).items())[:HOLIDAYS_SHOWN]


def rooms_at(clinic: Clinic) -> QuerySet[Room]:
    """Find all rooms of a clinic, also those that are not used."""
    return Room.objects.filter(clinic=clinic)


def devices_at(clinic: Clinic) -> QuerySet[Device]:
    """Find all machines of a clinic, also those that are not used."""
    return Device.objects.filter(clinic=clinic).select_related("room")


def room_at(clinic: Clinic, ref: str) -> Room:
    """
    Find one room of a clinic.

    :raises NotFound: it has none with this ref
    """
    return _only(rooms_at(clinic).filter(ref=ref))


def device_at(clinic: Clinic, ref: str) -> Device:
    """
    Find one machine of a clinic.

    :raises NotFound: it has none with this ref
    """
    return _only(devices_at(clinic).filter(ref=ref))


def needs_of(treatment: Treatment) -> list[Need]:
    """List what a treatment needs, as it was set up."""
    return list(Need.objects.filter(treatment=treatment).order_by("pk"))


def clinics_offering(treatment: Treatment) -> QuerySet[Clinic]:
    """Find the clinics that offer a treatment."""
    return Clinic.objects.filter(Exists(Offer.objects.filter(treatment=treatment, clinic=OuterRef("pk"))))


def can_be_blocked(clinic: Clinic) -> list[tuple[str, list[tuple[str, str, list[Owner]]]]]:
    """List whose time can be blocked at a clinic, by kind: a key, a name, and all its places."""
    people = [(person, 1) for person in people_of(clinic).filter(is_active=True)]
    rooms = [(room, room.places) for room in premises.rooms_of(clinic)]
    devices = [(device, device.places) for device in premises.devices_of(clinic)]
    return [
        (
            heading,
            [
                (f"{what}:{thing.ref}", thing.name, [Owner(what, thing.pk, number) for number in range(1, places + 1)])
                for thing, places in things
            ],
        )
        for heading, what, things in (
            ("People", "practitioner", people),
            ("Rooms", "room", rooms),
            ("Devices", "device", devices),
        )
        if things
    ]


def blocks_ahead(user: User | AnonymousUser, clinic: Clinic, at: datetime) -> list[Blocked]:
    """
    List the blocked times at a clinic that are not over, the earliest first.

    Who is ill, and every note, is for those who set the clinic up; others read that somebody is not available.
    """
    sees_why = may(user, Right.CHANGE_CLINIC, clinic)
    found: dict[str, list[Block]] = {}
    for block in _live_blocks(clinic, at).order_by("starts", "pk"):
        found.setdefault(block.series, []).append(block)
    return [
        Blocked(
            series=series,
            kind=kind_for(blocks[0], sees_why=sees_why),
            note=blocks[0].note if sees_why else "",
            whose=_once_each(_name_of(block.schedule) for block in blocks),
            spans=sorted({Interval(block.starts, block.ends) for block in blocks}),
        )
        for series, blocks in found.items()
    ]


def series_at(clinic: Clinic, series: str, at: datetime) -> str:
    """
    Find a series of blocked times at a clinic that is not over.

    :raises NotFound: the clinic has none like that
    """
    if not _live_blocks(clinic, at).filter(series=series).exists():
        raise NotFound
    return series


def _live_blocks(clinic: Clinic, at: datetime) -> QuerySet[Block]:
    """Find what people have blocked at a clinic; another calendar's time and those who have left are not of it."""
    people = people_of(clinic).filter(is_active=True)
    here = Schedule.objects.filter(practitioner__in=people)
    here |= Schedule.objects.filter(room__clinic=clinic)
    here |= Schedule.objects.filter(device__clinic=clinic)
    return (
        Block.objects.filter(schedule__in=here, lifted_at=None, ends__gt=minute_of(at))
        .exclude(kind=Block.Kind.OTHER_CALENDAR)
        .select_related("schedule__practitioner", "schedule__room", "schedule__device")
    )


def _name_of(schedule: Schedule) -> str:
    return str(schedule.practitioner or schedule.room or schedule.device)


def _once_each(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def today_at(clinic: Clinic, at: datetime) -> date:
    """Say which day it is at a clinic."""
    return local(minute_of(at), clinic.zone).date()


def _only(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise NotFound
    return found
