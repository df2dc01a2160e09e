"""Booking a course: all its visits in one transaction, or none."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corneum.clinic.courses import letters
from corneum.clinic.courses.models import Course, CourseVisit, mask_of
from corneum.clinic.courses.planning import NoPlan, Wish
from corneum.clinic.courses.queries import plan_course
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.placing import schedules_of
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.queries import devices_of, rooms_of
from corneum.clinic.treatments.models import Offer
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


class CourseTimeLost(ClinicError):
    """One of these times has just been taken, so none was booked. Please look at the new plan."""

    def __init__(self, number: int) -> None:
        """Say which visit's time it was."""
        super().__init__(f"The time of visit {number} has just been taken, so nothing was booked. Here is a new plan.")
        self.number = number


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


def lock_schedules(wish: Wish) -> None:
    """
    Lock every diary that a visit may need, in the one order in which all who write slots lock them.

    Visits are booked one after another, and each locks what it takes: two courses at once would
    otherwise wait for each other. What counts the visits of a day is locked before, as it is for any.
    """
    limited = Offer.objects.filter(clinic=wish.clinic, treatment=wish.treatment, most_per_day__isnull=False)
    list(limited.select_for_update())
    people = Practitioner.objects.filter(qualifications__treatment=wish.treatment).distinct()
    schedules_of(
        sorted(
            {
                Owner("patient", wish.patient.pk),
                *(Owner("practitioner", person.pk) for person in people),
                *(Owner("room", room.pk, n + 1) for room in rooms_of(wish.clinic) for n in range(room.places)),
                *(Owner("device", unit.pk, n + 1) for unit in devices_of(wish.clinic) for n in range(unit.places)),
            }
        )
    )


def book_visit(wish: Wish, number: int, time: Candidate, *, by: Actor, at: datetime) -> Appointment:
    """
    Book one visit of a course.

    :raises CourseTimeLost: it is no longer to be had
    """
    try:
        return diary.book_appointment(
            clinic=wish.clinic,
            treatment=wish.treatment,
            starts=time.start,
            practitioner=Practitioner.objects.get(pk=time.practitioner),
            patient=wish.patient,
            note="",
            by=by,
            at=at,
        )
    except (diary.TimeRefused, diary.PatientBusy) as refused:
        raise CourseTimeLost(number) from refused


def _refuse_misfits(wish: Wish, times: Sequence[Candidate]) -> None:
    if len(times) != wish.visits:
        raise NotOfThisCourse
    if out_of_step([time.start for time in times], spacing=wish.spacing, zone=wish.clinic.zone):
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
