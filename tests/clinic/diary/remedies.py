"""For each thing that can stand in the way of a visit, what would take it out of the way."""

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from corneum.clinic.diary import actions
from corneum.clinic.diary.models import Appointment, Block, Hold, Owner
from corneum.clinic.diary.queries.reasons import Cause, Reason
from corneum.clinic.practitioners.models import Qualification, Registration, RotaDay, WorkingHours
from corneum.clinic.premises.models import Closure, Device, OpeningHours, Room, SpecialHours
from corneum.clinic.treatments.models import Need, Offer
from corneum.domain.scheduling.wall import instant_of
from corneum.platform.accounts.actors import Actor
from tests.clinic.diary.clinics import World
from tests.factories.cast import make_device, make_room

LONG_AGO, LONG_AFTER = date(2020, 1, 1), date(2050, 1, 1)
_number = count(10)
RULES: dict[Cause, dict[str, Any]] = {
    Cause.NOTICE: {"notice_minutes": 0},
    Cause.HORIZON: {"horizon_days": 400},
    Cause.WEEKDAY: {"weekdays": 127},
    Cause.STEP: {"step_minutes": 1},
    Cause.DAY_FULL: {"most_per_day": None},
}


def remove(world: World, reason: Reason, start: int) -> None:
    """Take one reason out of the way, and nothing else."""
    owner = reason.owner or Owner("", 0)
    if reason.cause in RULES:
        offers = Offer.objects.filter(clinic=world.cast.manchester, treatment=world.treatment)
        offers.update(**RULES[reason.cause])
    elif reason.appointment:
        visit = Appointment.objects.get(ref=reason.appointment)
        actions.cancel_appointment(appointment=visit, reason="", by=Actor.staff(world.cast.dana), at=world.now)
    else:
        REMEDIES[reason.cause](world, owner, start)


def _go_back(world: World, _owner: Owner, start: int) -> None:
    world.now = instant_of(start) - timedelta(minutes=1)


def _lift(world: World, owner: Owner, _start: int) -> None:
    Block.objects.filter(**_of(owner)).update(lifted_at=world.now)


def _service(_world: World, owner: Owner, _start: int) -> None:
    Device.objects.filter(pk=owner.key).update(service_due=None)


def _of(owner: Owner) -> dict[str, int]:
    return {f"schedule__{owner.what}": owner.key, "schedule__number": owner.number}


def _open(world: World, _owner: Owner, _start: int) -> None:
    clinic = world.cast.manchester
    for model in (OpeningHours, SpecialHours, Closure):
        model._default_manager.filter(clinic=clinic).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(clinic=clinic, weekday=weekday, opens=time(0), closes=time(23, 59)) for weekday in range(7)
    )


def _put_on_duty(world: World, owner: Owner, _start: int) -> None:
    who = {"practitioner_id": owner.key}
    for model in (WorkingHours, RotaDay):
        model._default_manager.filter(**who).delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(
            **who, clinic=world.cast.manchester, weekday=weekday, starts=time(0), ends=time(23, 59),
            valid_from=LONG_AGO,
        )
        for weekday in range(7)
    )  # fmt: skip


def _train(world: World, owner: Owner, _start: int) -> None:
    valid = {"valid_from": LONG_AGO, "valid_until": LONG_AFTER}
    Registration.objects.filter(practitioner=owner.key).update(**valid)
    Qualification.objects.filter(practitioner=owner.key, treatment=world.treatment).update(**valid)


def _let_holds_go(world: World, owner: Owner, start: int) -> None:
    near = {"slots__starts__lt": start + 300, "slots__ends__gt": start - 300}
    for hold in Hold.objects.filter(**{f"slots__{name}": key for name, key in _of(owner).items()}, **near).distinct():
        actions.release_hold(hold=hold, by=Actor.system("test"), at=world.now)


def _buy_another_of_everything(world: World, _owner: Owner, _start: int) -> None:
    Device.objects.update(room=None)
    for need in Need.objects.filter(treatment=world.treatment).exclude(what=Need.What.PRACTITIONER):
        number = next(_number)
        if need.what == Need.What.ROOM:
            make_room(world.cast.manchester, f"Room {number}", Room.Kind(need.kind), order=number)
        else:
            make_device(world.cast.manchester, f"Unit {number}", need.kind or "crystal-unit", order=number)


REMEDIES = {
    Cause.PAST: _go_back,
    Cause.CLOSED: _open,
    Cause.OFF_SHIFT: _put_on_duty,
    Cause.NOT_QUALIFIED: _train,
    Cause.BLOCKED: _lift,
    Cause.KEPT: _let_holds_go,
    Cause.BUFFER: _let_holds_go,
    Cause.SERVICE_DUE: _service,
    Cause.NOT_TOGETHER: _buy_another_of_everything,
}
