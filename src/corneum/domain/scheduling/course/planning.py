"""Planning a course: the best times for all its visits, or what stands in the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from corneum.domain.scheduling.course.layers import Days, Layers, Node, best_of_each_day
from corneum.domain.scheduling.course.rest import rest_of_course
from corneum.domain.scheduling.course.rules import Candidate, Costs, Preferences, Spacing


@dataclass(frozen=True, slots=True)
class Plan:
    """A time for each visit, in order."""

    visits: tuple[Candidate, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """
    Why there is no plan: `visit` is the first that nothing fits, whatever is chosen for those before it.

    It would have to lie in one of the spans of days, both ends included, and there is nothing in
    any of them; or, if it is fixed, it does not lie in one. The first visit has no spans.
    """

    visit: int
    visits: int
    spans: tuple[tuple[date, date], ...] = ()
    is_fixed: bool = False


def plan_course(
    candidates: Sequence[Candidate],
    *,
    visits: int,
    spacing: Spacing,
    zone: str,
    preferences: Preferences | None = None,
    costs: Costs | None = None,
    fixed: Mapping[int, Candidate] | None = None,
) -> Plan | Obstacle:
    """
    Find the best plan there is, or say what stands in the way.

    It finds a plan whenever there is one, and none is better. Of equally good ones it is the one
    whose first visit is earliest, then its second, and so on; at the same minute the candidate that
    was given first wins.

    Spacing is counted in days, so of the times of one day with one practitioner and device only
    the best need be looked at. From the last visit backwards, the smallest cost of all that follows
    is the smallest over a window of days: with the same hands and device, the same hands, the same
    device, or any. Each window slides, so a visit costs as much as there are candidates. What by
    its day alone is dearer than a good plan is left out first; if that was too much, less is.

    :param fixed: visits that are booked or have been, by their number from 1: the others are planned
        around them, while two that follow each other are left as they are
    """
    if visits < 1 or not all(1 <= number <= visits for number in fixed or {}):
        raise ValueError("A course has a visit at least, and what is fixed is one of them.")
    costs, days = costs or Costs(), Days(zone)
    free = best_of_each_day(candidates, days, preferences or Preferences(), costs)
    fast = {number: Node(0, one.start, 0, days(one.start), one) for number, one in (fixed or {}).items()}
    layers = Layers.of(free, visits, fast, costs)
    bounds = layers.bounds(spacing)
    if bounds.least is None:
        return _obstacle(layers, spacing)
    change = costs.other_practitioner + costs.other_device
    # The last is always enough: the course that is cheapest by its days changes hands and device at every visit.
    for slack in (change // 2, 2 * change, (visits - 1) * change):
        likely = layers.within(bounds, bounds.least + slack)
        rest = rest_of_course(likely, spacing)
        if min(rest[0].values(), default=bounds.least + slack + 1) <= bounds.least + slack:
            return _first_of_the_best(likely, rest, spacing)
    raise AssertionError("the days of a course are all that its bounds have left out")


def alternatives(
    candidates: Iterable[Candidate], plan: Sequence[Candidate], visit: int, *, spacing: Spacing, zone: str
) -> list[Candidate]:
    """List what one visit (by its number from 1) could have instead while the others stay, earliest first."""
    day_of = Days(zone)
    before = day_of(plan[visit - 2].start) if visit > 1 else None
    after = day_of(plan[visit].start) if visit < len(plan) else None
    return sorted(
        (
            one
            for one in candidates
            if (before is None or spacing.holds(before, day_of(one.start)))
            and (after is None or spacing.holds(day_of(one.start), after))
        ),
        key=lambda one: one.start,
    )


def out_of_step(starts: Sequence[int], *, spacing: Spacing, zone: str) -> list[int]:
    """List the numbers, from 1, of the visits that are too near to the one before them or too far from it."""
    day_of = Days(zone)
    days = [day_of(start) for start in starts]
    return [number for number, (one, next_) in enumerate(pairwise(days), 2) if not spacing.holds(one, next_)]


def _first_of_the_best(layers: Layers, rest: Sequence[Mapping[int, int]], spacing: Spacing) -> Plan:
    """Walk forwards along what is cheapest, at each visit to the earliest of what is equally cheap."""
    cost = min(rest[0].values())
    chosen = _earliest(layers.nodes[0], (place for place, found in rest[0].items() if found == cost))
    plan, left = [chosen], cost - chosen.own
    for index in range(1, len(layers.nodes)):
        before = chosen
        if index - 1 in layers.loose:
            within: Iterable[int] = (0,)
        else:
            days = [node.day for node in layers.nodes[index]]
            within = range(
                bisect_left(days, before.day + spacing.min_days), bisect_right(days, before.day + spacing.max_days)
            )
        nodes, following = layers.nodes[index], rest[index]
        chosen = _earliest(
            nodes,
            (
                place
                for place in within
                if place in following and following[place] + layers.step(before, nodes[place], spacing) == left
            ),
        )
        left -= layers.step(before, chosen, spacing) + chosen.own
        plan.append(chosen)
    return Plan(tuple(node.candidate for node in plan), cost)


def _earliest(nodes: Sequence[Node], places: Iterable[int]) -> Node:
    return min((nodes[place] for place in places), key=lambda node: (node.start, node.rank))


def _obstacle(layers: Layers, spacing: Spacing) -> Obstacle:
    """Follow the days that can be reached until there is none: the visit after them is what fails."""
    visits = len(layers.nodes)
    days = [sorted({node.day for node in layer}) for layer in layers.nodes]
    reached = days[0]
    if not reached:
        return Obstacle(1, visits)
    for index in range(1, visits):
        if index - 1 in layers.loose:
            reached = days[index]
            continue
        spans = _joined((day + spacing.min_days, day + spacing.max_days) for day in reached)
        possible = days[index]
        reached = [
            day
            for first, last in spans
            for day in possible[bisect_left(possible, first) : bisect_right(possible, last)]
        ]
        if not reached:
            dates = tuple((date.fromordinal(first), date.fromordinal(last)) for first, last in spans)
            return Obstacle(index + 1, visits, dates, is_fixed=index + 1 in layers.fixed)
    raise AssertionError("a course whose last visit can be reached has a plan")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans of days, given in order, that touch or overlap."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
