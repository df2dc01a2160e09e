"""One day of a clinic, laid out in columns: what the desk's diary shows, as plain values in reading order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.interval import Interval, merge, subtract
from corneum.domain.scheduling.wall import day_window, local, minute_of
from corneum.platform.accounts.models import Clinic

ROW = 5  # minutes to a row of the grid
HOUR = 60
SMALLEST_TARGET = 4  # rows of the usual height
SHORTEST_GAP = 20  # minutes: less is no time to offer, and no target to hit
SHORTEST_DAY = (9, 17)  # what is drawn of a day on which nothing happens
SOON = 48 * HOUR  # minutes: from the first reminder on
WARN_WITHIN = timedelta(days=60)
FAMILIES = {
    Treatment.Family.RESURFACING: "c1",
    Treatment.Family.PEELS: "c2",
    Treatment.Family.CONSULTATIONS: "c3",
    Treatment.Family.REVIEWS: "c4",
    Treatment.Family.OTHER: "c5",
}
LOOKS = {
    "pending": "asked", "booked": "booked", "arrived": "arrived", "in-room": "in-room", "treating": "treating",
    "noshow": "noshow",
}  # fmt: skip
Status = Appointment.Status


@dataclass(frozen=True, slots=True)
class Block:
    """
    Something in a column: an appointment, a held time, time not worked, or time that is free.

    `at` and `rows` place it: the row where it begins, from 1, and how many rows of five minutes.
    `kind` is appt, held, off, out, free or to: out is blocked, and `label` says why; to is a time to
    which the visit that is being moved can move.
    """

    kind: str
    starts: int
    ends: int
    at: int
    rows: int
    appointment: Appointment | None = None
    family: str = "c1"
    where: str = ""
    waiting: int | None = None
    is_new: bool = False
    label: str = ""
    is_unconfirmed: bool = False  # soon, and nobody has said that they will come
    is_overbooked: bool = False  # beside something that the practitioner has already, for a reason

    @property
    def look(self) -> str:
        """How its state looks; the words say it too."""
        if self.appointment is None:
            return self.kind
        return LOOKS.get(self.appointment.stage, "done")

    @property
    def state(self) -> str:
        """Its state, in words."""
        return "" if self.appointment is None else self.appointment.stage_in_words


@dataclass(frozen=True, slots=True)
class Column:
    """The day of one practitioner."""

    practitioner: Practitioner
    hours: Sequence[Interval]
    warning: str
    blocks: Sequence[Block]

    @property
    def visits(self) -> Sequence[Block]:
        """What is booked, in the order of the clock: what a sheet of paper needs."""
        return [block for block in self.blocks if block.appointment is not None]


@dataclass(frozen=True, slots=True)
class Lane:
    """The day of one room or device."""

    name: str
    key: str  # such as room-3, as the page that takes things out knows it
    blocks: Sequence[Block]

    @property
    def visits(self) -> Sequence[Block]:
        """What is booked there, in the order of the clock."""
        return [block for block in self.blocks if block.appointment is not None]


@dataclass(frozen=True, slots=True)
class Counts:
    """The day in numbers."""

    booked: int
    asked: int
    done: int
    here: int
    noshow: int
    cancelled: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class DayBook:
    """One day of a clinic."""

    day: date
    window: Interval
    hours: Sequence[tuple[int, int]]  # (row, minute) of each full hour
    columns: Sequence[Column]
    lanes: Sequence[Lane]
    counts: Counts
    cancelled: Sequence[Appointment]
    now_at: int | None  # the row that is now, if the day is today

    @property
    def is_roomy(self) -> bool:
        """Whether a visit is so short that its rows must be taller: a target is at least 24 px (WCAG 2.5.8)."""
        blocks = (block for column in self.columns for block in column.blocks)
        return any(block.kind in {"appt", "to"} and block.rows < SMALLEST_TARGET for block in blocks)


class Out(NamedTuple):
    """Time in which somebody or something is not there: whose, when, and why, as far as whoever looks may know."""

    what: str
    key: int
    starts: int
    ends: int
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read for a day: rows, before they are laid out."""

    clinic: Clinic
    day: date
    open_hours: Sequence[Interval]
    practitioners: Sequence[Practitioner]
    working: dict[int, list[Interval]]
    registered_until: dict[int, date]
    rooms: Sequence[Room]
    devices: Sequence[Device]
    appointments: Sequence[Appointment]
    holds: Sequence[Hold]
    first_visits: frozenset[int]  # keys of appointments that are their patient's first
    out: Sequence[Out] = ()
    targets: Mapping[int, Sequence[Interval]] | None = None  # where a visit can move to, by practitioner


