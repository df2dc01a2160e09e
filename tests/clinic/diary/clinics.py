"""Clinics made up by chance, and a plain reading of their rows that knows nothing of the search."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, product
from zoneinfo import ZoneInfo

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment, Block, Hold, Owner, Slot
from corneum.clinic.practitioners.models import Practitioner, Qualification, Registration, RotaDay, WorkingHours
from corneum.clinic.premises.models import Closure, Device, OpeningHours, Room, SpecialHours
from corneum.clinic.treatments.models import Need, Offer, Treatment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import VISITOR, Actor
from tests.factories.cast import Cast, make_device, make_patient, make_room

ZONES = ("Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham")
YEARS = range(2024, 2041)


@dataclass
class World:
    """A clinic in the middle of its life."""

    cast: Cast
    treatment: Treatment
    now: datetime
    first: date
    booked: list[Appointment] = field(default_factory=list)


def minutes(instant: datetime) -> int:
    """Count the whole minutes since 1970."""
    return int(instant.timestamp()) // 60


def make_world(cast: Cast, seed: int) -> World:
    """Turn the tests' clinic into one that nobody has thought of."""
    rng = random.Random(seed)
    clinic = cast.manchester
    clinic.zone = rng.choice(ZONES)
    clinic.save()
    middle = _a_day(rng, clinic.zone)
    first = middle - timedelta(days=1)
    now = datetime.combine(first, time(rng.randrange(12)), ZoneInfo(clinic.zone)).astimezone(UTC) - timedelta(
        minutes=rng.choice((0, 30, 3_000)), seconds=rng.choice((0, 30))
    )
    long_before = first - timedelta(days=400)
    Registration.objects.update(valid_from=long_before, valid_until=middle + timedelta(days=rng.choice((0, 400))))
    Qualification.objects.update(valid_from=long_before)
    _open(cast, rng, first)
    treatment = rng.choice((cast.consultation, cast.microdermabrasion, cast.peel))
    _equip(cast, rng, treatment)
    world = World(cast, treatment, now, first)
    _fill(world, rng)
    _rule(world, rng)
    return world


def _a_day(rng: random.Random, zone: str) -> date:
    """Draw a day of any of these years: mostly one on which the zone's clocks change, if they ever do."""
    year = rng.choice(YEARS)
    noons = [datetime(year, 1, 1, 12, tzinfo=ZoneInfo(zone)) + timedelta(days=n) for n in range(365)]
    changes = [after.date() for before, after in pairwise(noons) if before.utcoffset() != after.utcoffset()]
    return rng.choice([*changes, *changes, rng.choice(noons).date()])


def _open(cast: Cast, rng: random.Random, first: date) -> None:
    """Give the clinic and its people hours, some of them at night, and some days that are different."""
    clinic = cast.manchester
    OpeningHours.objects.filter(clinic=clinic).delete()
    stretches = rng.choice([[(9, 17)], [(0, 3), (8, 12), (13, 20)], [(1, 5), (7, 19)], [(6, 23)]])
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=time(opens), closes=time(closes))
        for weekday, (opens, closes) in product(range(7), stretches)
    )
    WorkingHours.objects.all().delete()
    for who in (cast.rosa, cast.nadia):
        for weekday, (starts, ends) in product(
            range(7), rng.choice([stretches, [(0, 4), (9, 18)], [(8, 13), (14, 17)]])
        ):
            WorkingHours.objects.create(
                practitioner=who, clinic=clinic, weekday=weekday, starts=time(starts, rng.choice((0, 0, 20))),
                ends=time(ends), valid_from=first - timedelta(days=rng.randrange(15)), every_weeks=rng.choice((1, 1, 2)),
            )  # fmt: skip
    if rng.random() < 0.3:
        RotaDay.objects.create(practitioner=cast.rosa, clinic=clinic, on=first, starts=None, ends=None)
    if rng.random() < 0.3:
        RotaDay.objects.create(practitioner=cast.nadia, clinic=clinic, on=first, starts=time(10), ends=time(12, 45))
    if rng.random() < 0.2:
        Closure.objects.create(clinic=clinic, on=first, reason="training")
    if rng.random() < 0.3:
        SpecialHours.objects.create(
            clinic=clinic, on=first + timedelta(days=1), opens=time(1), closes=time(rng.randrange(4, 22))
        )


def _equip(cast: Cast, rng: random.Random, treatment: Treatment) -> None:
    """Draw lengths, buffers, places, machines that are fixed and a service that is due."""
    Treatment.objects.filter(pk=treatment.pk).update(minutes=rng.choice((20, 23, 45, 60)))
    for need in Need.objects.all():
        need.before, need.after = rng.choice((0, 5, 10)), rng.choice((0, 5, 15, 7))
        need.save()
    second = make_device(cast.manchester, "Second unit", "crystal-unit", order=1)
    make_room(cast.manchester, "Treatment room 3", Room.Kind.TREATMENT, order=3)
    if rng.random() < 0.5:
        Device.objects.filter(pk=cast.crystal.pk).update(room=cast.treatment_room_2)
    if rng.random() < 0.3:
        Device.objects.filter(pk=second.pk).update(service_due=date(2024, 1, 1), places=2)
    if rng.random() < 0.4:
        Room.objects.filter(pk=cast.treatment_room_1.pk).update(places=2)
    if rng.random() < 0.2:
        Need.objects.create(treatment=treatment, what="device", kind="", before=5, after=0)
    treatment.refresh_from_db()


