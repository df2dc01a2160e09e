"""Which times are offered, and which appointments somebody may see."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.queries import TimeOffered
from corneum.clinic.practitioners.models import Qualification, Registration, WorkingHours
from corneum.clinic.premises.models import Closure, OpeningHours, Room
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import VISITOR
from tests.factories.cast import NOW, make_device, make_practitioner, make_room
from tests.factories.diary import clocks, make_appointment, make_hold, minute

TUESDAY = date(2026, 3, 10)


def offered(cast, day=TUESDAY, treatment=None, **more) -> list[TimeOffered]:
    found = queries.openings_for(
        **{
            "clinic": cast.manchester,
            "treatment": treatment or cast.consultation,
            "first": day,
            "last": day,
            "at": NOW,
            **more,
        }
    )
    return list(found)


def starts_of(times) -> list[int]:
    return [time.starts for time in times]


def test_openings_for_are_on_the_clinics_grid_within_the_practitioners_hours(cast):
    times = offered(cast, practitioner=cast.rosa)

    morning = [f"{hour:02d}:{quarter:02d}" for hour in (9, 10, 11) for quarter in (0, 15, 30, 45)] + ["12:00"]
    afternoon = ["13:30", "13:45"]
    afternoon += [f"{hour:02d}:{quarter:02d}" for hour in (14, 15) for quarter in (0, 15, 30, 45)]
    afternoon += ["16:00", "16:15", "16:30"]
    assert clocks(starts_of(times)) == morning + afternoon


def test_openings_for_name_everybody_who_is_free(cast):
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa, treatment=cast.microdermabrasion)

    times = offered(cast)

    assert times[0][:2] == (minute("2026-03-10T09:00"), minute("2026-03-10T09:30"))
    assert times[0].practitioner_ids == (cast.nadia.pk,)
    assert times[-1].practitioner_ids == (cast.rosa.pk, cast.nadia.pk)


def test_openings_for_keep_the_notice_to_the_minute(cast):
    at = NOW.replace(hour=8, minute=0, second=1)

    times = offered(cast, day=NOW.date(), at=at)

    assert clocks(starts_of(times))[0] == "10:15"
    assert clocks(starts_of(offered(cast, day=NOW.date(), at=NOW)))[0] == "10:00"


def test_openings_for_end_with_the_horizon(cast):
    last_day = NOW.date() + timedelta(days=60)

    on_it, after_it = offered(cast, day=last_day), offered(cast, day=last_day + timedelta(days=1))

    assert [len(on_it) > 0, after_it] == [True, []]


def test_openings_for_are_none_in_the_past(cast):
    assert offered(cast, day=NOW.date() - timedelta(days=3)) == []


def test_openings_for_are_none_of_what_the_clinic_does_not_offer(cast):
    Offer.objects.filter(clinic=cast.manchester, treatment=cast.peel).delete()

    assert offered(cast, treatment=cast.peel) == []


def test_openings_for_are_none_on_a_closed_day(cast):
    Closure.objects.create(clinic=cast.manchester, on=TUESDAY, reason="training")

    assert offered(cast) == []


def test_openings_for_keep_the_visit_and_not_the_clean_down_within_closing_time(cast):
    OpeningHours.objects.filter(clinic=cast.manchester, weekday=TUESDAY.weekday()).update(closes=time(12))

    times = offered(cast, treatment=cast.microdermabrasion)

    assert clocks(starts_of(times))[-1] == "11:15"


def test_openings_for_ask_for_training_in_the_treatment(cast):
    assert {time.practitioner_ids for time in offered(cast, treatment=cast.peel)} == {(cast.rosa.pk,)}
    assert offered(cast, treatment=cast.peel, practitioner=cast.nadia) == []


def test_openings_for_end_with_a_registration(cast):
    Registration.objects.filter(practitioner=cast.rosa).update(valid_until=TUESDAY)

    week = offered(cast, treatment=cast.peel, first=TUESDAY, last=TUESDAY + timedelta(days=7))

    assert {local(time.starts, cast.manchester.zone).date() for time in week} == {TUESDAY}


def test_openings_for_end_with_a_qualification_and_begin_with_the_next(cast):
    Qualification.objects.filter(treatment=cast.peel).update(valid_until=TUESDAY)
    Qualification.objects.create(practitioner=cast.rosa, treatment=cast.peel, valid_from=TUESDAY + timedelta(days=2))

    week = offered(cast, treatment=cast.peel, first=TUESDAY, last=TUESDAY + timedelta(days=3))

    days = {local(time.starts, cast.manchester.zone).date() for time in week}
    assert days == {TUESDAY, TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=3)}


def test_openings_for_leave_out_whoever_has_left(cast):
    cast.rosa.is_active = False
    cast.rosa.save()

    assert {time.practitioner_ids for time in offered(cast)} == {(cast.nadia.pk,)}


def test_openings_for_leave_out_whoever_works_elsewhere_that_day(cast):
    WorkingHours.objects.filter(practitioner=cast.rosa).update(clinic=cast.stockport)

    here, there = offered(cast), offered(cast, clinic=cast.stockport)

    assert {time.practitioner_ids for time in here} == {(cast.nadia.pk,)}
    assert {time.practitioner_ids for time in there} == {(cast.rosa.pk, cast.sian.pk)}


def test_openings_for_count_a_visit_at_another_clinic(cast):
    WorkingHours.objects.create(
        practitioner=cast.sian, clinic=cast.manchester, weekday=1, starts=time(9), ends=time(11),
        valid_from=date(2025, 1, 1),
    )  # fmt: skip
    actions.hold_time(
        clinic=cast.stockport, treatment=cast.consultation, starts=minute("2026-03-10T09:15"), practitioner=cast.sian,
        by=VISITOR, at=NOW,
    )  # fmt: skip

    times = offered(cast, practitioner=cast.sian)

    assert clocks(starts_of(times)) == ["10:00", "10:15", "10:30"]  # the clean-down lasts until 9:50


def test_openings_for_keep_the_larger_of_two_buffers(cast):
    # Room 2 is shut, so that the peel meets the microdermabrasion in room 1.
    cast.treatment_room_2.is_active = False
    cast.treatment_room_2.save()
    starts = minute("2026-03-10T10:00")
    make_appointment(cast, starts, practitioner=cast.nadia, treatment=cast.microdermabrasion)

    times = offered(cast, treatment=cast.peel)

    # The room asks for 10 minutes before and 15 after the one, 5 before and 10 after the other:
    # the larger is 10 before 10:00 and 15 after 10:45, so 9:15 and 11:00 are the nearest quarters.
    assert [clock for clock in clocks(starts_of(times)) if "08:45" < clock < "11:30"] == [
        "09:00", "09:15", "11:00", "11:15",
    ]  # fmt: skip


def test_openings_for_need_a_free_device(cast):
    make_appointment(cast, minute("2026-03-10T09:00"), practitioner=cast.rosa, treatment=cast.microdermabrasion)

    times = offered(cast, treatment=cast.microdermabrasion, practitioner=cast.nadia)

    assert clocks(starts_of(times))[0] == "10:00"  # there is one device, and it is cleaned until ten


def test_openings_for_need_two_different_rooms_when_a_treatment_asks_for_two(cast):
    Need.objects.create(treatment=cast.peel, what=Need.What.ROOM, kind="")
    for room in (cast.consulting_room, cast.treatment_room_2):
        room.is_active = False
        room.save()

    assert offered(cast, treatment=cast.peel) == []


def test_openings_for_do_not_count_a_hold_that_has_expired(cast):
    starts = minute("2026-03-10T09:00")
    make_hold(cast, starts, practitioner=cast.rosa)
    while_held = offered(cast, practitioner=cast.rosa, at=NOW + timedelta(minutes=10) - timedelta(seconds=1))

    afterwards = offered(cast, practitioner=cast.rosa, at=NOW + timedelta(minutes=10))

    assert clocks(starts_of(while_held))[0] == "09:45"
    assert clocks(starts_of(afterwards))[0] == "09:00"


def test_openings_for_let_an_appointment_move_over_its_own_time(cast):
    starts = minute("2026-03-10T09:00")
    appointment = make_appointment(cast, starts, practitioner=cast.rosa)

    times = offered(cast, practitioner=cast.rosa, ignoring=appointment)

    assert clocks(starts_of(times))[:2] == ["09:00", "09:15"]


@pytest.mark.parametrize(
    ("sunday", "hours", "expected"),
    [
        # At 1:00 GMT the clocks say 2:00: the hour in between is not there, so 0:30 to 2:30 is one hour.
        (date(2026, 3, 29), (time(0, 30), time(2, 30)), ["00:30", "00:45", "01:00"]),
        # At 2:00 BST the clocks say 1:00 again: 0:30 to 2:30 is three hours, of which 1:00 to 2:00 comes twice.
        (
            date(2026, 10, 25),
            (time(0, 30), time(2, 30)),
            ["23:30", "23:45", "00:00", "00:15", "00:30", "00:45", "01:00", "01:15", "01:30", "01:45", "02:00"],
        ),
    ],
)
def test_openings_for_are_right_when_the_clocks_change(cast, sunday, hours, expected):
    starts, ends = hours
    OpeningHours.objects.create(clinic=cast.manchester, weekday=6, opens=starts, closes=ends)
    WorkingHours.objects.create(
        practitioner=cast.rosa, clinic=cast.manchester, weekday=6, starts=starts, ends=ends,
        valid_from=date(2025, 1, 1),
    )  # fmt: skip

    times = offered(cast, day=sunday, at=datetime(sunday.year, sunday.month, 1, tzinfo=UTC))

    assert clocks(starts_of(times)) == expected


def test_openings_for_on_either_side_of_the_spring_change_begin_at_nine_by_the_wall(cast):
    times = offered(cast, first=date(2026, 3, 28), last=date(2026, 3, 30), day=None)

    firsts: dict[date, tuple[str, str]] = {}
    for time_offered in times:
        wall = local(time_offered.starts, cast.manchester.zone)
        firsts.setdefault(wall.date(), (f"{wall:%H:%M}", clocks([time_offered.starts])[0]))
    assert firsts == {date(2026, 3, 28): ("09:00", "09:00"), date(2026, 3, 30): ("09:00", "08:00")}


def test_openings_for_ask_the_same_number_of_queries_however_much_there_is(cast):
    def count(last):
        with CaptureQueriesContext(connection) as captured:
            times = offered(cast, treatment=cast.microdermabrasion, last=last)
        return len(captured), len(times)

    make_appointment(cast, minute("2026-03-10T14:00"), treatment=cast.microdermabrasion)
    count(TUESDAY)  # the first visit began the diaries: how the clinic is set up is read anew
    few_queries, few_times = count(TUESDAY)
    for n in range(3):
        make_practitioner(f"Extra{n} Person", cast.manchester, [cast.microdermabrasion])
        make_room(cast.manchester, f"Extra room {n}", Room.Kind.TREATMENT)
        make_device(cast.manchester, f"Extra unit {n}", "crystal-unit")
    for day in range(10, 14):
        make_appointment(cast, minute(f"2026-03-{day}T09:00"), treatment=cast.microdermabrasion)
    many_queries, many_times = count(TUESDAY + timedelta(days=30))

    assert few_queries == many_queries == 3, "how the clinic is set up is read once, and kept"
    assert many_times > 10 * few_times


def test_next_openings_give_the_next_days_that_have_something(cast):
    Closure.objects.create(clinic=cast.manchester, on=TUESDAY, reason="training")

    days = queries.next_openings(
        clinic=cast.manchester, treatment=cast.peel, at=NOW + timedelta(hours=6), days=2, per_day=2
    )

    assert [(day.day, clocks(starts_of(day.times)), day.more) for day in days] == [
        (date(2026, 3, 9), ["16:00", "16:15"], 1),
        (date(2026, 3, 11), ["09:00", "09:15"], len(offered(cast, day=date(2026, 3, 11), treatment=cast.peel)) - 2),
    ]
    assert [day.practitioners for day in days] == [[cast.rosa], [cast.rosa]]


def test_next_openings_are_none_where_nobody_may_give_the_treatment(cast):
    Qualification.objects.filter(treatment=cast.peel).delete()

    assert queries.next_openings(clinic=cast.manchester, treatment=cast.peel, at=NOW) == []


def test_nearest_openings_look_both_ways(cast):
    near = queries.nearest_openings(
        clinic=cast.manchester, treatment=cast.consultation, practitioner=cast.rosa, at=NOW, count=3,
        starts=minute("2026-03-10T13:00"),
    )  # fmt: skip

    assert clocks(starts_of(near)) == ["12:00", "13:30", "13:45"]


def test_appointments_on_are_those_of_the_clinics_own_day(cast):
    second = make_appointment(cast, minute("2026-03-10T11:00"), patient=cast.bea)
    first = make_appointment(cast, minute("2026-03-10T09:00"))
    make_appointment(cast, minute("2026-03-11T09:00"))

    found = queries.appointments_on(cast.dana, cast.manchester, TUESDAY)

    assert list(found) == [first, second]


def test_appointments_on_are_hidden_from_another_clinic(cast):
    make_appointment(cast, minute("2026-03-10T09:00"))

    assert list(queries.appointments_on(cast.mallory, cast.manchester, TUESDAY)) == []
    assert list(queries.appointments_on(AnonymousUser(), cast.manchester, TUESDAY)) == []
    assert list(queries.appointments_on(cast.owen, cast.stockport, TUESDAY)) == []


def test_appointments_on_ask_two_queries_however_many_there_are(cast, django_assert_num_queries):
    def read():
        rows = queries.appointments_on(cast.dana, cast.manchester, TUESDAY)
        return [
            [row.patient.name, row.practitioner.name, row.treatment.name, row.clinic.name]
            + [str(slot.schedule.room or slot.schedule.device) for slot in row.slots.all()]
            for row in rows
        ]

    make_appointment(cast, minute("2026-03-10T09:00"))
    with django_assert_num_queries(2):
        one = read()
    make_appointment(cast, minute("2026-03-10T11:00"), patient=cast.bea)
    make_appointment(cast, minute("2026-03-10T14:00"), patient=cast.bea, treatment=cast.microdermabrasion)
    with django_assert_num_queries(2):
        three = read()

    assert [len(one), len(three)] == [1, 3]
    assert "Crystal unit" in three[2]


def test_appointment_for_finds_it_and_looks_missing_to_another_clinic(cast):
    appointment = make_appointment(cast, minute("2026-03-10T09:00"))

    assert queries.appointment_for(cast.dana, cast.manchester, appointment.ref) == appointment
    for who, clinic, ref in [
        (cast.mallory, cast.manchester, appointment.ref),
        (cast.mallory, cast.stockport, appointment.ref),
        (cast.owen, cast.stockport, appointment.ref),
        (cast.dana, cast.manchester, "0" * 26),
    ]:
        with pytest.raises(NotFound) as refused:
            queries.appointment_for(who, clinic, ref)
        assert str(refused.value) == str(NotFound())


def test_appointment_by_code_knows_the_code_and_not_the_ref(cast):
    appointment = make_appointment(cast, minute("2026-03-10T09:00"))

    assert queries.appointment_by_code(appointment.code) == appointment
    with pytest.raises(NotFound):
        queries.appointment_by_code(appointment.ref)


def test_hold_is_live_until_the_moment_it_expires(cast):
    hold = make_hold(cast, minute("2026-03-10T09:00"))

    live = [queries.hold_is_live(hold, NOW + timedelta(seconds=seconds)) for seconds in (0, 599, 600)]

    assert live == [True, True, False]


def test_may_still_change_ends_with_the_start_and_with_every_other_status(cast):
    appointment = make_appointment(cast, minute("2026-03-10T09:00"))
    start = appointment.starts_at

    moments = [queries.may_still_change(appointment, at) for at in (NOW, start - timedelta(seconds=1), start)]
    appointment.status = "cancelled"

    assert [*moments, queries.may_still_change(appointment, NOW)] == [True, True, False, False]
