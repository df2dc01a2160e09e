"""Eight weeks of appointments, four behind today and four ahead, in all states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner, WorkingHours
from corneum.clinic.treatments.models import Offer
from corneum.config.demo.clinic import Group
from corneum.config.demo.people import REASONS, Person, crowd
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic

DAYS_EACH_WAY = 28
STEP = timedelta(minutes=15)
CLEAN_DOWN = timedelta(minutes=5)
DAYS_BETWEEN = 12


@dataclass(slots=True)
class Regulars:
    """Who has been here before, and who has yet to come."""

    to_come: list[Person]
    known: list[Patient] = field(default_factory=list)
    seen_on: dict[int, date] = field(default_factory=dict)  # by key: the last day somebody had

    def due(self, random: Random, day: date) -> Patient | None:
        """Draw somebody whose last visit is long enough ago for the next."""
        waiting = [one for one in self.known if (day - self.seen_on.get(one.pk, date.min)).days >= DAYS_BETWEEN]
        return random.choice(waiting) if waiting else None


@dataclass(frozen=True, slots=True)
class Usual:
    """What is the same on every day at a clinic, read once: who works when, and what is offered there."""

    clinic: Clinic
    hours: Sequence[WorkingHours]
    offered: frozenset[int]  # keys of treatments

    @classmethod
    def at(cls, clinic: Clinic) -> "Usual":
        """Read it."""
        offered = Offer.objects.filter(clinic=clinic).values_list("treatment", flat=True)
        return cls(clinic, list(WorkingHours.objects.filter(clinic=clinic)), frozenset(offered))


def fill(group: Group, *, random: Random, at: datetime, each_way: int = DAYS_EACH_WAY) -> int:
    """
    Book, see and finish some weeks of visits at both clinics; answer with how many.

    :param each_way: how many days back, and how many ahead
    """
    made = 0
    for clinic, head_count, desk in ((group.main, 260, "jo"), (group.small, 60, "sam")):
        regulars = Regulars(crowd(random, head_count))
        by, usual = Actor.staff(group.users[desk]), Usual.at(clinic)
        today = at.astimezone(ZoneInfo(clinic.zone)).date()
        for offset in range(-each_way, each_way):
            made += _day(group, usual, today + timedelta(days=offset), regulars, random=random, by=by, at=at)
    return made


def _day(group: Group, usual: Usual, day: date, regulars: Regulars, *, random: Random, by: Actor, at: datetime) -> int:
    made = 0
    ahead = (day - at.date()).days
    nearby, before, after = abs(ahead) <= 2, 0.55 if ahead >= -7 else 0.28, max(0.08, 0.6 - 0.035 * ahead)
    fullness = 0.9 if nearby else before if ahead < 0 else after
    for practitioner, starts_at, ends_at in _stretches(group, usual, day):
        cursor = starts_at
        while cursor < ends_at:
            if random.random() > fullness:
                cursor += random.choice((1, 2, 3)) * STEP
                continue
            stretch = (cursor, ends_at)
            appointment = _book(group, usual, practitioner, stretch, regulars, random=random, by=by, at=at)
            if appointment is None:
                cursor += STEP
                continue
            made += 1
            _live_through(appointment, random=random, by=by, at=at)
            cursor = appointment.ends_at + CLEAN_DOWN + random.choice((0, 0, 1)) * STEP
            cursor += (datetime.min.replace(tzinfo=UTC) - cursor) % STEP  # up to the next quarter
    return made


def _stretches(group: Group, usual: Usual, day: date) -> Iterator[tuple[Practitioner, datetime, datetime]]:
    """Yield who works when on this day."""
    zone = ZoneInfo(usual.clinic.zone)
    for practitioner in group.practitioners.values():
        for stretch in usual.hours:
            if (stretch.practitioner_id, stretch.weekday) == (practitioner.pk, day.weekday()):
                yield (
                    practitioner,
                    datetime.combine(day, stretch.starts, zone).astimezone(UTC),
                    datetime.combine(day, stretch.ends, zone).astimezone(UTC),
                )


def _book(
    group: Group,
    usual: Usual,
    practitioner: Practitioner,
    stretch: tuple[datetime, datetime],
    regulars: Regulars,
    *,
    random: Random,
    by: Actor,
    at: datetime,
) -> Appointment | None:
    """Book somebody for this time as it would have been booked, some days before."""
    starts_at, ends_at = stretch
    day = starts_at.date()
    regular = regulars.due(random, day)
    is_new = bool(regulars.to_come) and (regular is None or random.random() < 0.25)
    booked_at = min(at, starts_at) - timedelta(days=random.randrange(2, 15), minutes=random.randrange(600))
    slug = "consultation"
    if not is_new:
        slug = random.choices(
            ("microdermabrasion", "superficial-peel", "led", "course-review", "microneedling", "consultation"),
            (44, 22, 10, 9, 6, 9),
        )[0]
    treatment = group.treatments[slug]
    if treatment.pk not in usual.offered or starts_at + timedelta(minutes=treatment.minutes) > ends_at:
        return None
    person = regulars.to_come[-1] if is_new else None
    if person is not None:
        patient = patients.welcome_patient(
            clinic=usual.clinic, name=person.name, email=person.email, phone=person.phone, by=by, at=booked_at
        )
    elif regular is not None:
        patient = regular
    else:
        return None
    try:
        appointment = diary.book_appointment(
            clinic=usual.clinic,
            treatment=treatment,
            starts=minute_of(starts_at),
            practitioner=practitioner,
            patient=patient,
            note=person.note if person else "",
            by=by,
            at=booked_at,
        )
    except ClinicError:
        return None  # the room or the unit is taken, or they do not give it: as on any day, another time is tried
    if person is not None:
        regulars.to_come.pop()
        regulars.known.append(patient)
    regulars.seen_on[patient.pk] = day
    return appointment


def _live_through(appointment: Appointment, *, random: Random, by: Actor, at: datetime) -> None:
    """Let what has happened by now have happened."""
    starts_at, ends_at = appointment.starts_at, appointment.ends_at
    fate = random.random()
    if fate < 0.06:
        told = min(at, starts_at) - timedelta(hours=random.randrange(5, 70))
        diary.cancel_appointment(
            appointment=appointment, reason=random.choice(REASONS), by=by, at=max(told, appointment.booked_at)
        )
        return
    if fate < 0.10 and starts_at + timedelta(minutes=20) < at:
        diary.mark_noshow(appointment=appointment, by=by, at=starts_at + timedelta(minutes=20))
        return
    came_at = starts_at - timedelta(minutes=random.randrange(1, 9))
    if came_at <= at:
        diary.arrive_appointment(appointment=appointment, by=by, at=came_at)
    if ends_at <= at:
        diary.finish_appointment(appointment=appointment, by=by, at=ends_at)
