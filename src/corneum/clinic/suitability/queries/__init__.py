"""Reading: what can be checked, which rules are in force, where somebody stands, and what waits for a person."""

from corneum.clinic.suitability.queries.checking import (
    asked_about,
    kin_of,
    method_of,
    offer_to_check,
    offers_asked_before,
)
from corneum.clinic.suitability.queries.desk import (
    decisions_on,
    look_at,
    screening_for,
    screenings_of,
    to_decide,
    waiting_for_practitioner,
)
from corneum.clinic.suitability.queries.people import role_of, who_decides
from corneum.clinic.suitability.queries.rules import clinic_called, latest_rules, rules_at, rules_of, versions_of
from corneum.clinic.suitability.queries.screenings import (
    asked_before,
    locked_screening,
    open_screening,
    screening_at,
    screenings_to_forget,
    stops,
    told_at_once,
    walk_of,
)
from corneum.clinic.suitability.queries.standing import clearance_of, clearances_of, judge_of, open_again, verdict_of

__all__ = [
    "asked_about",
    "asked_before",
    "clearance_of",
    "clearances_of",
    "clinic_called",
    "decisions_on",
    "judge_of",
    "kin_of",
    "latest_rules",
    "locked_screening",
    "look_at",
    "method_of",
    "offer_to_check",
    "offers_asked_before",
    "open_again",
    "open_screening",
    "role_of",
    "rules_at",
    "rules_of",
    "screening_at",
    "screening_for",
    "screenings_of",
    "screenings_to_forget",
    "stops",
    "to_decide",
    "told_at_once",
    "verdict_of",
    "versions_of",
    "waiting_for_practitioner",
    "walk_of",
    "who_decides",
]
