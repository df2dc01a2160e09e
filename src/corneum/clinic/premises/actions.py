"""Opening a clinic: its address, hours, rooms and devices."""

from collections.abc import Iterable
from datetime import date, datetime, time

from corneum.clinic.premises.models import Closure, Device, OpeningHours, Premises, Room
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

# First words of addresses that are pages already: a clinic so called would hide them.
RESERVED = frozenset(
    {
        "accessibility",
        "accounts",
        "api",
        "articles",
        "b",
        "book",
        "calendar",
        "complaints",
        "components",
        "concerns",
        "contact",
        "desk",
        "healthz",
        "prices",
        "privacy",
        "readyz",
        "static",
        "team",
        "treatments",
        "visit",
    }
)


class AddressTaken(ClinicError):
    """This short name stands for something else in our addresses already. Choose a different one."""


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
    )
    record("premises.open_clinic", entity=clinic, by=by, at=at, clinic=clinic)
    return clinic


@action
def set_opening_hours(*, clinic: Clinic, week: Iterable[tuple[int, time, time]], by: Actor, at: datetime) -> None:
    """
    Replace the clinic's week of opening hours.

    :param week: (weekday with Monday as 0, opens, closes), in the clinic's wall time
    """
    OpeningHours.objects.filter(clinic=clinic).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in week
    )
    record("premises.set_opening_hours", entity=clinic, by=by, at=at, clinic=clinic)


@action
def close_on(*, clinic: Clinic, day: date, reason: str, by: Actor, at: datetime) -> Closure:
    """Close the clinic on a day on which its hours say it is open."""
    closure, _ = Closure.objects.update_or_create(clinic=clinic, on=day, defaults={"reason": reason})
    record("premises.close_on", entity=clinic, by=by, at=at, clinic=clinic, day=day.isoformat(), reason=reason)
    return closure


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
