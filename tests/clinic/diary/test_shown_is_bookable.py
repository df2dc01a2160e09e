"""Shown is bookable and bookable is shown, in clinics that chance has made, and *why not* says the same."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from corneum.clinic.diary import actions, queries
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import day_window
from corneum.platform.accounts.actors import Actor
from tests.clinic.diary.clinics import Reading, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEEDS = (100, 108, 109, 113)


@pytest.fixture(params=SEEDS)
def world(request, cast) -> World:
    return make_world(cast, request.param)


def offered(world: World) -> dict[int, list[int]]:
    last = world.first + timedelta(days=1)
    times = queries.openings_for(
        clinic=world.cast.manchester, treatment=world.treatment, first=world.first, last=last, at=world.now
    )
    return {time.starts: sorted(time.practitioner_ids) for time in times}


def candidates(world: World, found: dict[int, list[int]], count: int) -> list[int]:
    """Choose minutes to try: some that are offered, some beside them, some from anywhere."""
    rng = random.Random(world.treatment.pk)
    window = day_window(world.first, world.first + timedelta(days=1), world.cast.manchester.zone)
    some = rng.sample(sorted(found), min(len(found), count // 3))
    anywhere = [rng.randrange(window.starts, window.ends, 5) for _ in range(count // 3)]
    return sorted({*some, *(start + rng.choice((-5, 5, 1, 15)) for start in some), *anywhere} & set(range(*window)))


def is_booked(world: World, start: int) -> bool:
    """Book it, and take it back."""
    try:
        with transaction.atomic():
            actions.book_appointment(
                clinic=world.cast.manchester, treatment=world.treatment, starts=start, practitioner=None,
                patient=world.cast.alice, note="", by=Actor.staff(world.cast.dana), at=world.now,
            )  # fmt: skip
            transaction.set_rollback(True)
    except ClinicError:
        return False
    return True


def test_search_booking_and_why_not_say_what_the_rows_say(world: World):
    found = offered(world)
    reading = Reading(world)

    for start in candidates(world, found, 24):
        able = sorted(reading.practitioners_at(start))
        why = queries.why_not(clinic=world.cast.manchester, treatment=world.treatment, starts=start, at=world.now)
        assert (start, found.get(start, [])) == (start, able)
        assert (start, [reason.sentence for reason in why] == []) == (start, bool(able))
        assert (start, is_booked(world, start)) == (start, bool(able))
