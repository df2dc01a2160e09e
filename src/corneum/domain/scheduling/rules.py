"""Rules: when a clinic lets a treatment be booked, apart from who and what is free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_

from corneum.domain.scheduling.gap import Gap
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rota import days_from
from corneum.domain.scheduling.timeline import Timeline
from corneum.domain.scheduling.wall import day_window, instant_of, local, minute_of, starts_every

ALL_WEEK = 0b1111111


class Rule(StrEnum):
    """What a start can offend against; the order is the one in which staff are told."""

    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    WEEKDAY = "weekday"
    STEP = "step"
    DAY_FULL = "day full"
    SPACING = "spacing"


@dataclass(frozen=True, slots=True)
class Rules:
    """
    The rules of one treatment at one clinic: the same for a patient, the desk, the API and the course planner.

    :param notice_minutes: how long before the start somebody must book
    :param horizon_days: how many days ahead, today not counted
    :param step: minutes between starts, counted from midnight on the clinic's wall clock
    :param weekdays: a bit for each weekday on which it is given, Monday lowest
    :param gap: how many days lie between two sessions of one patient
    """

    notice_minutes: int = 0
    horizon_days: int = 60
    step: int = 15
    weekdays: int = ALL_WEEK
    gap: Gap = field(default_factory=Gap)

    def earliest(self, at: datetime) -> int:
        """Say from which minute on somebody may come: the notice counts from now, begun minutes whole."""
        return first_minute_after(at) + self.notice_minutes

    def last_day(self, at: datetime, zone: str) -> date:
        """Say which is the last day that can be booked."""
        return local(minute_of(at), zone).date() + timedelta(days=self.horizon_days)

    def allowed(
        self,
        span: Interval,
        *,
        at: datetime,
        zone: str,
        full: Collection[date] = (),
        sessions: Collection[date] = (),
        tick: int = 1,
    ) -> Timeline:
        """
        Set the minutes of a span at which a visit may start, as far as the rules go.

        :param full: the days that have as many of these visits as they take
        :param sessions: the days on which the patient has this treatment already
        """
        return reduce(and_, self._each(span, at=at, zone=zone, full=full, sessions=sessions, tick=tick).values())

    def offended(
        self, start: int, *, at: datetime, zone: str, full: Collection[date] = (), sessions: Collection[date] = ()
    ) -> list[Rule]:
        """List the rules that a start offends against: exactly when there are none, it is allowed."""
        span = Interval(start, start + 1)
        return [
            rule
            for rule, allowed in self._each(span, at=at, zone=zone, full=full, sessions=sessions).items()
            if start not in allowed
        ]

    def _each(
        self,
        span: Interval,
        *,
        at: datetime,
        zone: str,
        full: Collection[date],
        sessions: Collection[date],
        tick: int = 1,
    ) -> Mapping[Rule, Timeline]:
        """Set for each rule, in its order, the minutes that it allows; one that is not there allows all."""
        horizon = self.last_day(at, zone)
        each = {
            Rule.PAST: _from(first_minute_after(at), span, tick),
            Rule.NOTICE: _from(self.earliest(at), span, tick),
            Rule.HORIZON: Timeline.of(span, [(span.starts, day_window(horizon, horizon, zone).ends)], tick),
        }
        if self.weekdays != ALL_WEEK:
            days = days_from(local(span.starts, zone).date(), local(span.ends, zone).date())
            held = [day_window(day, day, zone) for day in days if self.weekdays >> day.weekday() & 1]
            each[Rule.WEEKDAY] = Timeline.of(span, held, tick)
        each[Rule.STEP] = starts_every(self.step, span, zone, tick)
        if full:
            each[Rule.DAY_FULL] = _without(full, span, zone, tick)
        if near := self.gap.too_near(sessions):
            each[Rule.SPACING] = _without(near, span, zone, tick)
        return each


def first_minute_after(at: datetime) -> int:
    """Say which whole minute comes next; one that begins at this very instant is it."""
    minute = minute_of(at)
    return minute if instant_of(minute) == at else minute + 1


def _without(days: Collection[date], span: Interval, zone: str, tick: int) -> Timeline:
    """Set everything but these days."""
    taken = [day_window(day, day, zone) for day in days]
    return Timeline.of(span, [span], tick) - Timeline.of(span, taken, tick)


def _from(minute: int, span: Interval, tick: int) -> Timeline:
    """Set everything from a minute on; one between two ticks begins at the later."""
    return Timeline.of(span, [(minute + -minute % tick, span.ends)], tick)
