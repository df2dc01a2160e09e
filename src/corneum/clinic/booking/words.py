"""Times and people as sentences say them: *3:30pm the same day*, *11 to 16 March*, *Hannah*."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from corneum.domain.scheduling.wall import local
from corneum.platform.ui.templatetags.ui import clock12, day_date

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sir", "dame"})


def clock(minute: int, zone: str) -> str:
    """This will say what the clock shows: 9:30am, 2pm."""
    return clock12(minute, zone)


def day_of(minute: int, zone: str) -> str:
    """This will name the day on which a minute falls: Thursday 12 March."""
    return day_date(minute, zone)


def short_day_of(minute: int, zone: str) -> str:
    """This will name a day in as few letters as can still be read: Thu 12 Mar."""
    on = local(minute, zone)
    return f"{on:%a} {on.day} {on:%b}"


def moment(minute: int, zone: str) -> str:
    """This will name a moment: 10am on Wednesday 11 March."""
    return f"{clock(minute, zone)} on {day_of(minute, zone)}"


def beside(minute: int, other: int, zone: str) -> str:
    """This will say one time beside another: 3:30pm the same day, 12:30pm on Friday, 9am on Monday 23 March."""
    at, then, beside_it = clock(minute, zone), local(minute, zone).date(), local(other, zone).date()
    if then == beside_it:
        return f"{at} the same day"
    if abs(then - beside_it) < timedelta(days=7):
        return f"{at} on {then:%A}"
    return f"{at} on {day_date(then)}"


def beside_today(minute: int, now: int, zone: str) -> str:
    """This will name a time to somebody who reads it now: 2pm on Thursday, 2pm on Thursday 19 March."""
    then, today = local(minute, zone).date(), local(now, zone).date()
    near = timedelta() <= then - today < timedelta(days=7)
    return f"{clock(minute, zone)} on {f'{then:%A}' if near else day_date(then)}"


def advice(days: int | None, longest: int | None) -> str:
    """This will say that a session comes later than is sensible, or nothing."""
    if days is None:
        return ""
    return f"It is {days} days after the session before: {longest} are the most that is sensible."


def booked_by_us(booked: "Appointment") -> str:
    """Note in a conversation what came of it: We booked 5:15pm on Thursday 12 March with Rosa Lindqvist."""
    return f"We booked {moment(booked.starts, booked.zone)} with {booked.practitioner.name}."


def span_of_days(first: date, last: date) -> str:
    """This will name a stretch of days: 11 to 16 March, 30 March to 3 April, 12 March."""
    if first == last:
        return f"{first.day} {first:%B}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B}"
    return f"{first.day} {first:%B} to {last.day} {last:%B}"


def weeks(days: int) -> str:
    """This will say a number of days as people do: 8 weeks, 10 days."""
    return f"{days // 7} weeks" if days >= 14 else f"{days} days"


def in_a_sentence(name: str) -> str:
    """This will write a name as it stands inside a sentence: microdermabrasion, but LED light."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def first_name(name: str) -> str:
    """This will find what to call somebody, without their title."""
    names = [part for part in name.split() if part.rstrip(".").casefold() not in TITLES]
    return names[0] if names else name
