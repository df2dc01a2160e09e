"""Changing a course: moving what is left of it, and ending it early."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from corneum.clinic.booking.letters import take_back_waiting
from corneum.clinic.courses import letters
from corneum.clinic.courses.actions.booking import NotOfThisCourse, TimesDoNotFit
from corneum.clinic.courses.models import Course, CourseVisit
from corneum.clinic.courses.queries import Standing, rest_from, visits_of, wish_of
from corneum.clinic.courses.taking import CourseTimeLost, book_visit, lanes_of, lock_schedules, refuse_other_device
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Practitioner
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Candidate, out_of_step
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

BOOKED = Appointment.Status.BOOKED


class CourseEnded(ClinicError):
    """This course was ended early, so it cannot be changed any more."""


class CourseHasChanged(ClinicError):
    """This course has changed meanwhile, so nothing was moved. Please look at the new plan."""


@action
def move_rest(
    *, course: Course, number: int, times: Mapping[int, Candidate], by: Actor, at: datetime, press: str = ""
) -> Course:
    """
    Give new times to the visits of a course from one number on, all or none, in one letter.

    Booked visits move and stay the same appointments, with their links; lost ones are booked anew.

    :param times: a time for each visit of the rest, by its number (`replan_rest` proposes them)
    :raises CourseTimeLost: one of the times has gone; everything stays as it is
    :raises TimesDoNotFit: the times do not keep the spacing
    :raises NotOfThisCourse: a time is missing
    :raises CourseHasChanged: one of the visits was moved, cancelled or begun meanwhile
    :raises CourseEnded: there is nothing to move any more
    """
    course = _locked(course)
    visits = visits_of(course, at)
    rest = rest_from(visits, number)
    if {one.number for one in rest} != times.keys():
        raise CourseHasChanged if rest else NotOfThisCourse
    _refuse_misfits(course, visits, times)
    # Appointments before diaries, as everybody does who moves one.
    list(Appointment.objects.select_for_update().filter(pk__in=[one.appointment.pk for one in rest]).order_by("pk"))
    lock_schedules(wish_of(course, at))
    for one in _in_order([one for one in rest if not one.is_lost], times):
        _move(one, times[one.number], by=by, at=at)
    for one in rest:
        if one.is_lost:
            again = book_visit(wish_of(course, at), one.number, times[one.number], by=by, at=at)
            CourseVisit.objects.filter(course=course, number=one.number).update(appointment=again)
    letters.tell_moved(course, _to_come(course, at), by=by, at=at)
    record("courses.move_rest", entity=course, by=by, at=at, clinic=course.clinic, press=press, number=number)
    return course


@action
def end_course_early(*, course: Course, reason: str, by: Actor, at: datetime, press: str = "") -> Course:
    """
    End a course, cancel what is left of it, and say so in one letter.

    :raises CourseEnded: it was ended before
    """
    course = _locked(course)
    left = [one.appointment for one in visits_of(course, at) if not one.is_settled and one.appointment.status == BOOKED]
    for appointment in left:
        diary.cancel_appointment(appointment=appointment, reason=reason, by=by, at=at)
        take_back_waiting(appointment, by=by, at=at)
    course.state, course.ended_at, course.ended_by_id = Course.State.ENDED, at, by.user_id
    course.end_reason = reason
    course.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
    letters.tell_ended(course, [*Appointment.objects.filter(pk__in=[one.pk for one in left])], by=by, at=at)
    record("courses.end_course_early", entity=course, by=by, at=at, clinic=course.clinic, press=press)
    return course


@action
def write_letter_anew(*, course: Course, by: Actor, at: datetime) -> Course:
    """
    Put a letter with the present times in place of one that waits, because a visit was changed by itself meanwhile.

    :raises CourseEnded: it was ended meanwhile, and its letter says so already
    """
    course = _locked(course)
    to_come = _to_come(course, at)
    if to_come:
        letters.tell_moved(course, to_come, by=by, at=at)
    else:
        letters.take_back(course, by=by, at=at)
    record("courses.write_letter_anew", entity=course, by=by, at=at, clinic=course.clinic)
    return course


def _to_come(course: Course, at: datetime) -> list[Appointment]:
    return [one.appointment for one in visits_of(course, at) if not one.is_settled and not one.is_lost]


def _locked(course: Course) -> Course:
    """Read the course anew and lock it, so that two people change it one after the other."""
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.state != Course.State.ACTIVE:
        raise CourseEnded
    return locked


def _refuse_misfits(course: Course, visits: Sequence[Standing], times: Mapping[int, Candidate]) -> None:
    whole = [(one.number, times.get(one.number, one.candidate)) for one in visits]
    for (number, time), (other_number, other) in pairwise(whole):
        both_stay = number not in times and other_number not in times
        if not both_stay and out_of_step([time.start, other.start], spacing=course.spacing, zone=course.clinic.zone):
            raise TimesDoNotFit


def _in_order(moving: Sequence[Standing], times: Mapping[int, Candidate]) -> list[Standing]:
    """
    Order visits so that none moves onto the old time of another that has not moved yet.

    Both the old times and the new ones are in the order of the visits. So whoever moves later can
    only be in the way of the one before, which makes the last the first to go; and the other way about.
    """
    later = [one for one in moving if times[one.number].start > one.appointment.starts]
    return [*reversed(later), *(one for one in moving if one not in later)]


def _move(one: Standing, time: Candidate, *, by: Actor, at: datetime) -> None:
    if one.is_at(time):
        return
    who = Practitioner.objects.get(pk=time.practitioner)
    lanes = lanes_of(time)
    if lanes:  # the room that it has is kept, too, if it is free
        lanes += [slot.schedule.owner for slot in one.appointment.slots.filter(schedule__room__isnull=False)]
    try:
        if time.start == one.appointment.starts:
            moved = diary.replace_things(appointment=one.appointment, practitioner=who, rather=lanes, by=by, at=at)
        else:
            moved = diary.move_appointment(
                appointment=one.appointment, starts=time.start, practitioner=who, rather=lanes, by=by, at=at
            )
    except (diary.TimeRefused, diary.PatientBusy) as refused:
        raise CourseTimeLost(one.number) from refused
    except (diary.AlreadyCancelled, diary.AlreadyOver) as changed:
        raise CourseHasChanged from changed
    refuse_other_device(moved, one.number, time)
    take_back_waiting(one.appointment, by=by, at=at)