def lay_out(facts: Facts, *, at: datetime) -> DayBook:
    """Lay a day out in columns of people and lanes of rooms and devices."""
    window = _window(facts)
    live = [appointment for appointment in facts.appointments if appointment.status != Status.CANCELLED]
    places = {appointment.pk: _places(appointment) for appointment in live}
    now, place = minute_of(at), partial(_place, window)

    def blank(kind: str, span: Interval | Hold | Appointment) -> Block:
        return Block(kind, span.starts, span.ends, *place(span.starts, span.ends))

    def blocks_of(appointments: Iterable[Appointment]) -> list[Block]:
        return [
            replace(
                blank("appt", appointment),
                appointment=appointment,
                family=FAMILIES[Treatment.Family(appointment.treatment.family)],
                where=", ".join(places[appointment.pk]),
                waiting=_waiting(appointment, at),
                is_new=appointment.pk in facts.first_visits,
                is_unconfirmed=_unconfirmed(appointment, now),
                is_overbooked=any(slot.is_overbooked for slot in appointment.slots.all()),
            )
            for appointment in appointments
        ]

    def out_of(what: str, key: int) -> list[Block]:
        spans = _out(facts, window, what, key)
        return [Block("out", starts, ends, *place(starts, ends), label=label) for starts, ends, label in spans]

    def column(practitioner: Practitioner) -> Column:
        working = facts.working.get(practitioner.pk, [])
        off = [blank("off", gap) for gap in subtract([window], working)]
        held = [blank("held", hold) for hold in facts.holds if hold.practitioner_id == practitioner.pk]
        own = blocks_of(one for one in live if one.practitioner_id == practitioner.pk)
        away = out_of("practitioner", practitioner.pk)
        spare = [blank(*each) for each in _spare(facts, practitioner.pk, [*away, *held, *own], after=now)]
        return Column(
            practitioner=practitioner,
            hours=merge(working),
            warning=_warning(facts.registered_until.get(practitioner.pk), facts.day),
            blocks=_in_order([*off, *away, *held, *own, *spare]),
        )

    def lane(what: str, thing: Room | Device, name: str) -> Lane:
        blocks = [*out_of(what, thing.pk), *blocks_of(one for one in live if name in places[one.pk])]
        return Lane(name, f"{what}-{thing.pk}", _in_order(blocks))

    lanes = [lane("room", room, room.name) for room in facts.rooms]
    lanes += [lane("device", device, device.short_name) for device in facts.devices]
    shown = {one.practitioner_id for one in live} | set(facts.working)
    return DayBook(
        day=facts.day,
        window=window,
        hours=[(place(minute, minute)[0], minute) for minute in range(window.starts, window.ends, HOUR)],
        columns=[column(one) for one in facts.practitioners if one.pk in shown],
        lanes=lanes,
        counts=_counts(facts.appointments, now),
        cancelled=[one for one in facts.appointments if one.status == Status.CANCELLED],
        now_at=place(now, now)[0] if window.starts <= now < window.ends else None,
    )


