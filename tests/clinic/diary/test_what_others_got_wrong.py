"""
What the users of other systems have reported, each as a case of its own, named by where it was reported.

Those that a test says elsewhere carry their number there: look for `#`.
"""

from datetime import date, time, timedelta

import pytest

from corneum.clinic.courses import actions as courses
from corneum.clinic.diary import actions, queries
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.practitioners.models import Practitioner, RotaDay, WorkingHours
from corneum.clinic.premises.models import OpeningHours, Room
from corneum.clinic.treatments.models import Offer
from corneum.domain.scheduling.course import Candidate
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window, local, span_on
from corneum.platform.accounts.actors import VISITOR, Actor
from tests.factories.cast import LONG_AGO, NOW, Cast, make_patient
from tests.factories.courses import make_wish
from tests.factories.diary import make_appointment, make_hold, minute

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)
TEN = minute("2026-03-10T10:00")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def clocks_on(cast: Cast, day: date, practitioner: Practitioner | None = None) -> list[str]:
    """List the times of one day for a consultation, as the clinic's wall shows them."""
    found = queries.openings_for(
        clinic=cast.manchester, treatment=cast.consultation, practitioner=practitioner, first=day, last=day, at=NOW
    )
    return [f"{local(each.starts, cast.manchester.zone):%H:%M}" for each in found]


def open_on_sundays(cast: Cast) -> None:
    """Have the clinic open after lunch on Sundays too, and bookable for a year."""
    Offer.objects.update(horizon_days=400)
    OpeningHours.objects.create(clinic=cast.manchester, weekday=6, opens=time(9), closes=time(17))
    WorkingHours.objects.create(
        practitioner=cast.rosa, clinic=cast.manchester, weekday=6, starts=time(13), ends=time(14, 30),
        valid_from=LONG_AGO,
    )  # fmt: skip


def in_zone(cast: Cast, zone: str) -> None:
    cast.manchester.zone = zone
    cast.manchester.save()


# --- one time, twice ----------------------------------------------------------------------------


def test_django_appointment_accepts_one_slot_five_times(cast):
    """Measured with 3.12.0; benchmarks/control.py does it again."""
    for n in range(5):
        patient = make_patient(cast.manchester, f"Patient {n}")
        if n == 0:
            make_appointment(cast, TEN, patient=patient)
        else:
            with pytest.raises(actions.SlotTaken):
                make_appointment(cast, TEN, patient=patient)

    assert Appointment.objects.count() == 1


def test_two_requests_for_one_time_cannot_both_be_accepted(cast):
    """Cal.com #10789, #29958: two pending requests, both confirmed."""
    first, until = make_hold(cast, TEN), NOW + timedelta(hours=3)
    asked = actions.book_held_time(hold=first, patient=cast.alice, note="", asked_until=until, by=VISITOR, at=NOW)

    with pytest.raises(actions.SlotTaken):
        make_hold(cast, TEN)
    actions.accept_request(appointment=asked, by=Actor.staff(cast.dana), at=NOW)

    assert list(Appointment.objects.values_list("status", flat=True)) == ["booked"]


def test_time_that_is_kept_for_somebody_is_booked_by_nobody_else(cast):
    """Cal.com #23988: a reserved slot could still be booked."""
    make_hold(cast, TEN)

    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, TEN)


def test_desk_is_guarded_like_everybody_else(cast):
    """Easy!Appointments #1428, #1431: the staff's side was not, "by design"."""
    make_appointment(cast, TEN)

    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, TEN + 15, patient=cast.bea)


def test_any_practitioner_is_somebody_who_is_free(cast):
    """Easy!Appointments #982, #996: "any provider" double-booked the first of them."""
    Room.objects.filter(pk=cast.consulting_room.pk).update(places=3)
    people = [make_patient(cast.manchester, f"Patient {n}") for n in range(3)]

    given = [make_appointment(cast, TEN, patient=patient).practitioner for patient in people[:2]]

    assert set(given) == {cast.rosa, cast.nadia}
    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, TEN, patient=people[2])


