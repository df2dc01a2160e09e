"""Who treats at a clinic, what they may give on a day, and when they work."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from corneum.clinic.practitioners.models import (
    Practitioner,
    Qualification,
    Registration,
    RotaDay,
    WorkingHours,
)
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.rota import Reading, Stretch, Week, days_from
from corneum.platform.accounts.models import Clinic


def _lasts(first: date, last: date) -> Q:
    """Write as a filter: valid on at least one of these days; no end means until further notice."""
    return Q(valid_from__lte=last) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first))


def _of_each(rows: QuerySet[Registration] | QuerySet[Qualification] | QuerySet[WorkingHours]) -> Exists:
    return Exists(rows.filter(practitioner=OuterRef("pk")))


def shown_at(clinic: Clinic, on: date) -> QuerySet[Practitioner]:
    """
    Find who may be shown to the public at a clinic: on its rota, and registered, on that day.

    Each comes with `valid_registrations`: those that are valid on that day, and no others. Somebody
    whose registration has ended is not shown at all, because their profession is no longer a fact.
    """
    valid = Registration.objects.filter(_lasts(on, on))
    return (
        Practitioner.objects.filter(is_active=True)
        .filter(_of_each(WorkingHours.objects.filter(_lasts(on, on), clinic=clinic)), _of_each(valid))
        .prefetch_related(Prefetch("registrations", valid.order_by("body", "number"), to_attr="valid_registrations"))
    )


def registrations_shown(person: Practitioner) -> list[Registration]:
    """Answer with those registrations of somebody that `shown_at` found valid."""
    found: list[Registration] = vars(person)["valid_registrations"]
    return found


def may_give(treatment: Treatment, on: date) -> QuerySet[Practitioner]:
    """Find who may give a treatment on a day: trained in it and registered, both valid that day."""
    return Practitioner.objects.filter(is_active=True).filter(
        _of_each(Qualification.objects.filter(_lasts(on, on), treatment=treatment)),
        _of_each(Registration.objects.filter(_lasts(on, on))),
    )


def working_intervals(clinic: Clinic, first: date, last: date) -> dict[int, list[Interval]]:
    """Work out when each practitioner works at a clinic on these days, both included, by their key."""
    found = {
        who: sorted(week.spans(days_from(first, last), clinic.zone))
        for who, week in rota_of(clinic, first, last).items()
    }
    return {who: spans for who, spans in found.items() if spans}


def rota_of(clinic: Clinic, first: date, last: date) -> dict[int, Week]:
    """Read when each practitioner works at a clinic, by their key: their week, and their days that are different."""
    stretches: dict[int, list[Stretch]] = {}
    rows = WorkingHours.objects.filter(_lasts(first, last), clinic=clinic, practitioner__is_active=True)
    for row in rows:
        stretch = Stretch(row.weekday, row.starts, row.ends, row.every_weeks, row.valid_from, row.valid_until)
        stretches.setdefault(row.practitioner_id, []).append(stretch)
    different: dict[int, dict[date, list[Reading]]] = {}
    days = RotaDay.objects.filter(clinic=clinic, practitioner__is_active=True, on__range=(first, last))
    for who, day, starts, ends in days.values_list("practitioner_id", "on", "starts", "ends"):
        theirs = different.setdefault(who, {}).setdefault(day, [])
        if starts is not None and ends is not None:
            theirs.append((starts, ends))
    return {who: Week(stretches.get(who, []), different.get(who, {})) for who in stretches.keys() | different.keys()}


def hours_on(person: Practitioner, clinic: Clinic, day: date) -> QuerySet[WorkingHours]:
    """Find the stretches of somebody's rota at a clinic that are valid on a day or from a later one on."""
    return WorkingHours.objects.filter(_lasts(day, date.max), practitioner=person, clinic=clinic)


Validity = tuple[date, date | None]
"""The first and the last day of something; without a last day it holds until further notice."""


def trained_in_each(people: Iterable[int]) -> dict[int, dict[int, list[Validity]]]:
    """Read in which treatments each of these practitioners is trained, and from when to when: treatment → who → stretches."""
    found: dict[int, dict[int, list[Validity]]] = {}
    rows = Qualification.objects.filter(practitioner__in=list(people))
    for row in rows:
        found.setdefault(row.treatment_id, {}).setdefault(row.practitioner_id, []).append(
            (row.valid_from, row.valid_until)
        )
    return found


def registered_from_to(people: Iterable[int]) -> dict[int, list[Validity]]:
    """Read from when to when each of these practitioners is in a register."""
    found: dict[int, list[Validity]] = {}
    rows = Registration.objects.filter(practitioner__in=list(people))
    for who, valid_from, valid_until in rows.values_list("practitioner_id", "valid_from", "valid_until"):
        found.setdefault(who, []).append((valid_from, valid_until))
    return found


def is_valid_on(day: date, stretches: Iterable[Validity]) -> bool:
    """Say whether any of these stretches holds a day."""
    return any(first <= day and (last is None or day <= last) for first, last in stretches)
