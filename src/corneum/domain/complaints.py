"""
By which day a complaint, or a request about one's data, is to be acknowledged and answered.

A complaint about data is acknowledged within 30 days beginning with the day it came in (Data Protection Act 2018,
section 164A, in force since 19 June 2026). A request about data is answered within one calendar month of the day it came
in, or on the next working day where that day is none (UK GDPR, article 12(3), counted as the Information Commissioner
counts). The other days are the clinic's own promise, as its page of complaints gives it.
"""

import calendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

CARE, DATA, REQUEST = "care", "data", "request"
DAY = timedelta(days=1)
TOLD_WITHIN = 3  # working days
ANSWERED_WITHIN = 20  # working days
DATA_TOLD_WITHIN = 30  # days, the first of which is the day it came in


@dataclass(frozen=True, slots=True)
class Clock:
    """The last days on which something is still in time."""

    acknowledge_by: date
    answer_by: date


def clock_of(kind: str, received: date, closed: Container[date] = frozenset()) -> Clock:
    """
    Say by when a complaint or a request is to be acknowledged and answered.

    :param kind: CARE, DATA or REQUEST
    :param closed: public holidays and other days on which nobody works, besides Saturdays and Sundays
    """
    told = working_days_after(received, TOLD_WITHIN, closed)
    if kind == REQUEST:
        return Clock(told, next_working_day(month_after(received), closed))
    if kind == DATA:
        answered = next_working_day(month_after(received), closed)
        return Clock(min(received + (DATA_TOLD_WITHIN - 1) * DAY, answered), answered)  # February is shorter
    return Clock(told, working_days_after(received, ANSWERED_WITHIN, closed))


def month_after(day: date) -> date:
    """Answer with the same day of the next month, or its last day where it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_working_day(day: date, closed: Container[date] = frozenset()) -> date:
    """Answer with this day, or the next one on which people work."""
    while day.weekday() > 4 or day in closed:
        day += DAY
    return day


def working_days_after(day: date, count: int, closed: Container[date] = frozenset()) -> date:
    """Answer with the day that is so many working days on; the day itself is not counted."""
    for _ in range(count):
        day = next_working_day(day + DAY, closed)
    return day
