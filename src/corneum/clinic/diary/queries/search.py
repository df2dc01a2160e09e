"""Search: all that decides whether a visit may take place, read in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corneum.clinic.diary.models import Appointment, Owner, Schedule
from corneum.clinic.diary.queries.busy import read_busy
from corneum.clinic.diary.queries.limits import clearance_for, days_full, sessions_near
from corneum.clinic.diary.queries.standing import AHEAD, Sought, Standing, standing_of
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.abreast import Abreast, Diary, clear_starts
from corneum.domain.scheduling.busy import span_of, tick_of, weeks_over
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.openings import LONGEST_BUFFER, Free, Openings, combine
from corneum.domain.scheduling.rota import days_from
from corneum.domain.scheduling.rules import Rules
from corneum.domain.scheduling.timeline import Timeline
from corneum.domain.scheduling.wall import day_window, local, minute_of
from corneum.domain.suitability import ANY_DAY, Clearance
from corneum.platform.accounts.models import Clinic

PATIENT = "patient"
NOTHING = Diary({}, ())


@dataclass(frozen=True, slots=True)
class Search:
    """What was read: ask it for openings as often as you like, it asks the database nothing."""

    standing: Standing
    treatment: Treatment
    window: Interval
    at: datetime
    weeks: range
    tick: int
    rules: Rules
    full: Collection[date]
    sessions: Collection[date]
    clearance: Clearance
    sought: Sequence[Sought]
    busy: Mapping[Owner, Diary]

    @property
    def practitioners(self) -> Mapping[int, Practitioner]:
        """Everybody who might give the treatment, in the clinic's own order."""
        return {owner.key: self.standing.people[owner.key] for owner in self.sought[0].owners}

    def openings(self) -> Openings:
        """Find the times that are free; the first requirement is always the practitioner."""
        return self._find(self.busy)

    def openings_if_nothing_were_booked(self) -> Openings:
        """Find the times that could be offered if the diary were empty."""
        return self._find({})

    def allowed(self) -> Timeline:
        """Set the minutes at which the rules let this visit of this patient start, whoever is free."""
        span = span_of(self.weeks)
        allowed = self.rules.allowed(
            span, at=self.at, zone=self.standing.zone, full=self.full, sessions=self.sessions, tick=self.tick
        )
        return allowed & self._cleared(span) & Timeline.of(span, [_whole(self.window, self.tick)], self.tick)

    def _cleared(self, span: Interval) -> Timeline:
        """Set the days on which the patient is cleared for the treatment, by what they answered about their health."""
        if self.clearance == ANY_DAY:
            return Timeline.of(span, [span], self.tick)
        first, last = (local(minute, self.standing.zone).date() for minute in (span.starts, span.ends))
        days = [
            day_window(day, day, self.standing.zone) for day in days_from(first, last) if self.clearance.allows(day)
        ]
        return Timeline.of(span, days, self.tick)

    def starts_of(self, need: Sought, owner: Owner, busy: Mapping[Owner, Diary]) -> Timeline:
        """Set the minutes at which one lane is free for the visit: within its hours, and clear of what it has."""
        starts = self.standing.starts_by_hours(self.treatment.pk, owner, self.weeks, self.tick)
        if owner not in busy or not starts.bits:
            return starts
        return starts & self._clear(need, busy[owner])

    def openings_against_the_rules(self) -> Openings:
        """
        Find the times at which somebody with the right may book in spite of rules, hours and the practitioner's diary.

        Who may not give the treatment that day still may not, and rooms, devices and the patient are
        never given twice.
        """
        people, *things = self.sought
        span = span_of(self.weeks)
        free: list[Free] = [{owner: self._days_they_may_give(owner) for owner in people.owners}]
        free += [self._free(need, self.busy) for need in things]
        possible = Timeline.of(span, [self.window], self.tick)
        return combine(possible=possible, minutes=self.treatment.minutes, free=free, homes=self.standing.homes)

    def is_free(self, owner: Owner, starts: int) -> bool:
        """Say whether a practitioner has nothing else at a time, whatever their hours say."""
        return self.is_clear(self.sought[0], owner, starts)

    def is_clear(self, need: Sought, owner: Owner, starts: int) -> bool:
        """Say whether a lane has nothing that comes too near to a visit, whatever hours and rules say."""
        return owner not in self.busy or starts in self._clear(need, self.busy[owner])

    def _clear(self, need: Sought, diary: Diary) -> Timeline:
        """Set the starts that are clear of what a lane has, whatever clock that is written in."""
        busy = diary.busy(self.weeks).finer(self.tick)
        return busy.starts_for(self.treatment.minutes, need.before, need.after).coarser(self.tick)

    def _free(self, need: Sought, busy: Mapping[Owner, Diary]) -> Abreast[Owner]:
        """Set for all lanes that would do, in one stroke, what `starts_of` sets for one."""
        hours = self.standing.starts_abreast(self.treatment.pk, need.owners, self.weeks, self.tick)
        if not busy:
            return hours
        diaries = [busy.get(owner, NOTHING) for owner in need.owners]
        return hours & clear_starts(
            self.weeks, diaries, minutes=self.treatment.minutes, before=need.before, after=need.after, tick=self.tick
        )

    def _days_they_may_give(self, owner: Owner) -> Timeline:
        first, last = (local(minute, self.standing.zone).date() for minute in self.window)
        days = [
            day_window(day, day, self.standing.zone)
            for day in days_from(first, last)
            if self.standing.may_give(self.treatment.pk, owner.key, day)
        ]
        return Timeline.of(span_of(self.weeks), days, self.tick)

    def _find(self, busy: Mapping[Owner, Diary]) -> Openings:
        free = [self._free(need, busy) for need in self.sought]
        return combine(possible=self.allowed(), minutes=self.treatment.minutes, free=free, homes=self.standing.homes)


