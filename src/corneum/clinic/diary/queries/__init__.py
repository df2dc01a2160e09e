"""Reading the diary: which times are free, and which appointments somebody may see."""

from corneum.clinic.diary.queries.appointments import (
    appointment_by_code,
    appointment_for,
    appointments_on,
    appointments_visible_to,
    hold_is_live,
    locked_appointment,
    may_still_change,
    may_still_withdraw,
    requests_expired,
    requests_waiting,
)
from corneum.clinic.diary.queries.busy import refresh_weeks
from corneum.clinic.diary.queries.consents import consent_of, visits_without_consent
from corneum.clinic.diary.queries.days import appointments_of, day_of
from corneum.clinic.diary.queries.limits import sessions_near
from corneum.clinic.diary.queries.openings import (
    DayOfTimes,
    TimeOffered,
    nearest_openings,
    next_openings,
    openings_for,
)
from corneum.clinic.diary.queries.reasons import Cause, Reason, why_not
from corneum.clinic.diary.queries.uncleared import Uncleared, uncleared_visits
from corneum.clinic.diary.queries.weeks import day_at_clinics, unconfirmed_after, unsettled_before, week_of

__all__ = [
    "Cause",
    "DayOfTimes",
    "Reason",
    "TimeOffered",
    "Uncleared",
    "appointment_by_code",
    "appointment_for",
    "appointments_of",
    "appointments_on",
    "appointments_visible_to",
    "consent_of",
    "day_at_clinics",
    "day_of",
    "hold_is_live",
    "locked_appointment",
    "may_still_change",
    "may_still_withdraw",
    "nearest_openings",
    "next_openings",
    "openings_for",
    "refresh_weeks",
    "requests_expired",
    "requests_waiting",
    "sessions_near",
    "uncleared_visits",
    "unconfirmed_after",
    "unsettled_before",
    "visits_without_consent",
    "week_of",
    "why_not",
]
