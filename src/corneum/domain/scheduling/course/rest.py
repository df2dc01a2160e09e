"""What the rest of a course costs from each of its times on: the dynamic programme, from the last visit backwards."""

from collections.abc import Mapping, Sequence
from functools import partial

from corneum.domain.scheduling.course.layers import Layers, Node
from corneum.domain.scheduling.course.rules import Candidate, Costs, Spacing
from corneum.domain.scheduling.course.sliding import Points, cheapest_at_gap

State = tuple[object, ...]


def rest_of_course(layers: Layers, spacing: Spacing) -> list[dict[int, int]]:
    """For each visit say, by a node's place in its layer, what the course costs from there on; what leads nowhere is left out."""
    rest = [{place: node.own for place, node in enumerate(layers.nodes[-1])}]
    for index in range(len(layers.nodes) - 2, -1, -1):
        here, following = layers.nodes[index], layers.nodes[index + 1]
        if index in layers.loose:
            step = layers.step(here[0], following[0], spacing)
            found = {0: here[0].own + step + rest[0][0]} if rest[0] else {}
        else:
            after = _cheapest_after(here, following, rest[0], layers.costs, spacing)
            found = {
                place: node.own + cost
                for place, (node, cost) in enumerate(zip(here, after, strict=True))
                if cost is not None
            }
        rest.insert(0, found)
    return rest


def _cheapest_after(
    here: Sequence[Node], following: Sequence[Node], rest: Mapping[int, int], costs: Costs, spacing: Spacing
) -> list[int | None]:
    """For each node say what the cheapest continuation costs, with all that comes after it."""
    cheapest: list[int | None] = [None] * len(here)
    windows = partial(
        cheapest_at_gap,
        least=spacing.min_days,
        best=spacing.ideal_days,
        most=spacing.max_days,
        each_off=costs.day_off_ideal,
    )
    # An upper bound that one of the four meets: who has the same hands is counted with those who have any, too.
    for with_hands, with_device, change in (
        (True, True, 0),
        (True, False, costs.other_device),
        (False, True, costs.other_practitioner),
        (False, False, costs.other_practitioner + costs.other_device),
    ):
        points = _points(following, rest, with_hands=with_hands, with_device=with_device)
        asked: dict[State, list[int]] = {}
        for place, node in enumerate(here):
            state = _state(node.candidate, with_hands=with_hands, with_device=with_device)
            if state in points:
                asked.setdefault(state, []).append(place)
        for state, places in asked.items():
            days = [here[place].day for place in places]
            for place, cost in zip(places, windows(days, points[state]), strict=True):
                if cost is not None and ((known := cheapest[place]) is None or cost + change < known):
                    cheapest[place] = cost + change
    return cheapest


def _state(candidate: Candidate, *, with_hands: bool, with_device: bool) -> State:
    return (candidate.practitioner if with_hands else None, candidate.device if with_device else None)


def _points(
    nodes: Sequence[Node], rest: Mapping[int, int], *, with_hands: bool, with_device: bool
) -> dict[State, Points]:
    """For each state list its days, and of each the smallest cost."""
    smallest: dict[State, dict[int, int]] = {}
    for place, cost in rest.items():
        node = nodes[place]
        of_days = smallest.setdefault(_state(node.candidate, with_hands=with_hands, with_device=with_device), {})
        if cost < of_days.get(node.day, cost + 1):
            of_days[node.day] = cost
    return {state: list(of_days.items()) for state, of_days in smallest.items()}  # nodes are in the order of days
