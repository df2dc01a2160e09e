"""A day or a week in an address: 2026-03-12, 2026-W11."""

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


class WeekConverter:
    """Let an address hold a week as ISO 8601 counts them; it is known by its Monday."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> date:
        """Read the week; a week that does not exist is no address."""
        year, week = value.split("-W")
        return date.fromisocalendar(int(year), int(week), 1)

    def to_url(self, value: date) -> str:
        """Write the week in which a day is."""
        year, week, _ = value.isocalendar()
        return f"{year}-W{week:02d}"
