"""Time: intervals, timelines, wall clocks, and when a visit may start."""

from corneum.domain.scheduling.busy import Busy
from corneum.domain.scheduling.interval import Interval, merge, subtract
from corneum.domain.scheduling.openings import (
    Homes,
    Lane,
    Occupied,
    Opening,
    Openings,
    Requirement,
    combine,
    find_openings,
)
from corneum.domain.scheduling.timeline import Timeline

__all__ = [
    "Busy",
    "Homes",
    "Interval",
    "Lane",
    "Occupied",
    "Opening",
    "Openings",
    "Requirement",
    "Timeline",
    "combine",
    "find_openings",
    "merge",
    "subtract",
]
