"""Times as the desk says them: *all Tuesday 10 March*, *Tuesday 10 March, 10:00 to 12:00*."""

from datetime import datetime, time, timedelta

from corneum.domain.scheduling.wall import local
from corneum.platform.ui.templatetags.ui import day_date


def span_in_words(starts: int, ends: int, zone: str) -> str:
    """This will say for how long somebody or something is out, whole days as days."""
    begins, until = local(starts, zone), local(ends, zone)
    if starts >= ends:
        return "no time at all"
    if begins.time() == until.time() == time.min:
        last = until.date() - timedelta(days=1)
        return f"all {day_date(last)}" if last == begins.date() else f"{day_date(begins.date())} to {day_date(last)}"
    if begins.date() == until.date():
        return f"{day_date(begins.date())}, {_clock(begins)} to {_clock(until)}"
    return f"{day_date(begins.date())}, {_clock(begins)}, to {day_date(until.date())}, {_clock(until)}"


def _clock(wall: datetime) -> str:
    return f"{wall.hour}:{wall.minute:02d}"