def _fill(world: World, rng: random.Random) -> None:
    """Book at random: what the clinic refuses, it refuses."""
    cast, clinic = world.cast, world.cast.manchester
    midnight = minutes(datetime.combine(world.first, time(0), ZoneInfo(clinic.zone)))
    Offer.objects.update(notice_minutes=0, horizon_days=60, step_minutes=1)
    for n in range(rng.randrange(12, 40)):
        starts = midnight + rng.randrange(0, 2 * 1440, rng.choice((5, 5, 5, 1)))
        treatment = rng.choice((cast.consultation, cast.microdermabrasion, cast.peel))
        try:
            if n % 4 == 3:
                made_at = world.now - timedelta(minutes=rng.choice((1, 60)))
                actions.hold_time(
                    clinic=clinic, treatment=treatment, starts=starts, practitioner=None, by=VISITOR, at=made_at
                )
            else:
                booked = actions.book_appointment(
                    clinic=clinic, treatment=treatment, starts=starts, practitioner=None, patient=make_patient(clinic, f"Patient {n}"), note="", by=Actor.staff(cast.dana),
                    at=world.now - timedelta(days=1),
                )  # fmt: skip
                world.booked.append(booked)
                if n % 7 == 6:
                    actions.cancel_appointment(appointment=booked, reason="", by=Actor.staff(cast.dana), at=world.now)
        except ClinicError:
            continue
    for owner in (Owner("practitioner", cast.rosa.pk), Owner("room", cast.treatment_room_2.pk)):
        if rng.random() < 0.4:
            starts = midnight + rng.randrange(0, 2_000, 5)
            actions.block_time(
                clinic=clinic, owners=[owner], kind="leave", spans=[Interval(starts, starts + rng.randrange(15, 300))],
                by=Actor.staff(cast.dana), at=world.now,
            )  # fmt: skip


def _rule(world: World, rng: random.Random) -> None:
    Offer.objects.filter(clinic=world.cast.manchester, treatment=world.treatment).update(
        notice_minutes=rng.choice((0, 45, 120)), horizon_days=rng.choice((1, 60)), step_minutes=rng.choice((5, 7, 15)),
        weekdays=rng.choice((127, 127, 0b0111111)), most_per_day=rng.choice((None, None, 6)),
    )  # fmt: skip


