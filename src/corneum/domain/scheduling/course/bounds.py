"""The least that a course can cost by its days alone, whoever gives it: what no plan can undercut."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from corneum.domain.scheduling.course.sliding import cheapest_at_gap

Row = dict[int, int]  # of one visit: the days it may have, in order, and the least each costs by itself


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far apart visits may lie, and what each day off the best gap costs."""

    least: int
    best: int
    most: int
    each_off: int

    def cheapest(self, days: Sequence[int], row: Row) -> list[int | None]:
        """For each day say what the cheapest day of the next visit costs, None where none fits."""
        return cheapest_at_gap(
            days, list(row.items()), least=self.least, best=self.best, most=self.most, each_off=self.each_off
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    What a course costs at least, None when there is none at all; and, for each visit and day, what it
    costs besides that visit itself when it is then. Days that lead nowhere are not there.
    """

    least: int | None
    around: list[Row]


def bounds_of(rows: Sequence[Row], gaps: Gaps, loose: Container[int]) -> Bounds:
    """
    Work out the bounds, forwards and backwards.

    :param loose: the places of visits after which the gap may be anything, because both are as they are
    """
    last = len(rows) - 1
    ahead = _sums(rows, gaps, loose)
    # Backwards is forwards in a mirror: the last visit first, and every day on the other side of nought.
    mirrored = [{-day: own for day, own in reversed(row.items())} for row in reversed(rows)]
    behind = _sums(mirrored, gaps, [last - 1 - place for place in range(last) if place in loose])[::-1]
    around = [
        {day: cost + before[-day] - 2 * row[day] for day, cost in after.items() if -day in before}
        for row, after, before in zip(rows, ahead, behind, strict=True)
    ]
    return Bounds(min(ahead[0].values(), default=None), around)


def _sums(rows: Sequence[Row], gaps: Gaps, loose: Container[int]) -> list[Row]:
    """For each visit and day the least that the course costs from there on."""
    sums = [rows[-1]]
    for place in range(len(rows) - 2, -1, -1):
        row, following = rows[place], sums[-1]
        days = list(row)
        after: list[int | None]
        if place in loose:
            ((day, cost),) = following.items() or ((0, None),)
            after = [None if cost is None else cost + gaps.each_off * abs(day - days[0] - gaps.best)]
        else:
            after = gaps.cheapest(days, following)
        sums.append({day: row[day] + cost for day, cost in zip(days, after, strict=True) if cost is not None})
    return sums[::-1]
