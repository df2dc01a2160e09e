"""Reading what the desk's first pages show."""

from corneum.clinic.desk.queries.finding import Found, find_anyone

__all__ = ["Found", "find_anyone"]
