"""Booking a course: all its visits in one transaction, or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corneum.clinic.courses import letters
from corneum.clinic.courses.models import Course, CourseVisit, mask_of
from corneum.clinic.courses.planning import NoPlan, Wish
from corneum.clinic.courses.queries import plan_course
from corneum.clinic.courses.taking import CourseTimeLost, book_visit, lock_schedules
from corneum.clinic.diary.models import Appointment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Candidate, out_of_step
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

TRIES = 3


class CourseImpossible(ClinicError):
    """These visits cannot be planned."""

    def __init__(self, found: NoPlan) -> None:
        """Say what stood in the way."""
        super().__init__(" ".join(found.sentences))
        self.found = found


class TimesDoNotFit(ClinicError):
    """These visits are too near to each other, or too far apart."""


class NotOfThisCourse(ClinicError):
    """A time must be chosen for each visit."""


@action
def book_course(*, wish: Wish, times: Sequence[Candidate] | None, by: Actor, at: datetime, press: str = "") -> Course:
    """
    Book every visit of a course, or none, and write one letter that says so.

    The database decides about each time, as for any appointment. Without `times` the best plan is
    booked, and if somebody takes one of its times meanwhile it is planned again, three times at most.
    Times that a person has chosen are booked as they are or not at all.

    :raises CourseImpossible: there is no plan; it says what stood in the way
    :raises CourseTimeLost: one of the chosen times has gone
    :raises TimesDoNotFit: the chosen times do not keep the spacing
    :raises NotOfThisCourse: there is not one time for each visit
    :raises ClinicError: the diary's own rules refuse a visit to this patient
    """
    if times is not None:
        _refuse_misfits(wish, times)
    lock_schedules(wish)
    appointments = _book_planned(wish, by=by, at=at) if times is None else _book_all(wish, times, by=by, at=at)
    course = Course.objects.create(
        clinic=wish.clinic,
        patient=wish.patient,
        treatment=wish.treatment,
        practitioner=wish.practitioner,
        visits=wish.visits,
        min_days=wish.spacing.min_days,
        max_days=wish.spacing.max_days,
        ideal_days=wish.spacing.ideal_days,
        weekdays=mask_of(wish.preferences.weekdays),
        from_minute=wish.preferences.from_minute,
        until_minute=wish.preferences.until_minute,
        created_at=at,
        created_by_id=by.user_id,
    )
    CourseVisit.objects.bulk_create(
        CourseVisit(course=course, number=number, appointment=one) for number, one in enumerate(appointments, 1)
    )
    letters.tell_booked(course, appointments, by=by, at=at)
    record("courses.book_course", entity=course, by=by, at=at, clinic=course.clinic, press=press)
    return course


def _refuse_misfits(wish: Wish, times: Sequence[Candidate]) -> None:
    if len(times) != wish.visits:
        raise NotOfThisCourse
    kept = wish.spacing.at_least(wish.treatment.gap.least)
    if out_of_step([time.start for time in times], spacing=kept, zone=wish.clinic.zone):
        raise TimesDoNotFit


def _book_planned(wish: Wish, *, by: Actor, at: datetime) -> list[Appointment]:
    lost = CourseTimeLost(1)
    for _ in range(TRIES):
        found = plan_course(wish, at=at)
        if isinstance(found, NoPlan):
            raise CourseImpossible(found)
        try:
            with transaction.atomic():
                return _book_all(wish, found.plan.visits, by=by, at=at)
        except CourseTimeLost as again:
            lost = again
    raise lost


def _book_all(wish: Wish, times: Sequence[Candidate], *, by: Actor, at: datetime) -> list[Appointment]:
    return [book_visit(wish, number, time, by=by, at=at) for number, time in enumerate(times, 1)]