def _in_order(blocks: Iterable[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: (block.starts, block.kind))


def _spare(facts: Facts, key: int, taken: Sequence[Block], *, after: int) -> list[tuple[str, Interval]]:
    """Say where something could still go: a visit that is being moved, or else anything new."""
    if facts.targets is not None:
        return [("to", time) for time in facts.targets.get(key, ())]
    gaps = subtract(facts.working.get(key, []), [Interval(block.starts, block.ends) for block in taken])
    return [("free", gap) for gap in gaps if gap.ends > after and gap.minutes >= SHORTEST_GAP]


def _place(window: Interval, starts: int, ends: int) -> tuple[int, int]:
    """Say in which row of the window something begins, and how many rows it has."""
    first = max(window.starts, starts) - window.starts
    last = min(window.ends, ends) - window.starts
    return first // ROW + 1, max(1, -(-last // ROW) - first // ROW)


def _out(facts: Facts, window: Interval, what: str, key: int) -> list[tuple[int, int, str]]:
    """Cut what is blocked of somebody or something to what is drawn; several places of a room count once."""
    spans = {
        (max(window.starts, one.starts), min(window.ends, one.ends), one.label)
        for one in facts.out
        if (one.what, one.key) == (what, key)
    }
    return sorted(span for span in spans if span[0] < span[1])


def _window(facts: Facts) -> Interval:
    """From the full hour before anything happens to the one after."""
    day = day_window(facts.day, facts.day, facts.clinic.zone)
    spans = [*facts.open_hours, *(span for spans in facts.working.values() for span in spans)]
    spans += [Interval(one.starts, one.ends) for one in facts.appointments if one.status != Status.CANCELLED]
    if not spans:
        first, last = SHORTEST_DAY
        return Interval(day.starts + first * HOUR, day.starts + last * HOUR)
    starts = min(span.starts for span in spans)
    ends = max(span.ends for span in spans)
    before = local(starts, facts.clinic.zone).minute
    after = -local(ends, facts.clinic.zone).minute % HOUR
    return Interval(max(day.starts, starts - before), min(day.ends, ends + after))


def _places(appointment: Appointment) -> list[str]:
    """Name the room and the devices that an appointment occupies."""
    schedules = [slot.schedule for slot in appointment.slots.all()]
    rooms = [schedule.room.name for schedule in schedules if schedule.room is not None]
    devices = [schedule.device.short_name for schedule in schedules if schedule.device is not None]
    return [*rooms, *devices]


def _waiting(appointment: Appointment, at: datetime) -> int | None:
    """Since how many minutes somebody has been waiting, if they are."""
    if appointment.stage != "arrived" or appointment.arrived_at is None:
        return None
    minutes = int((at - appointment.arrived_at).total_seconds() // 60)
    return minutes if 0 <= minutes < 3 * HOUR else None


def _warning(until: date | None, day: date) -> str:
    """Say when a registration ends soon, or has ended."""
    if until is None:
        return "No valid registration"
    if until - day > WARN_WITHIN:
        return ""
    days = (until - day).days
    return "Registration ends today" if days == 0 else f"Renewal in {days} {'day' if days == 1 else 'days'}"


def _unconfirmed(appointment: Appointment, now: int) -> bool:
    """Say whether somebody comes soon who has not said so; of later visits nobody has been reminded yet."""
    is_soon = now < appointment.starts <= now + SOON
    return appointment.status == Status.BOOKED and appointment.confirmed_at is None and is_soon


def _counts(appointments: Sequence[Appointment], now: int) -> Counts:
    states = [Status(appointment.status) for appointment in appointments]
    return Counts(
        booked=len(states) - states.count(Status.CANCELLED) - states.count(Status.PENDING),
        asked=states.count(Status.PENDING),
        done=states.count(Status.FULFILLED),
        here=states.count(Status.ARRIVED),
        noshow=states.count(Status.NOSHOW),
        cancelled=states.count(Status.CANCELLED),
        unconfirmed=sum(_unconfirmed(appointment, now) for appointment in appointments),
    )
