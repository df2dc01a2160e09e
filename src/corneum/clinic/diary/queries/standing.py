"""Standing: how a clinic is set up, read once and kept for as long as nothing of it changes."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from corneum.clinic.diary.models import Owner, Schedule
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import queries as premises
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.scheduling.abreast import Abreast
from corneum.domain.scheduling.busy import span_of
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.openings import Homes
from corneum.domain.scheduling.rota import Reading, Week, days_from
from corneum.domain.scheduling.rules import Rules
from corneum.domain.scheduling.timeline import Timeline
from corneum.domain.scheduling.wall import day_window, local
from corneum.platform.accounts.models import Clinic

PRACTITIONER, ROOM, DEVICE = Need.What.PRACTITIONER, Need.What.ROOM, Need.What.DEVICE
MOST_KEPT = 1_200  # clinics in one process
BACK, AHEAD = timedelta(days=70), timedelta(days=800)  # read around the day that is asked for


@dataclass(frozen=True, slots=True)
class Sought:
    """One kind of thing that a treatment needs, and whose time would do, in the clinic's own order."""

    what: str
    kind: str
    before: int
    after: int
    owners: Sequence[Owner]


@dataclass
class Standing:
    """Hours, rota, training, rooms, devices and rules of one clinic, for some years around a day."""

    version: str
    zone: str
    days: tuple[date, date]
    open: Week
    rota: dict[int, Week]
    trained: dict[int, dict[int, list[practitioners.Validity]]]
    registered: dict[int, list[practitioners.Validity]]
    people: dict[int, Practitioner]
    rooms: dict[int, Room]
    devices: dict[int, Device]
    offers: dict[int, Offer]
    needs: dict[int, list[Need]]
    schedules: dict[Owner, int]
    _starts: dict[tuple[object, ...], Timeline] = field(default_factory=dict)
    _abreast: dict[tuple[object, ...], Abreast[Owner]] = field(default_factory=dict)
    _sought: dict[int, list[Sought]] = field(default_factory=dict)

    def rules(self, treatment_id: int) -> Rules:
        """Say under which rules a treatment that is offered can be booked."""
        offer = self.offers[treatment_id]
        return Rules(offer.notice_minutes, offer.horizon_days, offer.step_minutes, offer.weekdays, offer.treatment.gap)

    def sought(self, treatment_id: int) -> list[Sought]:
        """List what a treatment needs: somebody to give it first of all, then rooms, then devices."""
        if treatment_id not in self._sought:
            self._sought[treatment_id] = self._work_out_sought(treatment_id)
        return self._sought[treatment_id]

    def may_give(self, treatment_id: int, who: int, day: date) -> bool:
        """Say whether somebody is trained and registered on a day."""
        return practitioners.is_valid_on(day, self.trained.get(treatment_id, {}).get(who, ())) and (
            practitioners.is_valid_on(day, self.registered.get(who, ()))
        )

    def open_in(self, weeks: range) -> list[Interval]:
        """Work out when the clinic is open."""
        return self.open.spans(self._days_of(weeks), self.zone)

    def works_in(self, who: int, weeks: range) -> list[Interval]:
        """Work out when somebody works here."""
        return self.rota[who].spans(self._days_of(weeks), self.zone) if who in self.rota else []

    def starts_by_hours(self, treatment_id: int, owner: Owner, weeks: range, tick: int) -> Timeline:
        """
        Set the minutes at which a visit may start for all that the hours say.

        For a practitioner: within their rota and the opening hours, on days on which they may give the
        treatment. For a device: until its service is due. Rooms and patients have no hours of their own.
        """
        key = (treatment_id, owner[:2], weeks, tick)
        found = self._starts.get(key)  # another thread may empty it at any moment
        if found is None:
            if len(self._starts) > 5_000:  # a few months of searches; what is asked for now is worked out anew
                self._starts.clear()
            found = self._starts[key] = self._work_out_starts(treatment_id, owner, weeks, tick)
        return found

    def starts_abreast(self, treatment_id: int, owners: Sequence[Owner], weeks: range, tick: int) -> Abreast[Owner]:
        """Set the same for several lanes, laid end to end."""
        key = (treatment_id, tuple(owners), weeks, tick)
        found = self._abreast.get(key)
        if found is None:
            if len(self._abreast) > 30:  # each is as long as all of its lanes together
                self._abreast.clear()
            starts = {owner: self.starts_by_hours(treatment_id, owner, weeks, tick) for owner in owners}
            found = self._abreast[key] = Abreast.of(span_of(weeks), tick, starts)
        return found

    @cached_property
    def homes(self) -> Homes:
        """Say which lanes are places in rooms, and which are machines that are fixed in one."""
        rooms: dict[Hashable, Hashable] = {
            owner: room.pk for room in self.rooms.values() for owner in _places(ROOM, room)
        }
        fixed: dict[Hashable, Hashable] = {
            owner: device.room_id
            for device in self.devices.values()
            if device.room_id is not None
            for owner in _places(DEVICE, device)
        }
        return Homes(rooms, fixed)

    @cached_property
    def edges(self) -> set[int]:
        """Gather the minutes past the hour at which anything begins or ends, to find the coarsest clock that will do."""
        readings = [*_readings(self.open), *(reading for week in self.rota.values() for reading in _readings(week))]
        return {reading.minute for pair in readings for reading in pair}

    def minutes_of(self, treatment_id: int) -> set[int]:
        """Gather every length that matters when a treatment is placed, for the same purpose."""
        offer = self.offers[treatment_id]
        buffers = {minutes for need in self.sought(treatment_id) for minutes in (need.before, need.after)}
        return self.edges | buffers | {offer.treatment.minutes, offer.step_minutes}

    def _work_out_starts(self, treatment_id: int, owner: Owner, weeks: range, tick: int) -> Timeline:
        span, minutes = span_of(weeks), self.offers[treatment_id].treatment.minutes
        if owner.what == PRACTITIONER:
            works = [
                hours
                for hours in self.works_in(owner.key, weeks)
                if self.may_give(treatment_id, owner.key, local(hours.starts, self.zone).date())
            ]
            within = Timeline.of(span, works, tick) & Timeline.of(span, self.open_in(weeks), tick)
            return within.starts_for(minutes)
        due = self.devices[owner.key].service_due if owner.what == DEVICE else None
        until = span.ends if due is None else day_window(due, due, self.zone).ends - minutes + tick
        return Timeline.of(span, [(span.starts, until)], tick)

    def _work_out_sought(self, treatment_id: int) -> list[Sought]:
        needs = self.needs.get(treatment_id, [])
        somebody = next((need for need in needs if need.what == PRACTITIONER), None)
        before, after = (somebody.before, somebody.after) if somebody else (0, 0)
        who = [pk for pk in self.people if pk in self.trained.get(treatment_id, {}) and pk in self.rota]
        found = [Sought(PRACTITIONER, "", before, after, [Owner(PRACTITIONER, pk) for pk in who])]
        for what, things in ((ROOM, self.rooms), (DEVICE, self.devices)):
            for need in (need for need in needs if need.what == what):
                kinds = [thing for thing in things.values() if need.kind in {"", thing.kind}]
                owners = [owner for thing in kinds for owner in _places(what, thing)]
                found.append(Sought(what, need.kind, need.before, need.after, owners))
        return found

    def _days_of(self, weeks: range) -> Iterable[date]:
        """List the days that a span of weeks touches on the clinic's own calendar."""
        span = span_of(weeks)
        first, last = (local(minute, self.zone).date() for minute in span)
        return days_from(first - timedelta(days=1), last)