def test_place_for_two_is_given_to_two(cast):
    """Easy!Appointments #948, #1043: several attendants, and more than that many."""
    Room.objects.filter(pk=cast.treatment_room_1.pk).update(places=2)
    Room.objects.filter(pk=cast.treatment_room_2.pk).update(is_active=False)
    places = [Owner("room", cast.treatment_room_1.pk, number) for number in (1, 2)]

    for practitioner, patient in ((cast.rosa, cast.alice), (cast.nadia, cast.bea)):
        treatment = cast.peel if practitioner == cast.rosa else cast.microdermabrasion
        make_appointment(cast, TEN, patient=patient, practitioner=practitioner, treatment=treatment)

    taken = [slot.schedule.owner for visit in Appointment.objects.all() for slot in visit.slots.all()]
    assert sorted(owner for owner in taken if owner.what == "room") == places


def test_patient_cannot_be_with_two_practitioners_at_once(cast):
    """OpenEMR #2632: the same patient, two providers."""
    make_appointment(cast, TEN, treatment=cast.microdermabrasion, practitioner=cast.nadia)

    with pytest.raises(actions.PatientBusy):
        make_appointment(cast, TEN, practitioner=cast.rosa)


def test_time_months_ahead_is_guarded_as_well(cast):
    """OpenEMR #387: no warning on future days."""
    far = minute("2026-04-30T09:00")
    make_appointment(cast, far)

    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, far, patient=cast.bea)


def test_visit_of_another_length_is_in_the_way_all_the_same(cast):
    """django-appointment #261: overlaps where the duration is not the slot's."""
    make_appointment(cast, TEN, treatment=cast.microdermabrasion, practitioner=cast.rosa)

    with pytest.raises(actions.SlotTaken):
        make_appointment(cast, TEN + 30, patient=cast.bea, practitioner=cast.rosa)


def test_series_of_which_one_time_has_gone_is_not_booked(cast):
    """Cal.com #22803: recurring links double-booked."""
    times = [Candidate(minute(f"2026-03-{day}T10:00"), cast.nadia.pk) for day in (10, 24)]
    make_appointment(cast, times[1].start, patient=cast.bea, practitioner=cast.nadia)

    with pytest.raises(courses.CourseTimeLost):
        courses.book_course(wish=make_wish(cast, visits=2), times=times, by=Actor.staff(cast.dana), at=NOW)

    assert Appointment.objects.count() == 1


# --- past the page: by a link, by the programming interface ---------------------------------------


@pytest.mark.parametrize(
    "wall",
    [
        pytest.param("2026-03-09T09:30", id="within the notice: Cal.com #14465"),
        pytest.param("2026-03-08T10:00", id="past already: Cal.com #2884"),
        pytest.param("2026-03-15T03:00", id="three at night on a Sunday off: django-appointment"),
        pytest.param("2026-05-20T10:00", id="beyond the horizon: Cal.com #15140"),
        pytest.param("2026-03-10T10:07", id="between two steps"),
    ],
)
def test_time_that_no_page_shows_is_refused_whichever_way_it_is_asked_for(cast, wall):
    with pytest.raises(actions.NotOffered):
        make_hold(cast, minute(wall))
    with pytest.raises(actions.NotOffered):
        make_appointment(cast, minute(wall))


def test_buffer_is_not_passed_by_asking_for_it(cast):
    """Cal.com #14868, #693, #3662: the buffer bypassed, ignored before and doubled after."""
    Offer.objects.update(step_minutes=5)
    make_appointment(cast, TEN, treatment=cast.peel, practitioner=cast.rosa)  # five minutes before and after

    for wall, is_free in (("09:25", True), ("09:30", False), ("10:30", False), ("10:35", True)):
        assert (wall, wall in clocks_on(cast, TUESDAY, practitioner=cast.rosa)) == (wall, is_free)
        if not is_free:
            with pytest.raises(actions.SlotTaken):
                make_appointment(cast, minute(f"2026-03-10T{wall}"), patient=cast.bea, practitioner=cast.rosa)


