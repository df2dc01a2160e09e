"""A course is booked, moved and ended as a whole: all of it or nothing."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from icalendar import Calendar

from corneum.clinic.courses import actions, queries
from corneum.clinic.courses.models import Course, CourseVisit
from corneum.clinic.courses.planning import NoPlan, Proposal, Wish
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.premises.models import Device
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Candidate, Preferences, Spacing
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.models import AuditEvent
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.messages.models import Message
from tests.factories.cast import NOW, make_device, make_patient
from tests.factories.courses import make_course, make_wish
from tests.factories.diary import make_appointment, minute

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def walls(course: Course) -> list[str]:
    """Read what was promised, visit by visit."""
    return [
        one.appointment.wall_time for one in CourseVisit.objects.filter(course=course).select_related("appointment")
    ]


def events_of(letter: Message) -> list[Any]:
    """Read the appointments in a letter's calendar file."""
    (file,) = letter.attachments
    return list(Calendar.from_ical(file["text"]).walk("VEVENT"))


def plan(wish: Wish, search: Any = queries.plan_course) -> Any:
    """Find a plan, of which there is one."""
    found = search(wish, at=NOW)
    assert isinstance(found, Proposal)
    return found.plan.visits


def replanned(course: Course, number: int, *, at: datetime) -> Proposal:
    """Plan the rest of a course anew, which can be done."""
    found = queries.replan_rest(course, number, at=at)
    assert isinstance(found, Proposal)
    return found


def moved(cast, visit: CourseVisit, wall: str) -> Appointment:
    """Move one visit by itself, as the desk's diary does."""
    return diary.move_appointment(
        appointment=visit.appointment, starts=minute(wall), practitioner=None, by=Actor.staff(cast.dana), at=NOW
    )


def nth(course: Course, number: int) -> CourseVisit:
    """Find one visit of a course."""
    return CourseVisit.objects.select_related("appointment").get(course=course, number=number)


def test_book_course_books_every_visit_a_fortnight_apart_with_one_person(cast):
    course = make_course(cast)

    assert walls(course) == ["2026-03-10T09:00", "2026-03-24T09:00", "2026-04-07T09:00", "2026-04-21T09:00"]
    visits = [one.appointment for one in course.places.select_related("appointment")]
    assert {(one.practitioner_id, one.patient_id, one.treatment_id, one.status) for one in visits} == {
        (visits[0].practitioner_id, cast.alice.pk, cast.microdermabrasion.pk, "booked")
    }
    assert Slot.objects.filter(appointment__in=visits, is_live=True).count() == 4 * 4  # who, room, device, patient
    assert AuditEvent.objects.filter(action="courses.book_course", entity_ref=course.ref).count() == 1


def test_book_course_writes_one_letter_with_all_times_and_one_calendar_file(cast):
    course = make_course(cast)

    letter = Message.objects.get()
    assert (letter.about_ref, letter.channel, letter.subject) == (
        course.ref,
        "email",
        "Your 4 appointments at Manchester",
    )
    for day in ("Tuesday 10 March, 9am", "Tuesday 24 March, 9am", "Tuesday 7 April, 9am", "Tuesday 21 April, 9am"):
        assert day in letter.text
    assert "dermabrasion" not in (letter.subject + letter.text + letter.html).lower()
    (file,) = letter.attachments
    calendar = Calendar.from_ical(file["text"])
    assert (file["type"], calendar["method"]) == ("text/calendar; method=PUBLISH", "PUBLISH")
    assert [event["dtstart"].dt.strftime("%Y-%m-%dT%H:%M") for event in events_of(letter)] == walls(course)
    assert len({event["uid"] for event in calendar.walk("VEVENT")}) == 4
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert letter.send_at == NOW + timedelta(minutes=3)


def test_book_course_writes_to_a_telephone_in_one_text(cast):
    cast.alice.email, cast.alice.phone = "", "+447700900123"
    cast.alice.save()

    make_course(cast, visits=5)

    text = Message.objects.get().text
    assert len(text) <= 160
    assert text.startswith("Alice, your times at Manchester: 10 Mar 9am, 24 Mar 9am, 7 Apr 9am")
    assert "dermabrasion" not in text


