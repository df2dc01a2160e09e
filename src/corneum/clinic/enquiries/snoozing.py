"""Until when a conversation can be put out of sight with one press: moments at which somebody is at the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from corneum.clinic.enquiries.promised import open_days
from corneum.domain.scheduling.wall import instant_of, local, minute_of, span_on
from corneum.platform.accounts.models import Clinic

A_WHILE = timedelta(hours=3)
NINE = time(9)


@dataclass(frozen=True, slots=True)
class Moment:
    """One choice: `key` as it is pressed, and what it says."""

    key: str
    words: str
    at: datetime


def moments(clinic: Clinic, at: datetime) -> list[Moment]:
    """List the choices: three hours on, when the clinic opens next, and a week from that."""
    today = local(minute_of(at), clinic.zone).date()
    openings = [instant_of(day[0].starts) for day in open_days(clinic, at) if day]
    later = [opens for opens in openings if opens > at]
    in_a_week = [opens for opens in later if local(minute_of(opens), clinic.zone).date() >= today + timedelta(days=7)]
    found = [Moment("hours", "In 3 hours", at + A_WHILE)]
    if later:
        found.append(Moment("opening", "When we open next", later[0]))
    if in_a_week:
        found.append(Moment("week", "In a week", in_a_week[0]))
    return found


def morning_of(clinic: Clinic, day: date) -> datetime:
    """Give nine o'clock of a day at the clinic."""
    return instant_of(span_on(day, NINE, time(10), clinic.zone).starts)
