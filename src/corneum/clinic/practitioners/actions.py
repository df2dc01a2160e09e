"""Taking somebody on: registration, training, working hours."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from corneum.clinic.practitioners.models import Practitioner, Qualification, Registration, RotaDay, WorkingHours
from corneum.clinic.treatments.models import Treatment
from corneum.domain.credentials import as_written
from corneum.domain.scheduling.rota import Reading
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record


@action
def add_practitioner(
    *,
    slug: str,
    name: str,
    profession: str,
    post_nominals: str = "",
    about: str = "",
    user: User | None = None,
    order: int = 0,
    by: Actor,
    at: datetime,
) -> Practitioner:
    """Add somebody who treats patients. They cannot be booked until registered, qualified and on the rota."""
    practitioner = Practitioner.objects.create(
        slug=slug, name=name, profession=profession, post_nominals=post_nominals, about=about, user=user, order=order
    )
    record("practitioners.add_practitioner", entity=practitioner, by=by, at=at, clinic=None)
    return practitioner


@action
def record_registration(
    *,
    practitioner: Practitioner,
    body: str,
    number: str,
    valid_from: date,
    valid_until: date,
    checked_by: User | None = None,
    is_sample: bool = False,
    by: Actor,
    at: datetime,
) -> Registration:
    """
    Record an entry of a professional register.

    :param checked_by: who looked it up in the public register, at `at`; none if nobody has yet
    :raises NotANumberOf: the register does not write its numbers so
    """
    number = as_written(body, number)
    registration = Registration.objects.create(
        practitioner=practitioner,
        body=body,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        is_sample=is_sample,
        checked_by=checked_by,
        checked_at=at if checked_by else None,
    )
    record(
        "practitioners.record_registration",
        entity=practitioner,
        by=by,
        at=at,
        clinic=None,
        body=body,
        until=valid_until.isoformat(),
    )
    return registration


@action
def qualify(
    *,
    practitioner: Practitioner,
    treatment: Treatment,
    valid_from: date,
    valid_until: date | None = None,
    by: Actor,
    at: datetime,
) -> Qualification:
    """Let somebody give a treatment, from one day to another."""
    qualification = Qualification.objects.create(
        practitioner=practitioner, treatment=treatment, valid_from=valid_from, valid_until=valid_until
    )
    record("practitioners.qualify", entity=practitioner, by=by, at=at, clinic=None, treatment=treatment.slug)
    return qualification


@action
def set_working_hours(
    *,
    practitioner: Practitioner,
    clinic: Clinic,
    week: Iterable[tuple[int, time, time]],
    valid_from: date,
    by: Actor,
    at: datetime,
) -> None:
    """
    Replace somebody's working week at a clinic, from a day on; appointments already made stay as they are.

    :param week: (weekday with Monday as 0, from, to), in the clinic's wall time; a gap is a break
    """
    changed = _replace_weeks(practitioner, clinic, [list(week)], valid_from)
    record("practitioners.set_working_hours", entity=practitioner, by=by, at=at, clinic=clinic, **changed)


@action
def set_rota(
    *,
    practitioner: Practitioner,
    clinic: Clinic,
    weeks: Sequence[Iterable[tuple[int, time, time]]],
    valid_from: date,
    by: Actor,
    at: datetime,
) -> None:
    """
    Replace somebody's rota at a clinic, from a day on, by weeks that take turns; what is booked stays as it is.

    :param weeks: one for the same every week, two for every second week and so on, the week of
        `valid_from` first; each as (weekday with Monday as 0, from, to), in the clinic's wall time
    """
    changed = _replace_weeks(practitioner, clinic, [list(week) for week in weeks], valid_from)
    record(
        "practitioners.set_rota", entity=practitioner, by=by, at=at, clinic=clinic, valid_from=valid_from.isoformat(),
        **changed,
    )  # fmt: skip


@action
def set_rota_day(
    *, practitioner: Practitioner, clinic: Clinic, day: date, stretches: Iterable[Reading], by: Actor, at: datetime
) -> None:
    """
    Say when somebody works at a clinic on one day, whatever their week says.

    :param stretches: from when to when, in the clinic's wall time; none at all means that the day is off
    """
    before = _forget_day(practitioner, clinic, day)
    rows = [
        RotaDay(practitioner=practitioner, clinic=clinic, on=day, starts=one, ends=other) for one, other in stretches
    ]
    written = RotaDay.objects.bulk_create(rows or [RotaDay(practitioner=practitioner, clinic=clinic, on=day)])
    record(
        "practitioners.set_rota_day", entity=practitioner, by=by, at=at, clinic=clinic, day=day.isoformat(),
        before=before, after=[_day_in_words(row) for row in written],
    )  # fmt: skip


@action
def clear_rota_day(*, practitioner: Practitioner, clinic: Clinic, day: date, by: Actor, at: datetime) -> None:
    """Let somebody's week hold again on a day of which something else was said."""
    before = _forget_day(practitioner, clinic, day)
    record(
        "practitioners.clear_rota_day", entity=practitioner, by=by, at=at, clinic=clinic, day=day.isoformat(),
        before=before,
    )  # fmt: skip


def _replace_weeks(
    practitioner: Practitioner, clinic: Clinic, weeks: Sequence[Sequence[tuple[int, time, time]]], valid_from: date
) -> dict[str, Any]:
    """End the weeks that are there the day before, and write those that take turns from then on."""
    theirs = WorkingHours.objects.filter(practitioner=practitioner, clinic=clinic)
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from)
    before = [_hours_in_words(row) for row in theirs.filter(holds)]
    theirs.filter(valid_from__gte=valid_from).delete()
    # Whatever was to last longer ends the day before, also a week that another change had already ended.
    theirs.filter(holds).update(valid_until=valid_from - timedelta(days=1))
    monday = valid_from - timedelta(days=valid_from.weekday())
    written = WorkingHours.objects.bulk_create(
        WorkingHours(
            practitioner=practitioner,
            clinic=clinic,
            weekday=weekday,
            starts=starts,
            ends=ends,
            every_weeks=len(weeks),
            # The week it begins in says whose turn it is; the first may begin on any day of its week.
            valid_from=max(valid_from, monday + timedelta(weeks=turn)),
        )
        for turn, week in enumerate(weeks)
        for weekday, starts, ends in week
    )
    return {"before": before, "after": [_hours_in_words(row) for row in written]}


def _forget_day(practitioner: Practitioner, clinic: Clinic, day: date) -> list[str]:
    theirs = RotaDay.objects.filter(practitioner=practitioner, clinic=clinic, on=day)
    before = [_day_in_words(row) for row in theirs]
    theirs.delete()
    return before


def _hours_in_words(row: WorkingHours) -> str:
    every = f" every {row.every_weeks} weeks" if row.every_weeks > 1 else ""
    until = f" until {row.valid_until}" if row.valid_until else ""
    return f"{row.weekday} {row.starts:%H:%M} to {row.ends:%H:%M}{every} from {row.valid_from}{until}"


def _day_in_words(row: RotaDay) -> str:
    return f"{row.starts:%H:%M} to {row.ends:%H:%M}" if row.starts and row.ends else "off"
