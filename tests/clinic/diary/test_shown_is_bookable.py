"""Shown is bookable and bookable is shown, in clinics that chance has made, and *why not* says the same."""

import os
import random
from datetime import timedelta

import pytest
from django.db import transaction

from corneum.clinic.diary import actions, queries
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import day_window, local
from corneum.platform.accounts.actors import Actor
from tests.clinic.diary.clinics import Reading, World, make_world
from tests.clinic.diary.remedies import remove

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Of Chatham, Lord Howe, St John's and London, each on the days of a change; CORNEUM_WORLDS=40 tries as many others.
SEEDS = range(100, 100 + int(os.environ["CORNEUM_WORLDS"])) if "CORNEUM_WORLDS" in os.environ else (105, 109, 110, 121)


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


def test_without_the_reason_shown_the_time_appears_or_the_next_reason_does(world: World):
    clinic, treatment = world.cast.manchester, world.treatment
    tried = [start for start in candidates(world, offered(world), 12) if is_within_a_day(world, start)]

    for start in tried:
        with transaction.atomic():
            now, removed = world.now, []
            while reasons := queries.why_not(clinic=clinic, treatment=treatment, starts=start, at=world.now):
                assert reasons[0] not in removed
                removed.append(reasons[0])
                remove(world, reasons[0], start)
            assert (start, is_booked(world, start)) == (start, True)
            world.now = now
            transaction.set_rollback(True)


def is_within_a_day(world: World, start: int) -> bool:
    """Leave out what reaches over midnight: no opening hours do."""
    zone = world.cast.manchester.zone
    return local(start, zone).date() == local(start + world.treatment.minutes + 1, zone).date()
