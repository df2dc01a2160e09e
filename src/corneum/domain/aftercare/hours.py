"""The hours in which people like to hear from a clinic."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

FROM, UNTIL = time(8), time(20)


def waking(at: datetime, zone: str) -> datetime:
    """Answer with this moment if it lies between eight and twenty o'clock there, else with the next eight o'clock."""
    here = at.astimezone(ZoneInfo(zone))
    if FROM <= here.time() < UNTIL:
        return at
    day = here.date() if here.time() < FROM else here.date() + timedelta(days=1)
    return datetime.combine(day, FROM, ZoneInfo(zone))
