"""What stood in the way of a course, and how it is spaced, as the desk would say it."""

from collections.abc import Iterable
from datetime import date

from corneum.clinic.booking.words import weeks
from corneum.domain.scheduling.course import Obstacle


def gap(days: int) -> str:
    """This will say a number of days as people do: 2 weeks, 10 days."""
    return weeks(days) if days % 7 == 0 else f"{days} {'day' if days == 1 else 'days'}"


def day(of: date) -> str:
    """This will name a day: 12 May; the year is said when it is another than people think of."""
    return f"{of.day} {of:%B}"


def stood_in_the_way(obstacle: Obstacle, *, last_day: date | None) -> list[str]:
    """
    This will say, in sentences, why there is no plan.

    :param last_day: the last day that can be booked at all, if there is one
    """
    which = f"Visit {obstacle.visit} of {obstacle.visits}"
    if last_day is None:
        return ["This clinic does not offer this treatment."]
    if not obstacle.spans:
        return [f"{which}: there is no free time up to {day(last_day)}, the last day that can be booked so far."]
    between = _listed(f"between {day(first)} and {day(last)}" for first, last in obstacle.spans)
    if obstacle.is_fixed:
        return [f"{which} stays where it is, but it would have to be {between} to fit the one before it."]
    if obstacle.spans[0][0] > last_day:
        return [f"{which} would be {between}, but times can only be booked up to {day(last_day)} so far."]
    said = [f"{which}: there is no free time {between}."]
    if obstacle.spans[-1][1] > last_day:
        said.append(f"Times can be booked up to {day(last_day)}, so later ones cannot be looked at yet.")
    return said


def _listed(parts: Iterable[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} or {last}" if before else last
