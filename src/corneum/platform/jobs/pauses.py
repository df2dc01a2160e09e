"""How long to wait before trying again."""

import secrets
from datetime import timedelta

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=4)


def pause_after(attempts: int, chance: float, longest: timedelta = LONGEST) -> timedelta:
    """
    Say how long to wait before the next attempt: twice as long each time, up to the longest.

    :param chance: from 0 to 1; spreads those that failed together over half to one and a half of it
    """
    doubled: timedelta = FIRST * 2.0 ** min(max(attempts, 1) - 1, 20)
    return min(doubled, longest) * (0.5 + chance)


def any_chance() -> float:
    """Draw a number from 0 to 1."""
    return secrets.SystemRandom().random()