class Reading:
    """The rule as it is written, minute by minute, from the rows: slow, and with nothing clever."""

    def __init__(self, world: World) -> None:
        """Read everything once."""
        self.world, self.clinic = world, world.cast.manchester
        self.zone = ZoneInfo(self.clinic.zone)
        self.offer = Offer.objects.get(clinic=self.clinic, treatment=world.treatment)
        self.needs = list(Need.objects.filter(treatment=world.treatment).order_by("pk"))
        self.slots = [
            slot
            for slot in Slot.objects.filter(is_live=True).select_related("schedule", "hold", "appointment")
            if slot.hold is None or slot.hold.expires_at > world.now
        ]
        self.blocks = list(Block.objects.filter(lifted_at=None).select_related("schedule"))
        # Asked of every minute of every visit that is tried: what has been read once is remembered.
        self._first, self._wall = cache(self._first), cache(self._wall)  # type: ignore[method-assign]
        self._hours, self._rota = cache(self._hours), cache(self._rota)  # type: ignore[method-assign]

    def practitioners_at(self, start: int) -> list[int]:
        """List who could give the treatment then, everything else being to be had too; nobody when it is not offered."""
        visit = range(start, start + self.world.treatment.minutes)
        if not (self._rules_allow(start) and all(self._is_open(minute) for minute in visit)):
            return []
        people = [who.pk for who in Practitioner.objects.all() if self._may(who, visit)]
        before, after = next(((one.before, one.after) for one in self.needs if one.what == "practitioner"), (0, 0))
        free = [who for who in people if self._is_clear(Owner("practitioner", who), visit, before, after)]
        return free if self._things(visit) else []

    def _rules_allow(self, start: int) -> bool:
        wall = self._wall(start)
        today = self.world.now.astimezone(self.zone).date()
        there = Appointment.objects.filter(clinic=self.clinic, treatment=self.world.treatment).exclude(
            status="cancelled"
        )
        starts = [one.starts for one in there] + [
            hold.starts
            for hold in Hold.objects.filter(treatment=self.world.treatment)
            if hold.expires_at > self.world.now
        ]
        on_the_day = sum(self._wall(one).date() == wall.date() for one in starts)
        return (
            start * 60 >= self.world.now.timestamp()
            and start >= -(-self.world.now.timestamp() // 60) + self.offer.notice_minutes
            and wall.date() <= today + timedelta(days=self.offer.horizon_days)
            and (wall.hour * 60 + wall.minute) % self.offer.step_minutes == 0
            and bool(self.offer.weekdays >> wall.weekday() & 1)
            and (self.offer.most_per_day is None or on_the_day < self.offer.most_per_day)
        )

    def _wall(self, minute: int) -> datetime:
        return datetime.fromtimestamp(minute * 60, self.zone)

    def _is_open(self, minute: int) -> bool:
        return self._within(minute, self._hours(self._wall(minute).date()))

    def _hours(self, day: date) -> list[tuple[date, time, time]]:
        if Closure.objects.filter(clinic=self.clinic, on=day).exists():
            return []
        special = SpecialHours.objects.filter(clinic=self.clinic, on=day)
        week = OpeningHours.objects.filter(clinic=self.clinic, weekday=day.weekday())
        return [(day, one.opens, one.closes) for one in special or week]

    def _within(self, minute: int, readings: Iterable[tuple[date, time, time]]) -> bool:
        """Say whether a minute lies between two readings of the wall clock, each taken the first time it comes."""
        return any(self._first(day, starts) <= minute < self._first(day, ends) for day, starts, ends in readings)

    def _first(self, day: date, reading: time) -> int:
        """Find the first minute of a day at which the clock shows this reading or a later one."""
        minute = minutes(datetime.combine(day, reading, self.zone)) - 150
        while (self._wall(minute).date(), self._wall(minute).time()) < (day, reading):
            minute += 1
        return minute

    def _may(self, who: Practitioner, visit: range) -> bool:
        return all(self._works(who, minute) for minute in visit)

    def _works(self, who: Practitioner, minute: int) -> bool:
        return self._within(minute, self._rota(who, self._wall(minute).date()))

    def _rota(self, who: Practitioner, day: date) -> list[tuple[date, time, time]]:
        valid = {"practitioner": who, "valid_from__lte": day}
        trained = Qualification.objects.filter(**valid, treatment=self.world.treatment)
        if not any(one.valid_until is None or one.valid_until >= day for one in trained):
            return []
        if not Registration.objects.filter(**valid, valid_until__gte=day).exists():
            return []
        different = RotaDay.objects.filter(practitioner=who, clinic=self.clinic, on=day)
        if different:
            return [(day, one.starts, one.ends) for one in different if one.starts and one.ends]
        rows = WorkingHours.objects.filter(**valid, clinic=self.clinic, weekday=day.weekday())
        return [(day, row.starts, row.ends) for row in rows if self._is_the_week(row, day)]

    @staticmethod
    def _is_the_week(row: WorkingHours, day: date) -> bool:
        years, other = day.isocalendar(), row.valid_from.isocalendar()
        apart = (date.fromisocalendar(*years[:2], 1) - date.fromisocalendar(*other[:2], 1)).days // 7
        return apart % row.every_weeks == 0

    def _things(self, visit: range) -> bool:
        """Try every choice of rooms and devices."""
        wanted = [need for what in ("room", "device") for need in self.needs if need.what == what]
        choices = [self._lanes(need, visit) for need in wanted]
        return any(self._go_together(lanes) for lanes in product(*choices))

    def _lanes(self, need: Need, visit: range) -> list[Owner]:
        things = (Room if need.what == "room" else Device).objects.filter(clinic=self.clinic, is_active=True)
        return [
            Owner(need.what, thing.pk, number)
            for thing in things
            if need.kind in {"", thing.kind} and self._is_serviced(thing, visit)
            for number in range(1, thing.places + 1)
            if self._is_clear(Owner(need.what, thing.pk, number), visit, need.before, need.after)
        ]

    def _is_serviced(self, thing: Room | Device, visit: range) -> bool:
        due = thing.service_due if isinstance(thing, Device) else None
        return due is None or all(self._wall(minute).date() <= due for minute in visit)

    @staticmethod
    def _go_together(lanes: tuple[Owner, ...]) -> bool:
        rooms = {lane.key for lane in lanes if lane.what == "room"}
        devices = [Device.objects.get(pk=lane.key) for lane in lanes if lane.what == "device"]
        fixed = all(device.room_id is None or not rooms or device.room_id in rooms for device in devices)
        return fixed and len(set(lanes)) == len(lanes)

    def _is_clear(self, owner: Owner, visit: range, before: int, after: int) -> bool:
        starts, ends = visit.start, visit.stop
        slots = [slot for slot in self.slots if slot.schedule.owner == owner]
        blocks = [block for block in self.blocks if block.schedule.owner == owner]
        return all(
            (slot.clear_until <= starts or slot.starts >= ends + after)
            and (slot.ends <= starts - before or slot.clear_from >= ends)
            for slot in slots
        ) and all(block.ends <= starts - before or block.starts >= ends + after for block in blocks)