# --- clocks and calendars -------------------------------------------------------------------------


@pytest.mark.parametrize("sunday", [SPRING, AUTUMN])
def test_hours_after_lunch_are_after_lunch_on_the_day_the_clocks_change(cast, sunday):
    """Cal.com #30021: an hour late, because of a clock of twelve hours."""
    open_on_sundays(cast)

    assert clocks_on(cast, sunday) == ["13:00", "13:15", "13:30", "13:45", "14:00"]


@pytest.mark.parametrize("day", [SPRING, SPRING + timedelta(days=1), AUTUMN, AUTUMN + timedelta(days=1)])
def test_what_is_shown_after_the_change_can_be_held(cast, day):
    """Cal.com #6217, thunderbird/appointment #306, #1233: shown, and refused on booking."""
    open_on_sundays(cast)
    shown = queries.openings_for(clinic=cast.manchester, treatment=cast.consultation, first=day, last=day, at=NOW)

    for each in (shown[0], shown[-1]):
        assert make_hold(cast, each.starts).starts == each.starts


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"])
def test_zones_of_half_and_quarter_hours_begin_at_nine(cast, zone):
    """Cal.com #1092, #2250, #2102; Easy!Appointments #826: one visit takes its own time away, and no other."""
    in_zone(cast, zone)
    day = date(2026, 3, 11)
    before = clocks_on(cast, day, practitioner=cast.rosa)

    visit = make_appointment(cast, span_on(day, time(10), time(11), zone).starts, practitioner=cast.rosa)

    assert (before[0], before[-1], visit.wall_time) == ("09:00", "16:30", "2026-03-11T10:00")
    gone = [clock for clock in before if clock not in clocks_on(cast, day, practitioner=cast.rosa)]
    assert gone == ["09:30", "09:45", "10:00", "10:15", "10:30"]


@pytest.mark.parametrize("zone", ["Pacific/Chatham", "Pacific/Pago_Pago"])
def test_visit_stays_on_the_day_that_was_promised(cast, zone):
    """Easy!Appointments #961: the day shifts, where Greenwich has another date."""
    in_zone(cast, zone)
    nine = span_on(date(2026, 3, 12), time(9), time(10), zone).starts

    visit = make_appointment(cast, nine)

    assert visit.wall_time == "2026-03-12T09:00"
    there = queries.appointments_on(cast.dana, cast.manchester, date(2026, 3, 12))
    assert [each.ref for each in there] == [visit.ref]


@pytest.mark.parametrize("weekday", range(7))
def test_weekday_is_that_weekday(cast, weekday):
    """django-appointment #117, #172, #305: Sunday as 0 here and as 7 there, and hours a day off."""
    OpeningHours.objects.all().delete()
    WorkingHours.objects.all().delete()
    OpeningHours.objects.create(clinic=cast.manchester, weekday=weekday, opens=time(9), closes=time(10))
    WorkingHours.objects.create(
        practitioner=cast.rosa, clinic=cast.manchester, weekday=weekday, starts=time(9), ends=time(10),
        valid_from=LONG_AGO,
    )  # fmt: skip

    shown = queries.openings_for(
        clinic=cast.manchester, treatment=cast.consultation, first=TUESDAY, last=TUESDAY + timedelta(days=6), at=NOW
    )

    days = {local(each.starts, "Europe/London").date() for each in shown}
    assert {day.weekday() for day in days} == {weekday}
    assert len(days) == 1


