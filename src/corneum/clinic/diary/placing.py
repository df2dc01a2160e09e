"""Placing a visit: choosing who and where, and taking their time. The database alone decides."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Q

from corneum.clinic.diary.models import Appointment, Block, Hold, Owner, Schedule, Slot
from corneum.clinic.diary.queries.busy import refresh_weeks
from corneum.clinic.diary.queries.limits import days_full
from corneum.clinic.diary.queries.search import Search, search
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.openings import Opening, Openings
from corneum.domain.scheduling.wall import day_window, local
from corneum.platform.accounts.models import Clinic

R = TypeVar("R")
TRIES = 4
PATIENT = "patient"
NO_OVERLAP = ("diary_slot_no_overlap_after", "diary_slot_no_overlap_before")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for: enough to look for other times when it cannot be had."""

    clinic: Clinic
    treatment: Treatment
    starts: int
    practitioner: Practitioner | None
    # Why somebody who has the right books against rules, hours or a practitioner's diary; empty: they do not.
    in_spite: str = ""


class TimeRefused(ClinicError):
    """This time cannot be booked. Please choose another."""

    def __init__(self, wanted: Wanted) -> None:
        """Keep what was wanted, so that the page can offer the nearest times."""
        super().__init__()
        self.wanted = wanted


class SlotTaken(TimeRefused):
    """Somebody has just taken this time. Please choose another."""


class NotOffered(TimeRefused):
    """This time cannot be booked. Please choose one of the times shown."""


class PatientBusy(ClinicError):
    """There is already an appointment in this name at that time. Please choose another time."""


class SomebodyWasQuicker(ClinicError):
    """Between looking and taking, somebody took one of the things needed."""


_OVERLAP = dict.fromkeys(NO_OVERLAP, SomebodyWasQuicker)
PATIENT_OVERLAP = dict.fromkeys(NO_OVERLAP, PatientBusy)