def search(
    *,
    clinic: Clinic,
    treatment: Treatment,
    first: date,
    last: date,
    at: datetime,
    practitioner: Practitioner | None = None,
    patient: Patient | None = None,
    ignoring: Appointment | None = None,
    exactly: bool = False,
) -> Search | None:
    """
    Read all that decides when a treatment can be had on these days, both included.

    Three questions, or five with a daily limit, and one more for a patient whose sessions lie apart, and some where they must be cleared first, whatever
    the number of people, rooms, devices and days, once how the clinic is set up has been read. Answers None when the clinic offers it at no time in
    them: it is not offered at all, or the days lie before the notice it asks for or beyond its horizon.

    :param patient: whose own visits are in the way too, and whose sessions a gap lies between
    :param ignoring: the visit that is to be moved, which may move over its own old time
    :param exactly: by the minute, and on these days although the rules may say that they are out of reach
    """
    today = local(minute_of(at), clinic.zone).date()
    last = min(last, max(first, today) + AHEAD)
    if first > last:
        return None
    standing = standing_of(clinic, min(first, today), last)
    offer = standing.offers.get(treatment.pk)
    if offer is None:
        return None
    rules = standing.rules(treatment.pk)
    whole = window = day_window(first, last, clinic.zone)
    if not exactly:
        horizon = rules.last_day(at, clinic.zone)
        window = Interval(
            max(window.starts, rules.earliest(at)), min(window.ends, day_window(horizon, horizon, clinic.zone).ends)
        )
    if window.starts >= window.ends:
        return None
    reach = offer.treatment.minutes + LONGEST_BUFFER
    weeks = weeks_over(Interval(window.starts - LONGEST_BUFFER, window.ends + reach))
    sought = _narrowed(standing.sought(treatment.pk), practitioner, patient)
    tick = 1 if exactly else tick_of(standing.minutes_of(treatment.pk))
    busy = read_busy(_schedules(standing, sought), weeks, at=at, ignoring=ignoring)
    return Search(
        standing=standing,
        treatment=offer.treatment,
        window=window,
        at=at,
        weeks=weeks,
        tick=tick,
        rules=rules,
        full=days_full(offer, clinic, whole, at=at, ignoring=ignoring),
        clearance=clearance_for(patient, offer, at=at),
        sessions=sessions_near(patient, offer.treatment, whole, zone=clinic.zone, ignoring=[ignoring]),
        sought=sought,
        busy=busy,
    )


def _narrowed(sought: Sequence[Sought], practitioner: Practitioner | None, patient: Patient | None) -> list[Sought]:
    """Keep only the one person asked for, and add the patient, who cannot be in two places either."""
    people, *things = sought
    if practitioner is not None:
        owners = [owner for owner in people.owners if owner.key == practitioner.pk]
        people = Sought(people.what, people.kind, people.before, people.after, owners)
    theirs = [Sought(PATIENT, "", 0, 0, [Owner(PATIENT, patient.pk)])] if patient is not None else []
    return [people, *things, *theirs]


def _schedules(standing: Standing, sought: Sequence[Sought]) -> dict[Owner, int]:
    """Find the diaries of all that is sought; who has none yet is free."""
    owners = [owner for need in sought for owner in need.owners]
    found = {owner: standing.schedules[owner] for owner in owners if owner in standing.schedules}
    for owner in owners:
        if owner.what == PATIENT and (key := Schedule.objects.filter(patient=owner.key).values_list("pk").first()):
            found[owner] = key[0]
    return found


def _whole(window: Interval, tick: int) -> Interval:
    """Cut a window to whole ticks: a start between two of them is none."""
    return Interval(window.starts + -window.starts % tick, window.ends + -window.ends % tick)
