"""Courses, made as the desk makes them."""

from datetime import date, datetime
from typing import Any

from corneum.clinic.courses import actions
from corneum.clinic.courses.models import Course
from corneum.clinic.courses.planning import Wish
from corneum.domain.scheduling.course import Spacing
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast

FORTNIGHT = Spacing(min_days=10, max_days=18, ideal_days=14)


def make_wish(cast: Cast, **changes: Any) -> Wish:
    """Wish for four sessions of microdermabrasion for Alice, a fortnight apart, unless the test says otherwise."""
    asked: dict[str, Any] = {
        "clinic": cast.manchester,
        "patient": cast.alice,
        "treatment": cast.microdermabrasion,
        "visits": 4,
        "spacing": FORTNIGHT,
        "first": date(2026, 3, 10),
    }
    return Wish(**asked | changes)


def make_course(cast: Cast, *, at: datetime = NOW, **changes: Any) -> Course:
    """Book the best plan for a wish."""
    return actions.book_course(wish=make_wish(cast, **changes), times=None, by=Actor.staff(cast.dana), at=at)