@pytest.mark.parametrize("zone", ["Pacific/Chatham", "America/St_Johns"])
def test_leave_of_a_day_is_that_day(cast, zone):
    """odoo #240952: leave snaps to the wrong midnight, and times stay open."""
    in_zone(cast, zone)
    day = date(2026, 3, 11)
    actions.block_time(
        clinic=cast.manchester, owners=[Owner("practitioner", cast.rosa.pk)], kind="leave",
        spans=[day_window(day, day, zone)], by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip

    whole = clocks_on(cast, day + timedelta(days=2), practitioner=cast.rosa)
    assert [clocks_on(cast, day + timedelta(days=n), practitioner=cast.rosa) for n in (-1, 0, 1)] == [whole, [], whole]


def test_evening_alone_is_offered(cast):
    """odoo #229377: noon is hard-coded, and who works flexible hours is bookable at half past eleven only."""
    OpeningHours.objects.filter(weekday=1).update(closes=time(21))
    RotaDay.objects.create(
        practitioner=cast.rosa, clinic=cast.manchester, on=TUESDAY, starts=time(19, 30), ends=time(20, 30)
    )

    assert clocks_on(cast, TUESDAY, practitioner=cast.rosa) == ["19:30", "19:45", "20:00"]


def test_one_blocked_hour_blocks_that_hour_alone(cast):
    """LibreBooking #1224: one blackout marks all of the range."""
    whole = clocks_on(cast, TUESDAY, practitioner=cast.rosa)
    actions.block_time(
        clinic=cast.manchester, owners=[Owner("practitioner", cast.rosa.pk)], kind="training",
        spans=[Interval(TEN, TEN + 60)], by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip

    gone = [clock for clock in whole if clock not in clocks_on(cast, TUESDAY, practitioner=cast.rosa)]
    # half an hour and its five minutes of clean-down stay out of it
    assert gone == ["09:30", "09:45", "10:00", "10:15", "10:30", "10:45"]


# --- people, rooms and devices together -------------------------------------------------------------


def test_person_room_and_device_are_taken_together(cast):
    """Cal.com #13745, OpenEMR #13552, odoo/documentation #12820, nextcloud/calendar #3619: one of the three, not all."""
    visit = make_appointment(cast, TEN, treatment=cast.microdermabrasion)

    assert sorted(slot.schedule.owner.what for slot in visit.slots.all()) == [
        "device", "patient", "practitioner", "room",
    ]  # fmt: skip
    with pytest.raises(actions.SlotTaken):  # the other practitioner and the other room are free, the device is not
        make_appointment(cast, TEN, patient=cast.bea, treatment=cast.microdermabrasion)


def test_combination_that_shares_nothing_is_no_conflict(cast):
    """OCA/calendar #62: a false conflict, although another combination is free."""
    first = make_appointment(cast, TEN, treatment=cast.peel, practitioner=cast.rosa)

    second = make_appointment(cast, TEN, patient=cast.bea, treatment=cast.microdermabrasion)

    rooms = [visit.slots.get(schedule__room__isnull=False).schedule.room for visit in (first, second)]
    assert (second.practitioner, rooms) == (cast.nadia, [cast.treatment_room_1, cast.treatment_room_2])


def test_room_forbids_what_it_cannot_take(cast):
    """Frappe Health: the room is asked only to allow overlaps, never to forbid one."""
    make_appointment(cast, TEN, practitioner=cast.rosa)

    with pytest.raises(actions.SlotTaken):  # Nadia is free, the one consulting room is not
        make_appointment(cast, TEN, patient=cast.bea, practitioner=cast.nadia)


def test_visits_of_a_day_do_not_count_against_each_other(cast):
    """earthians/marley #652: the count of a slot compares the whole day."""
    for hour in ("09:00", "11:00", "14:00"):
        make_appointment(cast, minute(f"2026-03-10T{hour}"), practitioner=cast.rosa)

    assert "16:30" in clocks_on(cast, TUESDAY, practitioner=cast.rosa)
