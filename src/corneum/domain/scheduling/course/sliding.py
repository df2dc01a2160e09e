"""Sliding windows: the best of what lies a fitting gap ahead, for a whole row of days at the price of one."""

from collections import deque
from collections.abc import Sequence

Points = list[tuple[int, int]]  # places in order, each with what it costs


def cheapest_at_gap(
    places: Sequence[int], points: Points, *, least: int, best: int, most: int, each_off: int
) -> list[int | None]:
    """
    For each place, in order, say the smallest of cost + `each_off` x |gap - best| over the points ahead.

    A point counts when it lies `least` to `most` ahead; None where none does. Up to the best gap
    the sum falls with the point's place, from there it rises; so each side is the smallest of a
    window that slides over one row of numbers, and all places together cost what all points cost.
    """
    near = _smallest(places, [(place, cost - each_off * place) for place, cost in points], least, best)
    far = _smallest(places, [(place, cost + each_off * place) for place, cost in points], best, most)
    found: list[int | None] = []
    for place, nearer, farther in zip(places, near, far, strict=True):
        shift = each_off * (place + best)
        sums = [] if nearer is None else [nearer + shift]
        if farther is not None:
            sums.append(farther - shift)
        found.append(min(sums, default=None))
    return found


def _smallest(places: Sequence[int], points: Points, least: int, most: int) -> list[int | None]:
    """For each place say the smallest value of the points that are `least` to `most` ahead of it."""
    rising: deque[tuple[int, int]] = deque()  # each larger than the one before it: no other can be wanted again
    found: list[int | None] = []
    coming = 0
    for place in places:
        while coming < len(points) and points[coming][0] <= place + most:
            while rising and rising[-1][1] >= points[coming][1]:
                rising.pop()
            rising.append(points[coming])
            coming += 1
        while rising and rising[0][0] < place + least:
            rising.popleft()
        found.append(rising[0][1] if rising else None)
    return found
