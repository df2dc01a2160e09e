"""For each visit of a course the times that it may have, the best of each day with each practitioner and device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corneum.domain.scheduling.course.bounds import Bounds, Gaps, bounds_of
from corneum.domain.scheduling.course.rules import Candidate, Costs, Preferences, Spacing
from corneum.domain.scheduling.wall import local


class Node(NamedTuple):
    """Of one day, practitioner and device the best time: no other of them can be part of a better plan."""

    own: int
    start: int
    rank: int
    day: int
    candidate: Candidate


class Days:
    """Say on which day of a clinic's calendar a minute lies, as `date.toordinal` counts, each minute worked out once."""

    def __init__(self, zone: str) -> None:
        self.zone, self.known = zone, dict[int, tuple[int, int]]()

    def __call__(self, minute: int) -> int:
        return self.day_and_minute(minute)[0]

    def day_and_minute(self, minute: int) -> tuple[int, int]:
        """Say the day, and the minute of that day as the clock shows it."""
        if (found := self.known.get(minute)) is None:
            wall = local(minute, self.zone)
            found = self.known[minute] = (wall.toordinal(), wall.hour * 60 + wall.minute)
        return found


@dataclass(frozen=True, slots=True)
class Layers:
    """For each visit its nodes in the order of their days, the cheapest of a day first; free visits share theirs."""

    costs: Costs
    fixed: frozenset[int]
    nodes: list[list[Node]]

    @classmethod
    def of(cls, free: list[Node], visits: int, fixed: Mapping[int, Node], costs: Costs) -> "Layers":
        """Give each visit what it may have; the first costs more the longer it is waited for."""
        wait = costs.day_of_waiting
        first = [Node(own + wait * (day - free[0].day), start, rank, day, one) for own, start, rank, day, one in free]
        nodes = [
            [fixed[number]] if number in fixed else first if number == 1 else free for number in range(1, visits + 1)
        ]
        return cls(costs, frozenset(fixed), nodes)

    @property
    def loose(self) -> set[int]:
        """The places of visits that are as they are, as is the next, whatever lies between them."""
        return {number - 1 for number in self.fixed if number + 1 in self.fixed}

    def bounds(self, spacing: Spacing) -> Bounds:
        """Say what the course costs at least with each visit on each of its days."""
        # Of each day the first node is the cheapest: written backwards, it is the one that stays.
        rows = [dict(reversed({node.day: node.own for node in reversed(layer)}.items())) for layer in self.nodes]
        gaps = Gaps(spacing.min_days, spacing.ideal_days, spacing.max_days, self.costs.day_off_ideal)
        return bounds_of(rows, gaps, self.loose)

    def within(self, bounds: Bounds, most: int) -> "Layers":
        """Leave out what cannot be part of a course that costs so much or less."""
        nodes = []
        for layer, around in zip(self.nodes, bounds.around, strict=True):
            allowed = {day: most - rest for day, rest in around.items()}
            nodes.append([node for node in layer if node.day in allowed and node.own <= allowed[node.day]])
        return replace(self, nodes=nodes)

    def change(self, one: Candidate, other: Candidate) -> int:
        """Say what it costs to go from these hands and this device to those."""
        return (one.practitioner != other.practitioner) * self.costs.other_practitioner + (
            one.device != other.device
        ) * self.costs.other_device

    def step(self, one: Node, other: Node, spacing: Spacing) -> int:
        """Say what it costs that one visit follows another."""
        off = abs(other.day - one.day - spacing.ideal_days)
        return off * self.costs.day_off_ideal + self.change(one.candidate, other.candidate)


def best_of_each_day(candidates: Sequence[Candidate], days: Days, preferences: Preferences, costs: Costs) -> list[Node]:
    """Keep of each day, practitioner and device the time that is preferred, and of those the first."""
    best: dict[tuple[int, int, int | None], Node] = {}
    own_of: dict[int, tuple[int, int]] = {}
    for rank, candidate in enumerate(candidates):
        start, practitioner, device = candidate
        if (found := own_of.get(start)) is None:
            day, minute = days.day_and_minute(start)
            # day 1 of the calendar was a Monday
            other_day = bool(preferences.weekdays) and (day - 1) % 7 not in preferences.weekdays
            other_hour = not preferences.from_minute <= minute < preferences.until_minute
            found = own_of[start] = (day, other_day * costs.outside_days + other_hour * costs.outside_hours)
        day, own = found
        key = (day, practitioner, device)
        known = best.get(key)
        if known is None or (own, start, rank) < known:
            best[key] = Node(own, start, rank, day, candidate)
    return sorted(best.values(), key=lambda node: (node.day, node.own))
