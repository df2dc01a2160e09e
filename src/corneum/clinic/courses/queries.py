"""Reading for courses: what is free for one, the plans there are, and the courses somebody may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, QuerySet

from corneum.clinic.courses.models import Course, CourseVisit
from corneum.clinic.courses.planning import Answer, NoPlan, Proposal, Wish
from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.models import Appointment, Slot
from corneum.clinic.diary.queries.limits import clearance_for
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.treatments.models import Offer
from corneum.clinic.treatments.queries import offer_at
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.course import Candidate, Costs, Plan, out_of_step
from corneum.domain.scheduling.course import plan_course as best_plan
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import Clearance
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within
from corneum.platform.messages import queries as messages
from corneum.platform.messages.models import Message

Status = Appointment.Status
FAR = timedelta(days=10_000)  # further than any horizon: the search is cut to the treatment's own
SOONEST = Costs(day_of_waiting=100_000)  # more than anything else of a course can cost
LOST = frozenset({Status.CANCELLED, Status.NOSHOW})


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One visit of a course as it stands.

    `is_settled`: nothing can be planned about it any more, because it has been, or a later one has.
    `is_lost`: it was cancelled or missed. `is_out_of_step`: it is too near to the one before it, or too far.
    """

    number: int
    appointment: Appointment
    is_settled: bool
    is_lost: bool
    is_out_of_step: bool
    device: int | None  # the first that it has, in the order in which its treatment needs them

    @property
    def candidate(self) -> Candidate:
        """The time it has, as the planner counts it."""
        return Candidate(self.appointment.starts, self.appointment.practitioner_id, self.device)

    def is_at(self, time: Candidate) -> bool:
        """Say whether it has this time already; one that names no device is content with any."""
        return time == self.candidate or time == self.candidate._replace(device=None)


def courses_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Course]:
    """Find the courses at a clinic whose patients this person may see."""
    return Course.objects.filter(within(user, Right.SEE_PATIENTS), clinic=clinic).select_related(
        "clinic", "patient", "treatment", "practitioner", "created_by", "ended_by"
    )


