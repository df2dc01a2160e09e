"""What a clinic has and when it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from corneum.clinic.premises.models import Closure, Device, OpeningHours, Premises, Room, SpecialHours
from corneum.db.setup import GROUP
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rota import Reading, Stretch, Week, days_from
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


@dataclass(frozen=True, slots=True)
class Other:
    """Another clinic of the group, and how far away it is; None: nobody has said where one of the two is."""

    clinic: Clinic
    town: str
    miles: float | None


def others_near(clinic: Clinic) -> list[Other]:
    """List the group's other clinics, the nearest first, and last those of which nobody knows where they are."""
    every = {each.clinic_id: each for each in Premises.objects.select_related("clinic")}
    here = every[clinic.pk].place if clinic.pk in every else None
    others = [
        Other(each.clinic, each.town, here.miles_to(each.place) if here and each.place else None)
        for each in every.values()
        if each.clinic_id != clinic.pk
    ]
    return sorted(others, key=lambda other: (other.miles is None, other.miles or 0, other.clinic.name))


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


def setup_version(clinic: Clinic) -> str:
    """Read the word that stands for a clinic's hours, rotas, rooms, devices, training and rules as they are now."""
    with connection.cursor() as cursor:  # asked before every search: building the query would cost more than it
        cursor.execute("SELECT version FROM premises_setup WHERE id IN (%s, %s) ORDER BY id", [GROUP, clinic.pk])
        return " ".join(version for (version,) in cursor.fetchall())


def open_week(clinic: Clinic, first: date, last: date) -> Week:
    """
    Read when the clinic is open: its week, and what is different on these days, both included.

    A closure wins over special hours, and special hours over a public holiday.
    """
    week = week_of(clinic).values_list("weekday", "opens", "closes")
    different: dict[date, list[Reading]] = {day: [] for day in public_holidays(clinic, first, last)}
    special = SpecialHours.objects.filter(clinic=clinic, on__range=(first, last))
    opened: dict[date, list[Reading]] = {}
    for day, opens, closes in special.values_list("on", "opens", "closes"):
        opened.setdefault(day, []).append((opens, closes))
    closed: dict[date, list[Reading]] = {
        day: [] for day in closures_of(clinic, first, last).values_list("on", flat=True)
    }
    return Week([Stretch(*row) for row in week], different | opened | closed)


def public_holidays(clinic: Clinic, first: date, last: date) -> dict[date, str]:
    """Name the public holidays of the clinic's nation on these days, both included; none if it keeps none."""
    code = Premises.objects.filter(clinic=clinic).values_list("holidays", flat=True).first()
    if not code:
        return {}
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in holidays_of(code, year).items() if first <= day <= last}


@lru_cache(maxsize=512)
def holidays_of(code: str, year: int) -> dict[date, str]:
    """
    Name the public holidays of a nation, or of a part of one, in a year.

    :param code: ISO 3166, such as GB-SCT or FR
    :raises NotImplementedError: nobody has written down that nation's
    """
    import holidays  # noqa: PLC0415 -- slow to load, and only for clinics that keep them

    nation, _, part = code.partition("-")
    return dict(holidays.country_holidays(nation, subdiv=part or None, years=year, language="en_GB"))


def opening_hours(clinic: Clinic, first: date, last: date) -> list[Interval]:
    """Work out when the clinic is open on these days, both included: closures, holidays and special hours count."""
    return open_week(clinic, first, last).spans(days_from(first, last), clinic.zone)


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