def test_book_course_is_refused_as_a_whole_with_what_stood_in_the_way(cast):
    with pytest.raises(actions.CourseImpossible) as refused:
        make_course(cast, visits=12)

    assert str(refused.value) == (
        "Visit 7 of 12 would be between 10 May and 26 May, but times can only be booked up to 8 May so far."
    )
    assert (Appointment.objects.count(), Course.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_book_course_of_chosen_times_books_nothing_when_one_has_gone(cast):
    chosen = plan(make_wish(cast))
    taken = Appointment.objects.get(
        pk=make_appointment(cast, chosen[2].start, treatment=cast.peel, patient=cast.bea).pk
    )
    diary.move_appointment(
        appointment=taken,
        starts=chosen[2].start,
        practitioner=cast.rosa,
        by=Actor.staff(cast.dana),
        at=NOW,
    )
    lost = [one._replace(practitioner=cast.rosa.pk) for one in chosen]

    with pytest.raises(actions.CourseTimeLost) as refused:
        actions.book_course(wish=make_wish(cast), times=lost, by=Actor.staff(cast.dana), at=NOW)

    assert (refused.value.number, Appointment.objects.get(), Course.objects.count()) == (3, taken, 0)


def test_book_course_refuses_times_that_are_too_near(cast):
    times = [Candidate(minute(f"2026-03-{day}T10:00"), cast.rosa.pk) for day in (10, 12)]

    with pytest.raises(actions.TimesDoNotFit):
        actions.book_course(wish=make_wish(cast, visits=2), times=times, by=Actor.staff(cast.dana), at=NOW)
    with pytest.raises(actions.NotOfThisCourse):
        actions.book_course(wish=make_wish(cast, visits=3), times=times, by=Actor.staff(cast.dana), at=NOW)

    assert Appointment.objects.count() == 0


def test_book_course_keeps_out_of_the_patients_other_visits(cast):
    make_appointment(cast, minute("2026-03-10T09:00"))
    make_appointment(cast, minute("2026-03-24T09:15"))

    assert walls(make_course(cast))[:2] == ["2026-03-10T09:30", "2026-03-24T09:45"]


def test_book_course_keeps_the_days_between_sessions_from_what_the_patient_has(cast):
    Treatment.objects.filter(pk=cast.microdermabrasion.pk).update(gap_days=12)
    cast.microdermabrasion.refresh_from_db()
    make_appointment(cast, minute("2026-03-09T14:00"), treatment=cast.microdermabrasion)

    days = [date.fromisoformat(wall[:10]) for wall in walls(make_course(cast))]

    assert days[0] == date(2026, 3, 21)
    assert [(later - one).days >= 12 for one, later in pairwise(days)] == [True, True, True]


def test_book_course_refuses_chosen_times_nearer_than_the_treatment_allows(cast):
    times = plan(make_wish(cast, spacing=Spacing(7, 7, 7)))
    Treatment.objects.filter(pk=cast.microdermabrasion.pk).update(gap_days=10)
    cast.microdermabrasion.refresh_from_db()

    with pytest.raises(actions.TimesDoNotFit):
        actions.book_course(
            wish=make_wish(cast, spacing=Spacing(7, 7, 7)), times=times, by=Actor.staff(cast.dana), at=NOW
        )
    with pytest.raises(diary.TooNear):
        make_course(cast, spacing=Spacing(7, 7, 7))
    assert Appointment.objects.count() == 0


def test_rest_is_planned_anew_by_a_gap_that_was_set_since(cast):
    course = make_course(cast)
    Treatment.objects.filter(pk=cast.microdermabrasion.pk).update(gap_days=16)
    course = Course.objects.get(pk=course.pk)

    found = replanned(course, 2, at=LATER)

    days = [local(one.start, "Europe/London").date() for one in found.plan.visits]
    assert [(later - one).days for one, later in pairwise(days)] == [16, 16, 16]


def devices_of(course: Course) -> list[str]:
    """Name the device of each visit, in order."""
    visits = CourseVisit.objects.filter(course=course).order_by("number")
    return [
        Slot.objects.get(appointment=one.appointment_id, schedule__device__isnull=False).schedule.device.name  # type: ignore[union-attr]
        for one in visits
    ]


def test_book_course_takes_the_device_that_was_planned_at_every_visit(cast):
    """The clinic's own order would give the first unit whenever it is free; the course keeps to one."""
    make_device(cast.manchester, "Second unit", "crystal-unit", order=1)
    for wall in ("2026-03-10", "2026-03-24"):  # all day but for lunch, with the one who is not asked for
        for clock in ("09:00", "10:15", "11:30", "13:30", "14:45", "16:00"):
            make_appointment(
                cast, minute(f"{wall}T{clock}"), treatment=cast.microdermabrasion, practitioner=cast.nadia,
                patient=make_patient(cast.manchester, f"Guest {wall} {clock}"),
            )  # fmt: skip

    course = make_course(cast, practitioner=cast.rosa)

    assert devices_of(course) == ["Second unit"] * 4
    assert [one.device for one in queries.visits_of(course, NOW)] == [Device.objects.get(name="Second unit").pk] * 4


def test_book_course_is_lost_when_only_its_device_has_gone(cast):
    make_device(cast.manchester, "Second unit", "crystal-unit", order=1)
    times = plan(make_wish(cast, practitioner=cast.rosa))
    other = make_appointment(
        cast, times[1].start, treatment=cast.microdermabrasion, practitioner=cast.nadia, patient=cast.bea
    )
    assert other.slots.filter(schedule__device=times[1].device).exists()

    with pytest.raises(actions.CourseTimeLost) as lost:
        actions.book_course(
            wish=make_wish(cast, practitioner=cast.rosa), times=times, by=Actor.staff(cast.dana), at=NOW
        )

    assert lost.value.number == 2
    assert Appointment.objects.exclude(pk=other.pk).count() == 0


def test_move_rest_takes_another_device_without_telling_anybody_of_another_time(cast):
    second = make_device(cast.manchester, "Second unit", "crystal-unit", order=1)
    course = make_course(cast, practitioner=cast.rosa)
    before = queries.visits_of(course, LATER)
    times = {one.number: one.candidate._replace(device=second.pk) for one in before if one.number > 2}

    actions.move_rest(course=course, number=3, times=times, by=Actor.staff(cast.dana), at=LATER)

    after = queries.visits_of(course, LATER)
    assert devices_of(course) == ["Crystal unit", "Crystal unit", "Second unit", "Second unit"]
    assert [(one.appointment.starts, one.appointment.sequence) for one in after] == [
        (one.appointment.starts, one.appointment.sequence) for one in before
    ]


def test_book_course_twice_with_one_press_books_once(cast):
    wish = make_wish(cast)
    actions.book_course(wish=wish, times=None, by=Actor.staff(cast.dana), at=NOW, press="one")

    with pytest.raises(AlreadyDone):
        actions.book_course(wish=wish, times=None, by=Actor.staff(cast.dana), at=NOW, press="one")

    assert Course.objects.count() == 1


def test_a_visit_that_moved_puts_the_next_out_of_step_and_the_rest_is_proposed_anew(cast):
    course = make_course(cast)
    moved(cast, nth(course, 2), "2026-03-31T10:00")

    visits = queries.visits_of(course, NOW)
    assert [one.is_out_of_step for one in visits] == [
        False,
        True,
        True,
        False,
    ]  # 21 days from the first, 7 to the third
    assert queries.first_to_mend(visits) == 2

    proposal = replanned(course, 3, at=NOW)

    # Visit 2 stays on 31 March, so what follows is a fortnight after it, at the times that this course has itself, too.
    assert [one.start for one in proposal.plan.visits[2:]] == [minute("2026-04-14T08:00"), minute("2026-04-28T08:00")]


def test_move_rest_moves_the_same_appointments_even_onto_each_others_old_times(cast):
    course = make_course(cast)
    keys = [one.appointment_id for one in course.places.all()]
    old = [one.appointment.starts for one in course.places.select_related("appointment")]
    practitioner = nth(course, 1).appointment.practitioner_id
    times = {
        2: Candidate(old[2], practitioner),
        3: Candidate(old[3], practitioner),
        4: Candidate(minute("2026-05-05T08:00"), practitioner),
    }
    moved(cast, nth(course, 1), "2026-03-24T14:00")  # so that what was the third is a fortnight on

    actions.move_rest(course=course, number=2, times=times, by=Actor.staff(cast.dana), at=LATER)

    assert [one.appointment_id for one in course.places.all()] == keys
    assert walls(course) == ["2026-03-24T14:00", "2026-04-07T09:00", "2026-04-21T09:00", "2026-05-05T09:00"]


def test_move_rest_back_again_onto_each_others_old_times(cast):
    course = make_course(cast, first=date(2026, 3, 24), visits=3)
    first = nth(course, 1).appointment
    old = [one.appointment.starts for one in course.places.select_related("appointment")]
    times = {
        number: Candidate(start, first.practitioner_id)
        for number, start in enumerate([minute("2026-03-10T09:00"), *old[:2]], 1)
    }

    actions.move_rest(course=course, number=1, times=times, by=Actor.staff(cast.dana), at=LATER)

    assert walls(course) == ["2026-03-10T09:00", "2026-03-24T09:00", "2026-04-07T09:00"]


def test_move_rest_writes_one_letter_in_place_of_what_has_not_left(cast):
    course = make_course(cast)
    proposal = replanned(course, 3, at=NOW)
    times = {
        3: Candidate(minute("2026-04-08T09:00"), proposal.plan.visits[2].practitioner),
        4: Candidate(minute("2026-04-22T09:00"), proposal.plan.visits[2].practitioner),
    }

    actions.move_rest(course=course, number=3, times=times, by=Actor.staff(cast.dana), at=LATER)

    states = list(Message.objects.order_by("pk").values_list("template", "state"))
    assert states == [("courses/booked", "withdrawn"), ("courses/booked", "queued")]
    letter = Message.objects.latest("pk")
    for day in (
        "Tuesday 10 March, 9am",
        "Tuesday 24 March, 9am",
        "Wednesday 8 April, 10am",
        "Wednesday 22 April, 10am",
    ):
        assert day in letter.text
    assert [int(event["sequence"]) for event in events_of(letter)] == [0, 0, 1, 1]


def test_move_rest_says_that_times_have_changed_to_somebody_who_knew_them(cast):
    course = make_course(cast)
    Message.objects.update(state="sent", sent_at=NOW)
    times = {4: Candidate(minute("2026-04-22T09:00"), nth(course, 3).appointment.practitioner_id)}

    actions.move_rest(course=course, number=4, times=times, by=Actor.staff(cast.dana), at=LATER)

    letter = Message.objects.latest("pk")
    assert (letter.template, letter.subject) == ("courses/moved", "New times at Manchester")
    assert "Wednesday 22 April, 10am" in letter.text


def test_a_course_booked_and_ended_within_three_minutes_sends_nothing(cast):
    course = make_course(cast)

    actions.end_course_early(course=course, reason="A mistake", by=Actor.staff(cast.dana), at=LATER)

    assert list(Message.objects.values_list("template", "state")) == [("courses/booked", "withdrawn")]


def test_move_rest_books_a_lost_visit_anew(cast):
    course = make_course(cast)
    lost = nth(course, 2).appointment
    diary.cancel_appointment(appointment=lost, reason="On holiday", by=Actor.staff(cast.dana), at=NOW)
    assert queries.first_to_mend(queries.visits_of(course, NOW)) == 2
    proposal = replanned(course, 4, at=NOW)
    times = {number: proposal.plan.visits[number - 1] for number in (2, 4)}

    actions.move_rest(course=course, number=4, times=times, by=Actor.staff(cast.dana), at=LATER)

    again = nth(course, 2).appointment
    assert (again.pk != lost.pk, again.starts, again.status) == (True, lost.starts, "booked")
    assert queries.first_to_mend(queries.visits_of(course, NOW)) is None


def test_move_rest_is_all_or_nothing(cast):
    course = make_course(cast)
    before = walls(course)
    times = {
        3: Candidate(minute("2026-04-08T09:00"), cast.rosa.pk),
        4: Candidate(minute("2026-04-19T09:00"), cast.rosa.pk),  # a Sunday: closed
    }

    with pytest.raises(actions.CourseTimeLost) as refused:
        actions.move_rest(course=course, number=3, times=times, by=Actor.staff(cast.dana), at=LATER)

    assert (refused.value.number, walls(course)) == (4, before)
    assert list(Message.objects.values_list("template", "state")) == [("courses/booked", "queued")]


def test_move_rest_refuses_times_out_of_step_and_times_that_are_not_for_its_rest(cast):
    course = make_course(cast)
    by = Actor.staff(cast.dana)
    times = {4: Candidate(minute("2026-04-09T09:00"), cast.rosa.pk)}

    with pytest.raises(actions.TimesDoNotFit):
        actions.move_rest(course=course, number=4, times=times, by=by, at=LATER)
    with pytest.raises(actions.CourseHasChanged):
        actions.move_rest(course=course, number=3, times=times, by=by, at=LATER)


def test_a_visit_that_has_been_stays_as_it_is(cast):
    course = make_course(cast)
    after_the_second = NOW.replace(month=3, day=25)

    proposal = replanned(course, 1, at=after_the_second)

    assert sorted(proposal.fixed) == [1, 2]
    assert [one.is_settled for one in queries.visits_of(course, after_the_second)] == [True, True, False, False]


def test_end_course_early_cancels_what_is_left_in_one_letter(cast):
    course = make_course(cast)
    Message.objects.update(state="sent", sent_at=NOW)
    after_the_second = NOW.replace(month=3, day=25)

    actions.end_course_early(course=course, reason="Moving away", by=Actor.staff(cast.dana), at=after_the_second)

    course.refresh_from_db()
    visits = [one.appointment for one in course.places.select_related("appointment")]
    assert (course.state, course.end_reason) == ("revoked", "Moving away")
    assert [one.status for one in visits] == ["booked", "booked", "cancelled", "cancelled"]
    letter = Message.objects.latest("pk")
    assert (letter.template, "Tuesday 7 April, 9am" in letter.text, "Tuesday 24 March" in letter.text) == (
        "courses/ended",
        True,
        False,
    )
    assert Calendar.from_ical(letter.attachments[0]["text"])["method"] == "CANCEL"
    with pytest.raises(actions.CourseEnded):
        actions.end_course_early(course=course, reason="Again", by=Actor.staff(cast.dana), at=after_the_second)
    with pytest.raises(actions.CourseEnded):
        actions.move_rest(course=course, number=3, times={}, by=Actor.staff(cast.dana), at=after_the_second)


def test_the_diarys_own_rules_bind_a_course_too(cast):
    Offer.objects.filter(treatment=cast.microdermabrasion).update(most_open_per_patient=3)

    with pytest.raises(ClinicError):
        make_course(cast)

    assert (Appointment.objects.count(), Course.objects.count()) == (0, 0)


def test_preferred_days_and_hours_and_practitioner_are_kept(cast):
    wish = make_wish(
        cast, practitioner=cast.nadia, preferences=Preferences(frozenset({3}), from_minute=15 * 60, until_minute=1440)
    )

    visits = plan(wish)

    assert {one.practitioner for one in visits} == {cast.nadia.pk}
    assert [one.start for one in visits[:2]] == [minute("2026-03-12T15:00"), minute("2026-03-26T15:00")]


def test_no_preference_goes_to_whoever_has_the_fewest_visits(cast):
    for day in (10, 11):
        make_appointment(cast, minute(f"2026-03-{day}T15:00"), practitioner=cast.rosa, patient=cast.bea)

    assert {one.practitioner for one in plan(make_wish(cast))} == {cast.nadia.pk}


def test_earliest_course_starts_as_soon_as_it_can(cast):
    fridays = Preferences(frozenset({4}))

    best = plan(make_wish(cast, preferences=fridays))
    soonest = plan(make_wish(cast, preferences=fridays), queries.earliest_course)

    assert (best[0].start, soonest[0].start) == (minute("2026-03-13T09:00"), minute("2026-03-10T09:00"))


def test_a_clinic_that_does_not_offer_it_says_so(cast):
    found = queries.plan_course(make_wish(cast, clinic=cast.stockport), at=NOW)

    assert isinstance(found, NoPlan)
    assert found.sentences == ["This clinic does not offer this treatment."]
