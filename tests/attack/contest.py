"""The times that a horde fights for, what each of its processes brings along, and the verdict on what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from tests.attack.paths import EARLY, PATHS

PARKED = 30_000_000  # a minute in the year 2027, far from every time that is fought for
BLOCK = 8  # of so many times, each path begins with another one, so that not always the quickest path is first
KEPT_FOR = timedelta(hours=1)  # what is offered from the waiting list


@dataclass
class Contest:
    """What is fought for, by whom: `orders` are the tries of each process."""

    keys: dict[str, int]
    times: list[int]
    orders: list[list[dict[str, Any]]]


@dataclass
class Verdict:
    """What came of it. In order, every time has one winner, and nothing is in `wrong`."""

    tries: int
    won_by: Counter[str]
    refused_by: Counter[str]
    winners: Counter[int]  # how many times had so many winners
    pressed_again: int = 0  # by whoever was killed after it was done and before they heard of it
    wrong: list[str] = field(default_factory=list)


def prepare(cast: Any, *, days: int, a_day: int, processes: int, crowd: int) -> Contest:
    """
    Make a contest at the tests' clinic: a treatment with one device, open all week, and its next times.

    :param days: an even number, because a course takes two times, a day apart
    :param crowd: so many of the times are wanted by every process; the others by one of each path
    """
    treatment = _open_all_week(cast)
    times = _next_times(cast, treatment, days, a_day)
    orders: list[list[dict[str, Any]]] = [[] for _ in range(processes)]
    for place, starts in enumerate(times):
        for number in range(processes) if place < crowd else _one_of_each_path(place, processes):
            one = {"path": PATHS[number % len(PATHS)], "press": f"{number}-{place}", "starts": starts}
            if one["path"] == "course":
                day, of_the_day = divmod(place, a_day)
                if day % 2 != of_the_day % 2:
                    continue  # this time is the other one of somebody's course
                one["both"] = sorted([starts, times[place + (-a_day if day % 2 else a_day)]])
            orders[number].append(one | {"place": place})
    for number, tries in enumerate(orders):
        tries.sort(key=partial(_turn, path=number % len(PATHS)))
    _bring_along(cast, treatment, [one for tries in orders for one in tries])
    keys = {"clinic": cast.manchester.pk, "treatment": treatment.pk, "user": cast.dana.pk, "rosa": cast.rosa.pk}
    return Contest(keys, times, orders)


def judge(contest: Contest, answers: Iterable[Sequence[dict[str, Any]]], rows: Iterable[Sequence[Any]]) -> Verdict:
    """
    Hold what everybody was told against what is there.

    :param rows: ref and start of each appointment that stands, read by nothing of ours
    """
    told: dict[int, set[str]] = defaultdict(set)
    verdict = Verdict(0, Counter(), Counter(), Counter())
    for tries, said in zip(contest.orders, answers, strict=True):
        if len(tries) != len(said):
            verdict.wrong.append(f"{len(tries) - len(said)} tries were never answered")
        for one, answer in zip(tries, said, strict=False):
            verdict.tries += 1
            if "got" in answer:
                verdict.won_by[one["path"]] += 1
                verdict.pressed_again += answer["again"]
                for starts, ref in answer["got"]:
                    told[starts].add(ref)
                continue
            verdict.refused_by[answer["refusal"]] += 1
            if not answer["is_typed"] or not answer["nearest"]:
                verdict.wrong.append(f"{one['path']} was told {answer}")
    there, fought_for = defaultdict(set), frozenset(contest.times)
    for ref, starts in rows:
        if starts in fought_for:
            there[starts].add(ref)
    verdict.winners = Counter(len(there[starts]) for starts in contest.times)
    if there != told:
        differ = [starts for starts in contest.times if there[starts] != told[starts]]
        verdict.wrong.append(f"at {len(differ)} times people were told something else than what is there")
    return verdict


def _turn(one: dict[str, Any], path: int) -> tuple[int, int]:
    """Let each path begin with another time of a block."""
    return one["place"] // BLOCK, (one["place"] - path) % BLOCK


def _one_of_each_path(place: int, processes: int) -> list[int]:
    """Choose one process of each path, another one at each time."""
    return [(of := range(path, processes, len(PATHS)))[place % len(of)] for path in range(len(PATHS))]


def _open_all_week(cast: Any) -> Any:
    """Have the clinic open from six to ten every day, with two people, two rooms and one device for one treatment."""
    from corneum.clinic.practitioners.models import Qualification, WorkingHours
    from corneum.clinic.premises.models import OpeningHours
    from corneum.clinic.treatments.models import Need, Offer, Treatment
    from tests.factories.cast import LONG_AGO, make_treatment

    what, both = Need.What, (cast.rosa, cast.nadia)
    treatment = make_treatment(
        "Light", Treatment.Kind.TREATMENT, Treatment.Family.OTHER, minutes=15,
        needs=[(what.PRACTITIONER, "", 0, 5), (what.ROOM, "treatment", 5, 0), (what.DEVICE, "crystal-unit", 0, 5)],
    )  # fmt: skip
    Offer.objects.create(
        clinic=cast.manchester, treatment=treatment, price_pence=6000, horizon_days=60, step_minutes=20
    )
    OpeningHours.objects.filter(clinic=cast.manchester).delete()
    WorkingHours.objects.filter(clinic=cast.manchester).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=cast.manchester, weekday=weekday, opens=time(6), closes=time(22)) for weekday in range(7)
    )
    WorkingHours.objects.bulk_create(
        WorkingHours(
            practitioner=who, clinic=cast.manchester, weekday=weekday, starts=time(6), ends=time(22),
            valid_from=LONG_AGO,
        )
        for weekday in range(7) for who in both
    )  # fmt: skip
    Qualification.objects.bulk_create(
        Qualification(practitioner=who, treatment=treatment, valid_from=LONG_AGO) for who in both
    )
    return treatment


def _next_times(cast: Any, treatment: Any, days: int, a_day: int) -> list[int]:
    """Find the first times of each of the next days."""
    from corneum.clinic.diary import queries
    from corneum.domain.scheduling.wall import local

    tomorrow = (EARLY + timedelta(days=1)).date()
    offered = queries.openings_for(
        clinic=cast.manchester, treatment=treatment, first=tomorrow, last=tomorrow + timedelta(days=days - 1), at=EARLY
    )
    by_day = groupby(offered, key=lambda each: local(each.starts, cast.manchester.zone).date())
    return [each.starts for _, theirs in by_day for each in list(theirs)[:a_day]]


def _bring_along(cast: Any, treatment: Any, tries: Sequence[dict[str, Any]]) -> None:
    """Make what the tries need: patients, visits to be moved, times offered, visits of somebody who is out."""
    from django.db import transaction

    with transaction.atomic():
        for one, patient in _with_patients(cast, [one for one in tries if one["path"] in {"desk", "course"}]):
            one["patient"] = patient.pk
        for place, one in enumerate(one for one in tries if one["path"] == "desk"):
            one["in_spite"] = "an emergency" if place % 2 else ""
        _park(cast, treatment, [one for one in tries if one["path"] in {"move", "replacing"}])
        _offer(cast, treatment, [one for one in tries if one["path"] == "waiting"])
    _take_out(cast, [one for one in tries if one["path"] == "replacing"])


def _with_patients(cast: Any, tries: Sequence[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], Any]]:
    from corneum.clinic.patients.models import Patient

    made = Patient.objects.bulk_create(
        Patient(
            clinic=cast.manchester, name=f"Patient {one['press']}", email=f"{one['press']}@patients.example",
            created_at=EARLY,
        )
        for one in tries
    )  # fmt: skip
    return zip(tries, made, strict=True)


def _park(cast: Any, treatment: Any, tries: Sequence[dict[str, Any]]) -> None:
    """Write visits far away: Nadia's are to be moved, Rosa's to be placed anew."""
    from corneum.clinic.diary.models import Appointment, Owner, Schedule, Slot
    from corneum.clinic.diary.placing import schedules_of
    from corneum.platform.audit.models import AuditEvent

    visits, starts = [], PARKED
    for one, patient in _with_patients(cast, tries):
        who = cast.nadia if one["path"] == "move" else cast.rosa
        starts = one["parked"] = starts + 20
        visits.append(Appointment(
            reference=f"P{starts}", clinic=cast.manchester, patient=patient, treatment=treatment, practitioner=who,
            starts=starts, ends=starts + 15, zone="Europe/London", wall_time="", booked_at=EARLY,
        ))  # fmt: skip
    visits = Appointment.objects.bulk_create(visits)
    theirs = Schedule.objects.bulk_create(Schedule(patient=visit.patient) for visit in visits)
    things = [Owner("room", cast.treatment_room_1.pk), Owner("device", cast.crystal.pk)]
    people = [Owner("practitioner", cast.rosa.pk), Owner("practitioner", cast.nadia.pk)]
    with_no_patient = schedules_of([*things, *people])
    Slot.objects.bulk_create(
        Slot(
            schedule=schedule, appointment=visit, starts=visit.starts, ends=visit.ends, clear_from=visit.starts,
            clear_until=visit.ends,
        )
        for visit, mine in zip(visits, theirs, strict=True)
        for schedule in (
            mine,
            with_no_patient[Owner("practitioner", visit.practitioner_id)],
            *(with_no_patient[thing] for thing in things),
        )
    )  # fmt: skip
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=EARLY, action="diary.book_appointment", actor_kind="system", actor_name="test", clinic=cast.manchester,
            entity_kind="diary.appointment", entity_ref=visit.ref,
        )
        for visit in visits
    )  # fmt: skip
    for one, visit in zip(tries, visits, strict=True):
        one["appointment"] = visit.pk


def _offer(cast: Any, treatment: Any, tries: Sequence[dict[str, Any]]) -> None:
    """Keep each time for one person on the waiting list, whoever of the horde will press for them."""
    from corneum.clinic.diary.models import Hold, Owner, Slot
    from corneum.clinic.diary.placing import schedules_of
    from corneum.clinic.waiting.models import FreedOffer, Wait

    times = sorted({one["starts"] for one in tries})
    whose = [
        Owner("practitioner", cast.nadia.pk),
        Owner("room", cast.treatment_room_1.pk),
        Owner("device", cast.crystal.pk),
    ]
    schedules = schedules_of(whose)
    kept = {"clinic": cast.manchester, "practitioner": cast.nadia}
    holds = Hold.objects.bulk_create(
        Hold(**kept, treatment=treatment, starts=at, ends=at + 15, expires_at=EARLY + KEPT_FOR, created_at=EARLY)
        for at in times
    )
    Slot.objects.bulk_create(
        Slot(schedule=schedule, hold=hold, starts=hold.starts, ends=hold.ends, clear_from=hold.starts,
             clear_until=hold.ends)
        for hold in holds for schedule in schedules.values()
    )  # fmt: skip
    waits = Wait.objects.bulk_create(
        Wait(
            clinic=cast.manchester, treatment=treatment, name=f"Waiting {at}", email=f"{at}@waiting.example",
            person=str(at), joined_at=EARLY, expires_on=(EARLY + timedelta(days=90)).date(),
        )
        for at in times
    )  # fmt: skip
    offers = FreedOffer.objects.bulk_create(
        FreedOffer(
            **kept, wait=wait, person=wait.person, starts=hold.starts, ends=hold.ends, hold=hold, offered_at=EARLY,
            tells_at=EARLY, expires_at=hold.expires_at,
        )
        for wait, hold in zip(waits, holds, strict=True)
    )  # fmt: skip
    codes = {offer.starts: str(offer.code) for offer in offers}
    for one in tries:
        one["offer"] = codes[one["starts"]]


def _take_out(cast: Any, tries: Sequence[dict[str, Any]]) -> None:
    """Take Rosa out for the time of her visits, and propose for each the time that is wanted."""
    from corneum.clinic.replacing import actions
    from corneum.clinic.replacing.models import Replacement
    from corneum.platform.accounts.actors import Actor

    actions.take_out(
        clinic=cast.manchester, what=cast.rosa, kind="training", starts=min(one["parked"] for one in tries),
        ends=max(one["parked"] for one in tries) + 15, by=Actor.staff(cast.dana), at=EARLY,
    )  # fmt: skip
    wanted = {one["appointment"]: one for one in tries}
    rows = list(Replacement.objects.filter(appointment__in=Replacement.objects.values("appointment")))
    for row in rows:
        row.state, row.starts, row.practitioner = (
            Replacement.State.PROPOSED,
            wanted[row.appointment_id]["starts"],
            cast.rosa,
        )
        wanted[row.appointment_id]["replacement"] = row.pk
    Replacement.objects.bulk_update(rows, ["state", "starts", "practitioner"], batch_size=200)
