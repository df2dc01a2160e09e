"""Reading what the desk's first pages show."""

from corneum.clinic.desk.queries.finding import Found, find_anyone
from corneum.clinic.desk.queries.packs import pack_ahead, pack_day, pack_hour, packs_due
from corneum.clinic.desk.queries.today import Today, today_for

__all__ = ["Found", "Today", "find_anyone", "pack_ahead", "pack_day", "pack_hour", "packs_due", "today_for"]
