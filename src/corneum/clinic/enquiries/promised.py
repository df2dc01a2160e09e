"""By when somebody was promised an answer, in the clinic's own opening hours."""

from datetime import datetime, timedelta
from itertools import groupby

from corneum.clinic.premises.queries import clinic_page, opening_hours
from corneum.domain.errors import NotFound
from corneum.domain.promise import USUAL, answer_due
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import instant_of, local, minute_of
from corneum.platform.accounts.models import Clinic

AHEAD = timedelta(days=30)  # a clinic that does not open within a month promises nothing


def promise_of(clinic: Clinic) -> str:
    """Say in the clinic's own words how soon it answers."""
    try:
        return clinic_page(clinic).answers_within
    except NotFound:
        return USUAL


def answer_due_at(clinic: Clinic, asked_at: datetime) -> datetime | None:
    """Work out by when somebody who asks now is promised an answer; None while the clinic never opens."""
    due = answer_due(minute_of(asked_at), promise_of(clinic), open_days(clinic, asked_at))
    return instant_of(due) if due is not None else None


def open_days(clinic: Clinic, at: datetime) -> list[list[Interval]]:
    """List when the clinic is open, day by day, for a month from today."""
    today = local(minute_of(at), clinic.zone).date()
    spans = opening_hours(clinic, today, today + AHEAD)
    return [list(day) for _date, day in groupby(spans, key=lambda span: local(span.starts, clinic.zone).date())]
