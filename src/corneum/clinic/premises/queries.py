"""What a clinic has and when it is open."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from corneum.clinic.premises.models import Closure, Device, OpeningHours, Premises, Room
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import span_on
from corneum.platform.accounts.models import Clinic

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Hours(NamedTuple):
    """When the clinic is open on some days of the week, in words."""

    days: str
    hours: str


def clinic_page(clinic: Clinic) -> Premises:
    """
    Find the address and contact of a clinic.

    :raises NotFound: it has none yet
    """
    premises = Premises.objects.filter(clinic=clinic).select_related("clinic").first()
    if premises is None:
        raise NotFound
    return premises


def rooms_of(clinic: Clinic) -> QuerySet[Room]:
    """Find the rooms that can be used, in the clinic's own order."""
    return Room.objects.filter(clinic=clinic, is_active=True)


def devices_of(clinic: Clinic) -> QuerySet[Device]:
    """Find the machines that can be used, in the clinic's own order."""
    return Device.objects.filter(clinic=clinic, is_active=True)


def closures_of(clinic: Clinic, first: date, last: date) -> QuerySet[Closure]:
    """Find the days, both included, on which the clinic is closed though its hours say otherwise."""
    return Closure.objects.filter(clinic=clinic, on__range=(first, last))


def week_of(clinic: Clinic) -> QuerySet[OpeningHours]:
    """Find the clinic's week of opening hours, Monday first."""
    return OpeningHours.objects.filter(clinic=clinic)


def opening_hours(clinic: Clinic, first: date, last: date) -> list[Interval]:
    """Work out when the clinic is open on these days, both included, closures taken out."""
    week = list(week_of(clinic))
    closed = set(closures_of(clinic, first, last).values_list("on", flat=True))
    return [
        span_on(day, hours.opens, hours.closes, clinic.zone)
        for day in _days(first, last)
        if day not in closed
        for hours in week
        if hours.weekday == day.weekday()
    ]


def hours_in_words(clinic: Clinic) -> list[Hours]:
    """Say the clinic's week in words: *Monday to Friday*, *9am to 6pm*. Days on which it is closed are left out."""
    return in_words(week_of(clinic))


def in_words(week: Iterable[OpeningHours]) -> list[Hours]:
    """Say a week that has been found already in words, Monday first."""
    stretches: dict[int, list[str]] = {}
    for row in week:
        stretches.setdefault(row.weekday, []).append(f"{_clock(row.opens)} to {_clock(row.closes)}")
    groups: list[tuple[list[int], str]] = []
    for weekday, parts in sorted(stretches.items()):
        words = " and ".join(parts)
        if groups and groups[-1][1] == words and groups[-1][0][-1] == weekday - 1:
            groups[-1][0].append(weekday)
        else:
            groups.append(([weekday], words))
    return [Hours(_run(days), words) for days, words in groups]


def _run(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == 1:
        return first
    return f"{first} {'and' if len(days) == 2 else 'to'} {last}"


def _clock(wall: time) -> str:
    minutes = f":{wall:%M}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes}{'am' if wall.hour < 12 else 'pm'}"


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
