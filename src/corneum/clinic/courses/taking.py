"""Taking the times of a course, one visit after another, inside the action that takes them all."""

from datetime import datetime

from corneum.clinic.courses.planning import Wish
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.diary.placing import schedules_of
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.premises.queries import devices_of, rooms_of
from corneum.clinic.treatments.models import Offer
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.course import Candidate
from corneum.platform.accounts.actors import Actor


class CourseTimeLost(ClinicError):
    """One of these times has just been taken, so none was booked. Please look at the new plan."""

    def __init__(self, number: int) -> None:
        """Say which visit's time it was."""
        super().__init__(f"The time of visit {number} has just been taken, so nothing was booked. Here is a new plan.")
        self.number = number


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


def lanes_of(time: Candidate) -> list[Owner]:
    """List the diaries of the device that a visit was planned on: one for each of its places."""
    if time.device is None:
        return []
    places = Device.objects.get(pk=time.device).places
    return [Owner("device", time.device, number) for number in range(1, places + 1)]


def refuse_other_device(booked: Appointment, number: int, time: Candidate) -> None:
    """
    Refuse what was taken if it is on another device than planned: somebody had that one first.

    :raises CourseTimeLost: it is
    """
    if time.device is not None and not booked.slots.filter(schedule__device=time.device).exists():
        raise CourseTimeLost(number)


def book_visit(wish: Wish, number: int, time: Candidate, *, by: Actor, at: datetime) -> Appointment:
    """
    Book one visit of a course, with the person and on the device that it was planned with.

    :raises CourseTimeLost: it is no longer to be had
    """
    try:
        booked = diary.book_appointment(
            clinic=wish.clinic,
            treatment=wish.treatment,
            starts=time.start,
            practitioner=Practitioner.objects.get(pk=time.practitioner),
            patient=wish.patient,
            note="",
            rather=lanes_of(time),
            by=by,
            at=at,
        )
    except (diary.TimeRefused, diary.PatientBusy) as refused:
        raise CourseTimeLost(number) from refused
    refuse_other_device(booked, number, time)
    return booked
