"""A moment as calendar files write it, and the zone that its wall time is read in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAYS_OF_ZONE = 370  # how much of the zone's history goes into the file, on either side of the moment


def in_wall_time(instant: datetime, zone: str) -> datetime:
    """Say a moment in wall time, or in UTC in the doubled hour of autumn, whose wall time names the first one only."""
    wall = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) if wall.fold else wall


def described(name: str, near: datetime) -> Timezone:
    """
    Describe the zone around this moment, each change of the clocks at the wall time *before* it.

    Written here because the library dates a change forward by the wall time after it, which puts
    the first hour of summer time into winter (RFC 5545, 3.6.5).
    """
    zone = ZoneInfo(name)
    first = near - timedelta(days=DAYS_OF_ZONE)
    zone_written = Timezone()
    zone_written.add("tzid", name)
    zone_written.add_component(_observance(first, before=first, zone=zone))
    for before, after in _changes(zone, first, near + timedelta(days=DAYS_OF_ZONE)):
        zone_written.add_component(_observance(after, before=before, zone=zone))
    return zone_written


def _observance(onset: datetime, *, before: datetime, zone: ZoneInfo) -> TimezoneStandard | TimezoneDaylight:
    here, there = onset.astimezone(zone), before.astimezone(zone)
    observance = TimezoneDaylight() if here.dst() else TimezoneStandard()
    observance.add("dtstart", (onset.astimezone(UTC) + (there.utcoffset() or timedelta())).replace(tzinfo=None))
    observance.add("tzoffsetfrom", there.utcoffset())
    observance.add("tzoffsetto", here.utcoffset())
    observance.add("tzname", here.tzname())
    return observance


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Find every change of the clocks: the last minute before it, and the first after."""
    step, minute = timedelta(days=1), timedelta(minutes=1)
    earlier = first.astimezone(UTC).replace(second=0, microsecond=0)
    while earlier < last:
        later = earlier + step
        if earlier.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            before, after = earlier, later
            while after - before > minute:
                middle = before + (after - before) // (2 * minute) * minute
                if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
                    before = middle
                else:
                    after = middle
            yield before, after
        earlier = later
