"""Why not: each thing that can stand in the way is named, in order and with its owner."""

from datetime import date, time, timedelta

import pytest

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Owner
from corneum.clinic.practitioners.models import Qualification, RotaDay
from corneum.clinic.premises.models import Closure, Device
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)
TEN = minute("2026-03-10T10:00")


def why(cast: Cast, starts: int = TEN, **wanted):
    wanted = {"treatment": cast.consultation, "practitioner": cast.rosa} | wanted
    return queries.why_not(clinic=cast.manchester, starts=starts, at=NOW, **wanted)


def causes(cast: Cast, starts: int = TEN, **wanted) -> list[str]:
    return [reason.cause.value for reason in why(cast, starts, **wanted)]


def block(cast: Cast, owner: Owner, starts: int, ends: int) -> None:
    actions.block_time(
        clinic=cast.manchester, owners=[owner], kind="leave", spans=[Interval(starts, ends)],
        by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip


def test_nothing_stands_in_the_way_of_a_time_that_is_offered(cast):
    assert why(cast) == []


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2026-03-09T07:30", ["past", "notice", "closed", "off shift"]),
        ("2026-03-09T09:30", ["notice"]),
        ("2026-03-10T10:05", ["step"]),
        ("2026-03-10T12:15", ["off shift"]),  # half an hour that would cut into lunch
        ("2026-03-10T16:45", ["closed", "off shift"]),
        ("2026-03-15T10:00", ["closed", "off shift"]),  # a Sunday
        ("2026-05-15T10:00", ["horizon"]),
    ],
)
def test_rules_and_hours_are_named(cast, starts, expected):
    assert causes(cast, minute(starts)) == expected


def test_weekday_and_full_day_are_named(cast):
    make_appointment(cast, minute("2026-03-10T14:00"), practitioner=cast.nadia)
    Offer.objects.filter(treatment=cast.consultation).update(weekdays=0b1111101, most_per_day=1)

    assert causes(cast) == ["weekday", "day full"]


def test_closed_day_and_day_off_are_named(cast):
    Closure.objects.create(clinic=cast.manchester, on=TUESDAY, reason="training")
    RotaDay.objects.create(practitioner=cast.rosa, clinic=cast.manchester, on=TUESDAY)

    assert causes(cast) == ["closed", "off shift"]


def test_visit_that_is_there_is_named_by_its_reference_and_never_by_its_patient(cast):
    there = make_appointment(cast, TEN, practitioner=cast.rosa)

    reasons = why(cast)

    assert [reason.cause for reason in reasons] == ["busy", "busy"]  # Rosa, and the one consulting room
    assert reasons[0].sentence == f"Rosa Lindley has {there.reference} from 10:00 to 10:30."
    assert reasons[0].appointment == there.ref
    assert "Alice" not in "".join(reason.sentence for reason in reasons)


def test_buffer_is_told_from_the_visit_itself(cast):
    make_appointment(cast, TEN, practitioner=cast.rosa)
    Offer.objects.update(step_minutes=5)

    late = why(cast, TEN + 30)

    assert [(reason.cause, reason.owner) for reason in late] == [("buffer", Owner("practitioner", cast.rosa.pk))]
    assert late[0].sentence == "Rosa Lindley needs more time beside the visit from 10:00 to 10:30."


def test_time_that_is_being_kept_is_named_until_it_expires(cast):
    make_hold(cast, TEN, practitioner=cast.rosa)

    assert set(causes(cast)) == {"kept"}
    later = queries.why_not(
        clinic=cast.manchester, treatment=cast.consultation, practitioner=cast.rosa, starts=TEN,
        at=NOW + timedelta(minutes=11),
    )  # fmt: skip
    assert later == []


def test_leave_and_training_are_named_without_saying_why(cast):
    block(cast, Owner("practitioner", cast.rosa.pk), TEN, TEN + 60)

    assert [reason.sentence for reason in why(cast)] == ["Rosa Lindley is not available from 10:00 to 11:00."]
    assert causes(cast, TEN - 30) == ["blocked"]  # five minutes of notes would reach into it


def test_qualification_is_asked_of_the_day(cast):
    Qualification.objects.filter(practitioner=cast.rosa).update(valid_until=TUESDAY - timedelta(days=1))

    assert causes(cast) == ["not qualified"]


def test_somebody_who_was_never_trained_is_named(cast):
    assert [reason.sentence for reason in why(cast, treatment=cast.peel, practitioner=cast.nadia)] == [
        "Nadia Rahman does not work here, or was never trained in this treatment."
    ]


def test_nobody_and_nothing_of_the_kind(cast):
    Qualification.objects.filter(treatment=cast.peel).delete()
    Need.objects.filter(treatment=cast.peel, what="room").update(kind="consulting")
    cast.consulting_room.is_active = False
    cast.consulting_room.save()

    found = why(cast, treatment=cast.peel, practitioner=None)

    assert [reason.sentence for reason in found] == [
        "Nobody who works here may give this treatment.",
        "The clinic has no consulting room in use.",
    ]


def test_device_whose_service_is_due_is_named(cast):
    Device.objects.update(service_due=TUESDAY - timedelta(days=1))

    assert causes(cast, treatment=cast.microdermabrasion) == ["service due"]


def test_machine_that_is_fixed_in_a_room_that_is_taken_is_not_to_be_had(cast):
    """Others offer such times (more than half of Cal.com's, for machines fixed in rooms)."""
    Device.objects.filter(pk=cast.crystal.pk).update(room=cast.treatment_room_1)
    block(cast, Owner("room", cast.treatment_room_1.pk), TEN, TEN + 60)

    assert causes(cast, treatment=cast.microdermabrasion) == ["not together"]
    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, TEN, treatment=cast.microdermabrasion)


def test_patients_own_visit_and_limits_are_named(cast):
    mine = make_appointment(cast, TEN, treatment=cast.peel, practitioner=cast.rosa)
    Offer.objects.filter(treatment=cast.consultation).update(consultation_first=True, most_open_per_patient=0)

    found = why(cast, practitioner=cast.nadia, patient=cast.alice)

    assert [(reason.cause, reason.appointment) for reason in found] == [
        ("patient busy", mine.ref), ("enough to come", ""), ("consultation first", ""),
    ]  # fmt: skip


def test_treatment_that_the_clinic_does_not_offer(cast):
    Offer.objects.filter(treatment=cast.peel).delete()

    assert causes(cast, treatment=cast.peel) == ["not offered"]


def test_room_with_two_places_takes_two(cast):
    cast.consulting_room.places = 2
    cast.consulting_room.save()

    make_appointment(cast, TEN, practitioner=cast.rosa)
    second = make_appointment(cast, TEN, practitioner=cast.nadia, patient=cast.bea)

    places = sorted(slot.schedule.owner for slot in second.slots.select_related("schedule") if slot.schedule.room_id)
    assert places == [Owner("room", cast.consulting_room.pk, 2)]
    assert time(10) == time.fromisoformat(second.wall_time[11:])
