"""NoOverlap refuses whichever way a row comes in, on either database, and lets in all that may come in."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, models, transaction
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneum.clinic.diary.models import Hold, Schedule, Slot
from corneum.db.errors import refusing
from corneum.db.no_overlap import NoOverlap
from corneum.domain.errors import ClinicError
from tests.db.attacker import Row
from tests.db.rows import make_hold, make_schedule, raw, refusal, slot
from tests.db.test_attack import too_close

pytestmark = pytest.mark.django_db

AFTER, BEFORE = "diary_slot_no_overlap_after", "diary_slot_no_overlap_before"
EITHER = (AFTER, BEFORE)  # who breaks both rules is told of one: which, is for the database to say


@pytest.fixture
def hold(db: None) -> Hold:
    return make_hold()


@pytest.fixture
def room(db: None) -> Schedule:
    return make_schedule()


@pytest.mark.parametrize(
    "visit, buffers, refused",
    [
        ((130, 160), (0, 0), ("",)),  # right after the clean-down
        ((129, 160), (0, 0), (AFTER,)),  # inside it
        ((60, 90), (0, 0), ("",)),  # right before the set-up
        ((60, 91), (0, 0), (BEFORE,)),  # inside it
        ((130, 160), (10, 0), ("",)),  # two buffers of ten share the same ten minutes
        ((130, 160), (11, 0), (BEFORE,)),  # but the larger of the two holds
        ((60, 90), (0, 10), ("",)),
        ((60, 90), (0, 11), (AFTER,)),
        ((100, 120), (0, 0), EITHER),  # the very same time
        ((90, 140), (0, 0), EITHER),  # around it
        ((105, 110), (0, 0), EITHER),  # within it
    ],
)
def test_slot_keeps_the_larger_buffer(hold, room, visit, buffers, refused):
    slot(room, hold, 100, 120, before=10, after=10).save()

    before, after = buffers
    name = refusal(lambda: slot(room, hold, *visit, before=before, after=after).save())

    assert name in refused


def test_slot_of_another_schedule_is_in_nobodys_way(hold, room):
    slot(room, hold, 100, 120).save()

    slot(make_schedule(), hold, 100, 120).save()

    assert Slot.objects.count() == 2


def test_slot_no_longer_live_is_in_nobodys_way(hold, room):
    first = slot(room, hold, 100, 120)
    first.is_live = False
    first.save()

    slot(room, hold, 100, 120).save()

    assert refusal(lambda: Slot.objects.filter(pk=first.pk).update(is_live=True)) in EITHER


def ways_in(room: Schedule, hold: Hold) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield every way of writing a row that overlaps 100 to 120; another slot lies at 200."""
    yield "save", lambda: slot(room, hold, 110, 130).save()
    yield "bulk_create", lambda: Slot.objects.bulk_create([slot(room, hold, 10, 20), slot(room, hold, 110, 130)])
    yield "bulk_create of two", lambda: Slot.objects.bulk_create([slot(room, hold, 10, 20), slot(room, hold, 15, 25)])
    yield "update", lambda: Slot.objects.filter(starts=200).update(starts=110, clear_from=110)
    yield "update by F", lambda: Slot.objects.filter(starts=200).update(starts=F("starts") - 90, clear_from=110)
    yield "move to the schedule", lambda: moved(room, hold)
    row = Row(room.pk, hold.pk, 110, 130, 110, 130)
    yield "raw insert", lambda: raw(insert(row))
    yield "raw update", lambda: raw("UPDATE diary_slot SET starts = 110, clear_from = 110 WHERE starts = 200")
    if connection.vendor == "sqlite":
        other = Slot.objects.get(starts=200).pk
        yield "insert or ignore", lambda: raw(insert(row, "INSERT OR IGNORE"))
        yield "insert or replace", lambda: raw(insert(row, "INSERT OR REPLACE", other))
        yield (
            "update or replace",
            lambda: raw("UPDATE OR REPLACE diary_slot SET starts = 110, clear_from = 110 WHERE starts = 200"),
        )


def test_every_way_in_is_refused_by_name(hold, room):
    slot(room, hold, 100, 120).save()
    slot(room, hold, 200, 220).save()
    before = list(Slot.objects.order_by("pk").values())

    names = {way: refusal(write) for way, write in ways_in(room, hold)}

    assert {way for way, name in names.items() if name not in EITHER} == set()
    assert list(Slot.objects.order_by("pk").values()) == before


