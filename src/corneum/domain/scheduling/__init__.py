"""Time: intervals, timelines, wall clocks, and when a visit may start."""

from corneum.domain.scheduling.interval import Interval, merge, subtract
from corneum.domain.scheduling.openings import Lane, Occupied, Opening, Requirement, find_openings
from corneum.domain.scheduling.timeline import Timeline

__all__ = [
    "Interval",
    "Lane",
    "Occupied",
    "Opening",
    "Requirement",
    "Timeline",
    "find_openings",
    "merge",
    "subtract",
]
