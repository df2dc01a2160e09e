"""Opening a clinic, and saying when it is open and what is in it: hours, closures, holidays, rooms and devices."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from corneum.clinic.premises.models import Closure, Device, OpeningHours, Premises, Room, SpecialHours
from corneum.clinic.premises.queries import holidays_of
from corneum.domain.errors import ClinicError
from corneum.domain.places import Place
from corneum.domain.promise import PROMISES
from corneum.domain.scheduling.rota import Reading, days_from
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

# First words of addresses that are pages already: a clinic so called would hide them.
RESERVED = frozenset(
    {
        "a",
        "accessibility",
        "accounts",
        "api",
        "articles",
        "b",
        "book",
        "c",
        "calendar",
        "calendars",
        "complaints",
        "components",
        "concerns",
        "contact",
        "desk",
        "healthz",
        "o",
        "p",
        "prices",
        "privacy",
        "questions",
        "readyz",
        "registration",
        "results",
        "s",
        "search",
        "static",
        "t",
        "team",
        "texts",
        "treatments",
        "visit",
        "w",
        "wait",
    }
)


class AddressTaken(ClinicError):
    """This short name stands for something else in our addresses already. Choose a different one."""


class NobodyKnowsThem(ClinicError):
    """The public holidays of that nation are not known here. Close the clinic on its days one by one."""


class NotAPromise(ClinicError):
    """Choose how soon you answer from the list, so that we can count it."""


class NotInThisClinic(ClinicError):
    """That room belongs to another clinic. Choose one of this clinic's rooms."""


@action
def open_clinic(
    *,
    name: str,
    slug: str,
    zone: str,
    line1: str,
    town: str,
    postcode: str,
    phone: str,
    email: str,
    line2: str = "",
    getting_here: str = "",
    place: Place | None = None,
    by: Actor,
    at: datetime,
) -> Clinic:
    """
    Open a clinic of the organisation; the first one is the main one.

    :raises AddressTaken: another clinic or a page has this slug
    """
    if slug in RESERVED or Clinic.objects.filter(slug=slug).exists():
        raise AddressTaken
    clinic = Clinic.objects.create(name=name, slug=slug, zone=zone, is_main=not Clinic.objects.exists())
    Premises.objects.create(
        clinic=clinic,
        line1=line1,
        line2=line2,
        town=town,
        postcode=postcode,
        phone=phone,
        email=email,
        getting_here=getting_here,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )
    record("premises.open_clinic", entity=clinic, by=by, at=at, clinic=clinic)
    return clinic


@action
def set_place(*, clinic: Clinic, place: Place | None, by: Actor, at: datetime) -> None:
    """Say where the clinic is on the map, for the way to the others of its group; None: it is not said."""
    premises = Premises.objects.select_for_update().get(clinic=clinic)
    before = str(premises.place or "")
    premises.latitude = place.latitude if place else None
    premises.longitude = place.longitude if place else None
    premises.save(update_fields=["latitude", "longitude"])
    record("premises.set_place", entity=clinic, by=by, at=at, clinic=clinic, before=before, after=str(place or ""))


@action
def promise_answers(*, clinic: Clinic, within: str, by: Actor, at: datetime) -> None:
    """
    Say how soon a question is answered: pages promise it, and the inbox counts it.

    :param within: one of domain.promise.PROMISES, such as "one working day"
    :raises NotAPromise: it is not one of them
    """
    if within not in PROMISES:
        raise NotAPromise
    Premises.objects.filter(clinic=clinic).update(answers_within=within)
    record("premises.promise_answers", entity=clinic, by=by, at=at, clinic=clinic, within=within)


@action
def set_opening_hours(*, clinic: Clinic, week: Iterable[tuple[int, time, time]], by: Actor, at: datetime) -> None:
    """
    Replace the clinic's week of opening hours; what is booked already stays as it is.

    :param week: (weekday with Monday as 0, opens, closes), in the clinic's wall time
    """
    theirs = OpeningHours.objects.filter(clinic=clinic)
    before = [str(hours) for hours in theirs]
    theirs.delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in week
    )
    after = [str(hours) for hours in theirs.all()]
    record("premises.set_opening_hours", entity=clinic, by=by, at=at, clinic=clinic, before=before, after=after)


@action
def set_special_hours(*, clinic: Clinic, day: date, stretches: Iterable[Reading], by: Actor, at: datetime) -> None:
    """
    Say when the clinic is open on one day, whatever its week and the public holidays say.

    :param stretches: from when to when, in the clinic's wall time; none at all lets the week hold again
    """
    theirs = SpecialHours.objects.filter(clinic=clinic, on=day)
    before = [str(hours) for hours in theirs]
    theirs.delete()
    SpecialHours.objects.bulk_create(
        SpecialHours(clinic=clinic, on=day, opens=opens, closes=closes) for opens, closes in stretches
    )
    record(
        "premises.set_special_hours", entity=clinic, by=by, at=at, clinic=clinic, day=day.isoformat(),
        before=before, after=[str(hours) for hours in theirs.all()],
    )  # fmt: skip