def course_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Course:
    """
    Find one course for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    course = courses_visible_to(user, clinic).filter(ref=ref).first()
    if course is None:
        raise NotFound
    return course


def visits_of(course: Course, at: datetime) -> list[Standing]:
    """List the visits of a course in order, each with how it stands."""
    places = CourseVisit.objects.filter(course=course).select_related(
        "appointment__practitioner", "appointment__treatment", "appointment__patient", "appointment__clinic"
    )
    visits = [(place.number, place.appointment) for place in places.order_by("number")]
    kept = [(number, visit) for number, visit in visits if visit.status not in LOST]
    out = {
        kept[place - 1][0]
        for place in out_of_step([visit.starts for _, visit in kept], spacing=course.spacing, zone=course.clinic.zone)
        if kept[place - 1][0] == kept[place - 2][0] + 1  # where one between is lost, that is what is to be mended
    }
    settled = max((number for number, visit in kept if _has_been(visit, at)), default=0)
    devices = _devices_of(visit for _, visit in visits)
    return [
        Standing(number, visit, number <= settled, visit.status in LOST, number in out, devices.get(visit.pk))
        for number, visit in visits
    ]


def first_to_mend(visits: Iterable[Standing]) -> int | None:
    """Say from which visit on a course wants planning anew: the first that was lost, or no longer keeps the spacing."""
    wanting = (one.number for one in visits if not one.is_settled and (one.is_lost or one.is_out_of_step))
    return next(wanting, None)


def rest_from(visits: Iterable[Standing], number: int) -> list[Standing]:
    """List what of a course is planned anew from one visit on; lost ones before it are, too."""
    return [one for one in visits if not one.is_settled and (one.is_lost or one.number >= number)]


def course_candidates(
    wish: Wish, *, at: datetime, first: date | None = None, ignoring: Sequence[Appointment] = ()
) -> list[Candidate]:
    """
    List every time that one visit of a course could have, with each practitioner and on each device free for it.

    What the patient has already is in the way, too, and so are the days too near to another session of theirs and
    those for which they are not cleared. Of those who are free at the same minute, whoever
    has the fewest visits comes first, so that "no preference" spreads over everybody.

    :param ignoring: visits of this course that are to be moved: their own times are free for it
    """
    free: dict[int, dict[tuple[int, int | None], None]] = {}
    # Two visits of a course lie a day apart, so a time is never in the way of two at once.
    for one in ignoring or (None,):
        for time in diary.openings_for(
            clinic=wish.clinic,
            treatment=wish.treatment,
            first=first or wish.first,
            last=(first or wish.first) + FAR,
            at=at,
            practitioner=wish.practitioner,
            ignoring=one,
        ):
            free.setdefault(time.starts, {}).update(dict.fromkeys(time.ways()))
    if not free:
        return []
    taken = _taken_by_patient(wish, min(free), ignoring)
    too_near = _days_too_near(wish, min(free), max(free), ignoring)
    cleared = _clearance(wish, at)
    minutes = wish.treatment.minutes
    load = _visits_of_each(wish.clinic, min(free), max(free))
    return [
        Candidate(start, *way)
        for start in sorted(free)
        if (day := local(start, wish.clinic.zone).date()) not in too_near
        and cleared.allows(day)
        and not any(start < ends and starts < start + minutes for starts, ends in taken)
        for way in sorted(free[start], key=lambda way: load.get(way[0], 0))
    ]


def plan_course(wish: Wish, *, at: datetime) -> Answer:
    """Find the best plan for a new course, or say what stands in the way."""
    return _answer(wish, course_candidates(wish, at=at), {}, Costs(), at=at)


def earliest_course(wish: Wish, *, at: datetime) -> Answer:
    """Find the plan whose first visit is soonest, and of those the best, or say what stands in the way."""
    return _answer(wish, course_candidates(wish, at=at), {}, SOONEST, at=at)


def plan_around(wish: Wish, fixed: Mapping[int, Candidate], *, at: datetime) -> Answer:
    """Plan a new course around times that somebody has chosen by hand, as far as those are free."""
    candidates = course_candidates(wish, at=at)
    return _answer(wish, candidates, _as_free(fixed, candidates), Costs(), at=at)


def replan_rest(course: Course, number: int, *, at: datetime, chosen: Mapping[int, Candidate] | None = None) -> Answer:
    """
    Propose times anew for the visits of a course from one number on.

    Visits that are settled stay as they are, and so do those before that number, but for lost ones.

    :param chosen: times that somebody has chosen by hand, kept as far as they are free
    """
    visits = visits_of(course, at)
    rest = rest_from(visits, number)
    anew = {one.number for one in rest}
    fixed = {one.number: one.candidate for one in visits if one.number not in anew}
    candidates = candidates_for_rest(course, rest, at=at)
    fixed |= {place: one for place, one in _as_free(chosen or {}, candidates).items() if place in anew}
    return _answer(wish_of(course, at), candidates, fixed, Costs(), at=at)


def candidates_for_rest(course: Course, rest: Iterable[Standing], *, at: datetime) -> list[Candidate]:
    """List the times that the rest of a course could have, its own present times among them."""
    moving = [one.appointment for one in rest if not one.is_lost]
    return course_candidates(wish_of(course, at), at=at, ignoring=moving)


def people_of(candidates: Iterable[Candidate]) -> dict[int, Practitioner]:
    """Find whom these times are with."""
    return Practitioner.objects.in_bulk({one.practitioner for one in candidates})


def devices_by_key(candidates: Iterable[Candidate]) -> dict[int, Device]:
    """Find which devices these times are on."""
    return Device.objects.in_bulk({one.device for one in candidates if one.device is not None})


def keys_of_devices(refs: Iterable[str]) -> dict[str, int]:
    """Find the keys of devices by what stands for them in an address."""
    return dict(Device.objects.filter(ref__in=set(refs)).values_list("ref", "pk"))


def keys_of_people(refs: Iterable[str]) -> dict[str, int]:
    """Find the keys of practitioners by what stands for them in an address."""
    return dict(Practitioner.objects.filter(ref__in=set(refs)).values_list("ref", "pk"))


def practitioners_at(clinic: Clinic, on: date) -> list[Practitioner]:
    """List whom a patient may prefer: everybody who works at a clinic, in its own order."""
    return list(practitioners.shown_at(clinic, on))


def courses_of(patient: Patient) -> QuerySet[Course]:
    """Find a patient's courses, the latest first."""
    return Course.objects.filter(patient=patient).select_related("treatment").order_by("-created_at", "-pk")