def test_bulk_create_that_ignores_conflicts_lets_no_overlap_in(hold, room):
    slot(room, hold, 100, 120).save()
    overlapping = [slot(room, hold, 110, 130), slot(room, hold, 90, 105)]

    name = refusal(lambda: Slot.objects.bulk_create(overlapping, ignore_conflicts=True))

    assert name in (EITHER if connection.vendor == "sqlite" else ("",))  # PostgreSQL leaves them out without a word
    assert list(Slot.objects.values_list("starts", flat=True)) == [100]


def test_update_may_move_a_slot_over_its_own_old_time(hold, room):
    slot(room, hold, 100, 120, after=10).save()

    Slot.objects.update(starts=110, ends=130, clear_from=110, clear_until=140)

    assert Slot.objects.get().starts == 110


def test_refusing_says_the_clinics_own_words_and_leaves_the_transaction_alive(hold, room):
    class SlotTaken(ClinicError):
        """Somebody has just taken this time."""

    slot(room, hold, 100, 120).save()

    with pytest.raises(SlotTaken) as caught, refusing(dict.fromkeys(EITHER, SlotTaken)):
        slot(room, hold, 100, 120).save()

    assert str(caught.value) == "Somebody has just taken this time."
    assert Slot.objects.count() == 1


def test_refusing_raises_a_refusal_that_was_made_beforehand(hold, room):
    refusal_with_more = ClinicError("Half past nine is still free.")
    slot(room, hold, 100, 120).save()

    with pytest.raises(ClinicError) as caught, refusing(dict.fromkeys(EITHER, refusal_with_more)):
        slot(room, hold, 100, 120).save()

    assert caught.value is refusal_with_more


def test_refusing_raises_what_nobody_mapped_as_it_is(hold, room):
    slot(room, hold, 100, 120).save()

    with pytest.raises(IntegrityError), refusing({"another_constraint": ClinicError}):
        slot(room, hold, 100, 120).save()


minutes = st.integers(min_value=0, max_value=60)
buffers = st.integers(min_value=0, max_value=12)
visits = st.tuples(minutes, st.integers(min_value=1, max_value=20), buffers, buffers)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(visits, max_size=12))
def test_sequence_of_slots_is_accepted_as_the_plain_rule_says(hold, room, sequence):
    accepted: list[Row] = []

    with transaction.atomic():
        for starts, length, before, after in sequence:
            row = Row(room.pk, hold.pk, starts, starts + length, starts - before, starts + length + after)
            expected = not any(too_close(row, other) for other in accepted)
            assert (refusal(partial(raw, insert(row))) == "") is expected
            accepted += [row] * expected
        transaction.set_rollback(True)


@pytest.mark.postgres  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_writers_of_one_schedule_take_turns_on_postgres(hold, room):
    another_room, second = make_schedule(), connections.create_connection("default")
    try:
        with transaction.atomic(), second.cursor() as cursor:
            slot(room, hold, 100, 120).save()
            cursor.execute("BEGIN")
            cursor.execute("SET LOCAL lock_timeout = '50ms'")

            # nobody waits for a schedule that nobody is writing to
            cursor.execute(insert(Row(another_room.pk, hold.pk, 100, 120, 100, 120)))
            with pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute(insert(Row(room.pk, hold.pk, 900, 930, 900, 930)))
            cursor.execute("ROLLBACK")
    finally:
        second.close()


def test_no_overlap_refuses_a_field_that_may_be_empty():
    class Visit(models.Model):
        room = models.IntegerField(null=True)
        starts = models.IntegerField()
        ends = models.IntegerField()

        class Meta:
            app_label = "nowhere"

    constraint = NoOverlap(name="nowhere", per="room", starts="starts", ends="ends", live=Q())

    with pytest.raises(ValueError, match="nowhere: an empty value"):
        constraint.triggers(Visit, connection.schema_editor())


def insert(row: Row, verb: str = "INSERT", key: int | None = None) -> str:
    """Write a slot in SQL."""
    columns, values = (
        "schedule_id, hold_id, starts, ends, clear_from, clear_until, is_live, is_overbooked",
        [*row, "true", "false"],
    )
    if key:
        columns, values = f"id, {columns}", [key, *values]
    return f"{verb} INTO diary_slot ({columns}) VALUES ({', '.join(str(value) for value in values)})"


def moved(room: Schedule, hold: Hold) -> None:
    """Move a slot of another schedule to where somebody is already."""
    elsewhere = slot(make_schedule(), hold, 110, 130)
    elsewhere.save()
    Slot.objects.filter(pk=elsewhere.pk).update(schedule=room)
