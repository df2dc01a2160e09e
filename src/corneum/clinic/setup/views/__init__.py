"""The desk's pages for setting a clinic up, and for blocking time."""

from corneum.clinic.setup.views.blocked import block, blocked, lift
from corneum.clinic.setup.views.hours import as_usual, close, holidays, hours, overview, reopen, special, week
from corneum.clinic.setup.views.rooms import device, room, rooms
from corneum.clinic.setup.views.rota import different_day, rota, rota_as_usual, rota_weeks, switch_off, switch_on
from corneum.clinic.setup.views.treatments import length, rules, treatment
from corneum.clinic.setup.views.where import where

__all__ = [
    "as_usual",
    "block",
    "blocked",
    "close",
    "device",
    "different_day",
    "holidays",
    "hours",
    "length",
    "lift",
    "overview",
    "reopen",
    "room",
    "rooms",
    "rota",
    "rota_as_usual",
    "rota_weeks",
    "rules",
    "special",
    "switch_off",
    "switch_on",
    "treatment",
    "week",
    "where",
]