def courses_told_wrongly() -> QuerySet[Course]:
    """Find the courses whose letter still waits and whose visits have been changed, one by one, since it was written."""
    kind = Course._meta.label_lower
    waiting = Message.objects.filter(about_kind=kind, state=Message.State.QUEUED).values_list("about_ref", flat=True)
    changed = CourseVisit.objects.exclude(told_sequence=F("appointment__sequence"))
    return Course.objects.filter(
        state=Course.State.ACTIVE, ref__in=list(waiting.distinct()), pk__in=changed.values("course")
    )


def is_to_be_told(course: Course) -> bool:
    """Say whether a letter about a course waits to be sent."""
    return bool(messages.waiting_about(kind=course._meta.label_lower, ref=course.ref))


def wish_of(course: Course, at: datetime) -> Wish:
    """Say what was asked for, from now on."""
    return Wish(
        clinic=course.clinic,
        patient=course.patient,
        treatment=course.treatment,
        visits=course.visits,
        spacing=course.spacing.at_least(course.treatment.gap.least),
        first=local(minute_of(at), course.clinic.zone).date(),
        preferences=course.preferences,
        practitioner=course.practitioner,
    )


def last_bookable_day(wish: Wish, at: datetime) -> date | None:
    """Say how far ahead the treatment can be booked; None when the clinic does not offer it."""
    days = Offer.objects.filter(clinic=wish.clinic, treatment=wish.treatment).values_list("horizon_days", flat=True)
    return next((local(minute_of(at), wish.clinic.zone).date() + timedelta(days=ahead) for ahead in days), None)


def _answer(
    wish: Wish, candidates: Sequence[Candidate], fixed: Mapping[int, Candidate], costs: Costs, *, at: datetime
) -> Answer:
    found = best_plan(
        candidates,
        visits=wish.visits,
        spacing=wish.spacing,
        zone=wish.clinic.zone,
        preferences=wish.preferences,
        costs=costs,
        fixed=fixed,
    )
    if isinstance(found, Plan):
        return Proposal(found, candidates, fixed)
    return NoPlan(found, last_bookable_day(wish, at))


def _as_free(chosen: Mapping[int, Candidate], candidates: Iterable[Candidate]) -> dict[int, Candidate]:
    """Keep of what was chosen by hand what is free; one that names no device gets the first of those that are."""
    free: dict[Candidate, Candidate] = {}
    for one in candidates:
        free.setdefault(one._replace(device=None), one)
        free[one] = one
    return {number: free[one] for number, one in chosen.items() if one in free}


def _devices_of(visits: Iterable[Appointment]) -> dict[int, int]:
    """Find the first device of each of these visits, by the visit's key."""
    slots = Slot.objects.filter(appointment__in=[visit.pk for visit in visits], schedule__device__isnull=False)
    rows = slots.order_by("-pk").values_list("appointment_id", "schedule__device_id")
    return dict(rows)


def _taken_by_patient(wish: Wish, first: int, ignoring: Sequence[Appointment]) -> list[tuple[int, int]]:
    slots = Slot.objects.filter(schedule__patient=wish.patient, is_live=True, ends__gt=first)
    return list(slots.exclude(appointment__in=ignoring).values_list("starts", "ends"))


def _days_too_near(wish: Wish, first: int, last: int, ignoring: Sequence[Appointment]) -> frozenset[date]:
    around, zone = Interval(first, last + 1), wish.clinic.zone
    sessions = diary.sessions_near(wish.patient, wish.treatment, around, zone=zone, ignoring=ignoring)
    return wish.treatment.gap.too_near(sessions)


def _clearance(wish: Wish, at: datetime) -> Clearance:
    return clearance_for(wish.patient, offer_at(wish.clinic, wish.treatment.slug), at=at)


def _visits_of_each(clinic: Clinic, first: int, last: int) -> dict[int, int]:
    """Count what each practitioner has to do at a clinic in a stretch of time."""
    booked = Appointment.objects.filter(clinic=clinic, starts__gte=first, starts__lte=last).exclude(status__in=LOST)
    counted = booked.order_by().values_list("practitioner").annotate(visits=Count("pk"))
    return dict(counted.values_list("practitioner", "visits"))


def _has_been(visit: Appointment, at: datetime) -> bool:
    return visit.status in {Status.ARRIVED, Status.FULFILLED} or visit.starts <= minute_of(at)