@dataclass(frozen=True, slots=True)
class Occupancy:
    """The time that one practitioner, room, device or patient gives to the visit."""

    owner: Owner
    starts: int
    ends: int
    clear_from: int
    clear_until: int
    is_overbooked: bool = False  # beside something that they have already, by somebody's right

    def span(self) -> dict[str, int]:
        """What it is, as a slot names it."""
        return {
            "starts": self.starts,
            "ends": self.ends,
            "clear_from": self.clear_from,
            "clear_until": self.clear_until,
            "is_overbooked": self.is_overbooked,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """A visit with everybody and everything that it takes."""

    practitioner_id: int
    starts: int
    ends: int
    occupancies: tuple[Occupancy, ...]

    def with_patient(self, patient: Patient) -> "Place":
        """Take the patient's own time too: nobody can be in two places."""
        theirs = Occupancy(Owner(PATIENT, patient.pk), self.starts, self.ends, self.starts, self.ends)
        return replace(self, occupancies=(*self.occupancies, theirs))


def place(
    wanted: Wanted,
    *,
    at: datetime,
    take: Callable[[Place], R],
    ignoring: Appointment | None = None,
    staying: Iterable[Owner] = (),
) -> R:
    """
    Choose who and where for a visit, and take their time.

    No look before the leap decides anything: `take` writes, and the database refuses whatever
    overlaps. Then somebody was quicker, and the next look sees what they left.

    :param take: writes the slots of the place it is given; what it answers is the answer
    :param ignoring: whose own slots are in nobody's way, because they will move
    :param staying: who and what is kept if it is still free, although another could be chosen
    :raises NotOffered: no such time is offered, even in an empty diary
    :raises SlotTaken: it was offered, and is no longer free
    """
    for _ in range(TRIES):
        chosen = _choose(wanted, at=at, ignoring=ignoring, staying=frozenset(staying))
        try:
            with refusing(_OVERLAP):
                _refuse_full_day(wanted, at=at, ignoring=ignoring)
                return take(chosen)
        except SomebodyWasQuicker:
            continue
    raise SlotTaken(wanted)


def schedules_of(owners: Iterable[Owner]) -> dict[Owner, Schedule]:
    """
    Find these diaries, make the ones that are missing, and lock them all, always in the same order.

    Whoever writes slots locks their schedules first. Otherwise two exclusion constraints could
    wait for each other's unfinished rows on PostgreSQL; SQLite has one writer at a time anyway.
    """
    wanted = list(owners)
    found = _locked_schedules(wanted)
    missing = [owner for owner in wanted if owner not in found]
    if missing:
        # another booking may be making the same ones: theirs will do
        Schedule.objects.bulk_create(
            (Schedule(**{f"{what}_id": key}, number=number) for what, key, number in missing), ignore_conflicts=True
        )
        found |= _locked_schedules(missing)
    return found


def occupy(place: Place, *, at: datetime, hold: Hold | None = None, appointment: Appointment | None = None) -> None:
    """
    Write the slots of a new hold or appointment, and free what expired holds still occupy there.

    :raises PatientBusy: the patient has something else at that time
    """
    schedules = _free_schedules_of(place, at=at)
    slots = [
        Slot(schedule=schedules[one.owner], hold=hold, appointment=appointment, **one.span())
        for one in place.occupancies
    ]
    Slot.objects.bulk_create(slot for slot in slots if slot.schedule.patient_id is None)
    with refusing(PATIENT_OVERLAP):
        Slot.objects.bulk_create(slot for slot in slots if slot.schedule.patient_id is not None)
    if appointment is not None:
        refresh_weeks([schedule.pk for schedule in schedules.values()])


def lock_diaries_of(appointment: Appointment) -> None:
    """Lock everybody's and everything's diary that an appointment is in, as whoever writes slots does first."""
    schedules_of(slot.schedule.owner for slot in appointment.slots.select_related("schedule"))


def lock_daily_limit(clinic: Clinic, treatment: Treatment) -> None:
    """Lock a treatment's daily limit, if it has one: always before any diary, so that nobody waits in a circle."""
    list(Offer.objects.select_for_update().filter(clinic=clinic, treatment=treatment, most_per_day__isnull=False))


def write_weeks_of(appointment: Appointment) -> None:
    """Write down anew the weeks in which an appointment's slots are, after one of them has changed."""
    refresh_weeks(list(appointment.slots.values_list("schedule_id", flat=True)))


def move_slots(appointment: Appointment, place: Place, *, at: datetime) -> None:
    """
    Move an appointment's own slots, row by row, to where and when it is to be.

    :raises PatientBusy: the patient has something else at that time
    """
    # The diaries that it leaves are locked with those that it goes to, all in one order.
    rows = list(appointment.slots.select_related("schedule").order_by("pk"))
    left = {row.schedule_id for row in rows}
    schedules_of({*(row.schedule.owner for row in rows), *(one.owner for one in place.occupancies)})
    schedules = _free_schedules_of(place, at=at)
    for one in place.occupancies:
        slot = _row_to_move(rows, one) or Slot(appointment=appointment)
        slot.schedule = schedules[one.owner]
        for name, minute in one.span().items():
            setattr(slot, name, minute)
        with refusing(PATIENT_OVERLAP if one.owner.what == PATIENT else {}):
            slot.save()
    for row in rows:  # the treatment needs less than when this was booked
        row.delete()
    refresh_weeks({*left, *(schedule.pk for schedule in schedules.values())})


def _row_to_move(rows: list[Slot], one: Occupancy) -> Slot | None:
    """Take out the row that is best moved there: of the same owner, or at least of the same kind."""
    owners = [row.schedule.owner for row in rows]
    if one.owner in owners:
        return rows.pop(owners.index(one.owner))
    kinds = [owner.what for owner in owners]
    return rows.pop(kinds.index(one.owner.what)) if one.owner.what in kinds else None


def _free_schedules_of(place: Place, *, at: datetime) -> dict[Owner, Schedule]:
    """
    Lock the diaries of a place, and take away the slots of expired holds that still stand in its way.

    The holds themselves stay for the worker to remove: somebody's draft points at them, and its
    row may be locked by a transaction that is waiting for ours.
    """
    schedules = schedules_of(one.owner for one in place.occupancies)
    _refuse_blocked(schedules, place)
    in_the_way = Slot.objects.filter(
        schedule__in=list(schedules.values()),
        clear_from__lt=max(one.clear_until for one in place.occupancies),
        clear_until__gt=min(one.clear_from for one in place.occupancies),
        hold__expires_at__lte=at,
    )
    expired = Hold.objects.select_for_update().filter(pk__in=in_the_way.values("hold")).order_by("pk")
    Slot.objects.filter(hold__in=list(expired)).delete()
    return schedules


def _refuse_blocked(schedules: dict[Owner, Schedule], place: Place) -> None:
    """Look again, now that nobody else can change these diaries, whether one has been blocked meanwhile."""
    spans = {schedules[one.owner].pk: one for one in place.occupancies if not one.is_overbooked}
    blocks = Block.objects.filter(
        schedule__in=list(spans),
        lifted_at=None,
        starts__lt=max(one.clear_until for one in place.occupancies),
        ends__gt=min(one.clear_from for one in place.occupancies),
    )
    for key, starts, ends in blocks.values_list("schedule_id", "starts", "ends"):
        if starts < spans[key].clear_until and ends > spans[key].clear_from:
            raise SomebodyWasQuicker


def _refuse_full_day(wanted: Wanted, *, at: datetime, ignoring: Appointment | None) -> None:
    """Count the day's visits again while nobody else can add one."""
    offer = Offer.objects.filter(clinic=wanted.clinic, treatment=wanted.treatment, most_per_day__isnull=False).first()
    if offer is None or wanted.in_spite:
        return
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    day = local(wanted.starts, wanted.clinic.zone).date()
    if days_full(locked, wanted.clinic, day_window(day, day, wanted.clinic.zone), at=at, ignoring=ignoring):
        raise SomebodyWasQuicker


def _locked_schedules(owners: Iterable[Owner]) -> dict[Owner, Schedule]:
    theirs = Q()
    for what, key, number in owners:
        theirs |= Q(**{what: key}, number=number)
    rows = Schedule.objects.select_for_update(no_key=True).filter(theirs).order_by("pk")
    return {schedule.owner: schedule for schedule in rows}


def _choose(wanted: Wanted, *, at: datetime, ignoring: Appointment | None, staying: frozenset[Owner]) -> Place:
    """
    Choose among those who are free, found by the same search as the list of times.

    Without a preference, the fair choice is whoever has the fewest visits that day, and then the
    clinic's own order. Rooms and devices are taken in the clinic's order.
    """
    day = local(wanted.starts, wanted.clinic.zone).date()
    found = search(
        clinic=wanted.clinic,
        treatment=wanted.treatment,
        first=day,
        last=day,
        at=at,
        practitioner=wanted.practitioner,
        ignoring=ignoring,
        exactly=bool(wanted.in_spite),
    )
    if found is None:
        raise NotOffered(wanted)
    openings = found.openings_against_the_rules() if wanted.in_spite else found.openings()
    opening = openings.at(wanted.starts)
    if opening is None:
        was_offered = found.openings_if_nothing_were_booked().at(wanted.starts)
        raise SlotTaken(wanted) if was_offered else NotOffered(wanted)
    return _place_at(opening, openings, found, staying, day_window(day, day, wanted.clinic.zone))


def _place_at(opening: Opening, openings: Openings, found: Search, staying: frozenset[Owner], today: Interval) -> Place:
    choices = [[cast("Owner", key) for key in keys] for keys in opening.choices]
    if len(choices[0]) > 1:
        visits = _visits_of(choices[0], today, found.at)
        choices[0].sort(key=lambda owner: (not found.is_free(owner, opening.starts), visits.get(owner.key, 0)))
    for keys in choices:
        keys.sort(key=lambda owner: owner not in staying)
    picked = openings.picked(choices)
    if picked is None:
        raise AssertionError("the search offers nothing that cannot be picked")
    owners = [cast("Owner", key) for key in picked]
    starts, ends = opening.starts, opening.ends
    return Place(
        practitioner_id=owners[0].key,
        starts=starts,
        ends=ends,
        occupancies=tuple(
            Occupancy(
                owner,
                starts,
                ends,
                starts - need.before,
                ends + need.after,
                is_overbooked=place == 0 and not found.is_free(owner, starts),
            )
            for place, (need, owner) in enumerate(zip(found.sought, owners, strict=True))
        ),
    )


def _visits_of(people: Iterable[Owner], today: Interval, at: datetime) -> dict[int, int]:
    """Count what each of these practitioners has on a day already."""
    rows = Slot.objects.filter(
        schedule__practitioner__in=[owner.key for owner in people],
        is_live=True,
        starts__gte=today.starts,
        starts__lt=today.ends,
    ).exclude(hold__expires_at__lte=at)
    return Counter(rows.values_list("schedule__practitioner", flat=True))
