"""Until when a patient may move or cancel without asking anybody, and what is said of it afterwards."""

from dataclasses import dataclass
from datetime import timedelta

from corneum.domain.scheduling.wall import local, span_on

HOUR = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a clinic lets its patients change by themselves.

    Until `free_hours` before the start anybody may. Within `grace_minutes` of what was agreed a
    mistake may be undone, whatever the hour. `late_fee_pence` is what the clinic says that it may
    ask for later than that; nothing is ever taken by itself.
    """

    free_hours: int = 0
    grace_minutes: int = 0
    late_fee_pence: int = 0


def notice_ends(starts: int, *, terms: Terms, zone: str) -> int:
    """
    This will say the minute until which the notice that the clinic asks for is given.

    A day before ten on Sunday is ten on Saturday to whoever reads it, and twenty-four hours to
    whoever counts them. When the clocks change in between, the later of the two holds: nobody is
    late by either reading.
    """
    told = local(starts, zone).replace(tzinfo=None) - timedelta(hours=terms.free_hours)
    on_the_wall = span_on(told.date(), told.time(), told.time(), zone).starts
    return max(on_the_wall, starts - terms.free_hours * HOUR)


def free_until(starts: int, *, agreed: int, terms: Terms, zone: str) -> int:
    """
    This will say the last minute in which an appointment may be changed without asking; always before it begins.

    :param agreed: the minute in which this time was booked, or last moved to
    """
    return min(max(notice_ends(starts, terms=terms, zone=zone), agreed + terms.grace_minutes), starts - 1)


def is_free_to_change(now: int, starts: int, *, agreed: int, terms: Terms, zone: str) -> bool:
    """This will say whether a patient may still move or cancel by themselves."""
    return now <= free_until(starts, agreed=agreed, terms=terms, zone=zone)
