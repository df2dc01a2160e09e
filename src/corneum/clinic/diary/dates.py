"""A day in an address: 2026-03-12."""

from datetime import date


class DayConverter:
    """Let an address hold a day of the calendar, and nothing that only looks like one."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read the day; a day that does not exist is no address."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write the day."""
        return value.isoformat()