@action
def close_on(
    *, clinic: Clinic, day: date, reason: str, last: date | None = None, by: Actor, at: datetime
) -> list[Closure]:
    """
    Close the clinic on a day on which its hours say it is open, or on several.

    :param last: the last of the days; none for one day only
    """
    days = list(days_from(day, last or day))
    before = {str(one.on): one.reason for one in Closure.objects.filter(clinic=clinic, on__in=days)}
    closures = [
        Closure.objects.update_or_create(clinic=clinic, on=each, defaults={"reason": reason})[0] for each in days
    ]
    record(
        "premises.close_on", entity=clinic, by=by, at=at, clinic=clinic, day=day.isoformat(), days=len(days),
        reason=reason, before=before,
    )  # fmt: skip
    return closures


@action
def open_again_on(*, clinic: Clinic, day: date, by: Actor, at: datetime) -> None:
    """Take a closure back: the day is as its week, its special hours and the public holidays say."""
    theirs = Closure.objects.filter(clinic=clinic, on=day)
    before = [closure.reason for closure in theirs]
    theirs.delete()
    record("premises.open_again_on", entity=clinic, by=by, at=at, clinic=clinic, day=day.isoformat(), before=before)


@action
def keep_holidays(*, clinic: Clinic, nation: str, by: Actor, at: datetime) -> None:
    """
    Close the clinic on the public holidays of a nation or of a part of one, from now on.

    :param nation: ISO 3166, such as GB-SCT or FR; empty for none
    :raises NobodyKnowsThem: that nation's holidays are not written down
    """
    if nation:
        try:
            holidays_of(nation, at.year)
        except NotImplementedError as unknown:
            raise NobodyKnowsThem from unknown
    premises = Premises.objects.select_for_update().get(clinic=clinic)
    before, premises.holidays = premises.holidays, nation
    premises.save(update_fields=["holidays"])
    record("premises.keep_holidays", entity=clinic, by=by, at=at, clinic=clinic, before=before, after=nation)


@action
def add_room(*, clinic: Clinic, name: str, kind: str, order: int = 0, by: Actor, at: datetime) -> Room:
    """Add a room; `kind` is consulting or treatment."""
    room = Room.objects.create(clinic=clinic, name=name, kind=kind, order=order)
    record("premises.add_room", entity=room, by=by, at=at, clinic=clinic)
    return room


@action
def add_device(
    *, clinic: Clinic, name: str, short_name: str, kind: str, serial: str, order: int = 0, by: Actor, at: datetime
) -> Device:
    """Add one machine; `kind` is what treatments ask for, such as crystal-unit."""
    device = Device.objects.create(
        clinic=clinic, name=name, short_name=short_name, kind=kind, serial=serial, order=order
    )
    record("premises.add_device", entity=device, by=by, at=at, clinic=clinic)
    return device


@action
def change_room(*, room: Room, places: int, is_active: bool, by: Actor, at: datetime) -> Room:
    """Say how many visits a room takes at once, and whether it is used at all; what is booked in it stays."""
    room = Room.objects.select_for_update().get(pk=room.pk)
    changed = _change(room, {"places": places, "is_active": is_active})
    record("premises.change_room", entity=room, by=by, at=at, clinic=room.clinic, **changed)
    return room


@action
def change_device(
    *,
    device: Device,
    places: int,
    room: Room | None,
    service_due: date | None,
    is_active: bool,
    by: Actor,
    at: datetime,
) -> Device:
    """
    Say where a machine stands, until when it may be used, and for how many at once; what is booked stays.

    :param room: the room in which it is fixed; none if it is wheeled to wherever it is needed
    :param service_due: the last day on which it may be used without a service
    :raises NotInThisClinic: the room is another clinic's
    """
    device = Device.objects.select_for_update().get(pk=device.pk)
    if room is not None and room.clinic_id != device.clinic_id:
        raise NotInThisClinic
    changed = _change(
        device,
        {
            "places": places,
            "room_id": room.pk if room else None,
            "service_due": service_due,
            "is_active": is_active,
        },
    )
    record("premises.change_device", entity=device, by=by, at=at, clinic=device.clinic, **changed)
    return device


def _change(thing: Room | Device, to: dict[str, Any]) -> dict[str, Any]:
    """Write what is different, and say what it was and what it is."""
    different = {name: value for name, value in to.items() if getattr(thing, name) != value}
    before = {name: _said(getattr(thing, name)) for name in different}
    for name, value in different.items():
        setattr(thing, name, value)
    if different:
        thing.save(update_fields=[*different])
    return {"before": before, "after": {name: _said(value) for name, value in different.items()}}


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