_kept: dict[int, Standing] = {}


def standing_of(clinic: Clinic, first: date, last: date) -> Standing:
    """
    Give how a clinic is set up, good for these days at least: one small question if nothing has changed.

    The database draws a new version at every change (db/setup.py), so what is kept is never stale; a change at
    another clinic leaves it as it is.
    """
    kept = _kept.get(clinic.pk)
    does = kept and kept.zone == clinic.zone and kept.days[0] <= first and last <= kept.days[1]
    if kept and does and kept.version == premises.setup_version(clinic):
        return kept
    if clinic.pk not in _kept and len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)  # the one that was read first
    _kept[clinic.pk] = standing = _read(clinic, first - BACK, max(last, first + AHEAD))
    return standing


def _read(clinic: Clinic, first: date, last: date) -> Standing:
    version = premises.setup_version(clinic)  # before the rest: what changes meanwhile is then read again
    rota = practitioners.rota_of(clinic, first, last)
    offers = Offer.objects.filter(clinic=clinic).select_related("treatment")
    rooms, devices = list(premises.rooms_of(clinic)), list(premises.devices_of(clinic))
    needs: dict[int, list[Need]] = {}
    for need in Need.objects.filter(treatment__offers__clinic=clinic).order_by("pk"):
        needs.setdefault(need.treatment_id, []).append(need)
    return Standing(
        version=version,
        zone=clinic.zone,
        days=(first, last),
        open=premises.open_week(clinic, first, last),
        rota=rota,
        trained=practitioners.trained_in_each(rota),
        registered=practitioners.registered_from_to(rota),
        people={person.pk: person for person in Practitioner.objects.filter(pk__in=rota)},
        rooms={room.pk: room for room in rooms},
        devices={device.pk: device for device in devices},
        offers={offer.treatment_id: offer for offer in offers},
        needs=needs,
        schedules=_schedules(list(rota), rooms, devices),
    )


def _schedules(people: list[int], rooms: list[Room], devices: list[Device]) -> dict[Owner, int]:
    """Find the diaries that there are already: one is begun with the first visit."""
    found: dict[Owner, int] = {}
    for theirs in ({"practitioner__in": people}, {"room__in": rooms}, {"device__in": devices}):
        for schedule in Schedule.objects.filter(**theirs):
            found[schedule.owner] = schedule.pk
    return found


def _places(what: str, thing: Room | Device) -> list[Owner]:
    return [Owner(what, thing.pk, number) for number in range(1, thing.places + 1)]


def _readings(week: Week) -> Iterable[Reading]:
    yield from ((stretch.starts, stretch.ends) for stretch in week.stretches)
    yield from (reading for readings in week.exceptions.values() for reading in readings)
