"""Letting somebody go, and taking them back: not while anybody is booked with them."""

from collections.abc import Sequence
from datetime import datetime

from corneum.clinic.diary.models import Appointment, Block, Hold, Owner
from corneum.clinic.diary.placing import schedules_of
from corneum.clinic.practitioners.models import Practitioner
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import DAY, minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

UNRESOLVED = (Appointment.Status.PENDING, Appointment.Status.BOOKED, Appointment.Status.ARRIVED)
FOR_GOOD = 36_500 * DAY


class VisitsRemain(ClinicError):
    """Somebody is still booked with this person. Move, cancel or finish those visits first."""

    def __init__(self, visits: Sequence[Appointment]) -> None:
        """Keep the visits, so that the page can list those that whoever asked may see."""
        super().__init__()
        self.visits = visits


class SomebodyIsChoosing(ClinicError):
    """Somebody is choosing a time with this person right now. Try again in a quarter of an hour."""


@action
def deactivate(*, practitioner: Practitioner, clinic: Clinic, by: Actor, at: datetime) -> None:
    """
    Switch a practitioner off: nobody finds them any more, at any clinic.

    Their diary is locked while it is looked at, and blocked for good, so that a booking that had
    found them before comes too late.

    :param clinic: where this is done
    :raises VisitsRemain: visits with them are asked for, to come, or not yet said to be over
    :raises SomebodyIsChoosing: a time with them is held
    """
    owner = Owner("practitioner", practitioner.pk)
    schedule = schedules_of([owner])[owner]
    visits = Appointment.objects.filter(practitioner=practitioner, status__in=UNRESOLVED)
    if remaining := list(visits.select_related("clinic", "patient", "treatment").order_by("starts")):
        raise VisitsRemain(remaining)
    if Hold.objects.filter(practitioner=practitioner, expires_at__gt=at).exists():
        raise SomebodyIsChoosing
    Practitioner.objects.filter(pk=practitioner.pk).update(is_active=False)
    now = minute_of(at)
    Block.objects.create(
        schedule=schedule, series=practitioner.ref, kind=Block.Kind.OTHER, starts=now, ends=now + FOR_GOOD,
        created_at=at, created_by_id=by.user_id,
    )  # fmt: skip
    record(
        "diary.deactivate", entity=practitioner, by=by, at=at, clinic=clinic,
        before={"is_active": practitioner.is_active}, after={"is_active": False},
    )  # fmt: skip


@action
def activate(*, practitioner: Practitioner, clinic: Clinic, by: Actor, at: datetime) -> None:
    """Switch a practitioner on again: they can be booked as far as rota, training and registration go."""
    Practitioner.objects.filter(pk=practitioner.pk).update(is_active=True)
    Block.objects.filter(series=practitioner.ref, lifted_at=None).update(lifted_at=at)
    record(
        "diary.activate", entity=practitioner, by=by, at=at, clinic=clinic,
        before={"is_active": practitioner.is_active}, after={"is_active": True},
    )  # fmt: skip
