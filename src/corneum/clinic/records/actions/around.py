"""What is kept around the visits: alerts, lots and their end, a device's bounds, supervision, a record opened for a reason."""

from datetime import date, datetime, timedelta

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.records.models import Alert, DeviceBound, Lot, Opening, Supervision
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import ClinicError
from corneum.domain.records import Limit
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

OPEN_FOR = timedelta(hours=12)  # a working day, and not the next


class AlertEnded(ClinicError):
    """This alert has been taken off already."""


class BoundsCrossed(ClinicError):
    """The lowest setting must not be above the highest."""


class OwnSupervisor(ClinicError):
    """Nobody supervises themselves."""


@action
def open_record(*, patient: Patient, reason: str, user: User, by: Actor, at: datetime, press: str = "") -> Opening:
    """Let somebody outside of a patient's team read the record for twelve hours, with their reason, for good in the trail."""
    opening = Opening.objects.create(
        clinic=patient.clinic, patient=patient, user=user, reason=reason, at=at, until=at + OPEN_FOR
    )
    record("records.open_record", entity=patient, by=by, at=at, clinic=patient.clinic, press=press)
    return opening


@action
def add_alert(*, patient: Patient, kind: str, text: str, user: User, by: Actor, at: datetime, press: str = "") -> Alert:
    """Put something at the head of a patient's record that never hides; `kind` is one of Alert.Kind."""
    alert = Alert.objects.create(patient=patient, kind=kind, text=text, added_at=at, added_by=user)
    record("records.add_alert", entity=patient, by=by, at=at, clinic=patient.clinic, press=press, kind=kind)
    return alert


@action
def end_alert(*, alert: Alert, reason: str, user: User, by: Actor, at: datetime) -> None:
    """
    Take an alert off the head of a record, with the reason; it stays in the record's past.

    :raises AlertEnded: somebody was quicker
    """
    found = Alert.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=alert.pk)
    if found.ended_at is not None:
        raise AlertEnded
    found.ended_at, found.ended_by, found.end_reason = at, user, reason
    found.save()
    record("records.end_alert", entity=found.patient, by=by, at=at, clinic=found.patient.clinic, kind=found.kind)


@action
def expire_lot(*, lot: Lot, on: date | None, by: Actor, at: datetime) -> None:
    """Say until when a lot may be used; nothing, when it does not say."""
    lot.expires_on = on
    lot.save(update_fields=["expires_on"])
    record("records.expire_lot", entity=lot, by=by, at=at, clinic=lot.clinic, on=on.isoformat() if on else "")


@action
def bound_device(*, device: Device, field: str, limit: Limit | None, user: User, by: Actor, at: datetime) -> None:
    """
    Say what a device may be set to without a reason, in its own unit; None takes the bounds off.

    :param field: the key of the protocol's field, such as suction
    :raises BoundsCrossed: the lowest is above the highest
    """
    if limit is None:
        DeviceBound.objects.filter(device=device, field=field).delete()
    elif limit.least is not None and limit.most is not None and limit.least > limit.most:
        raise BoundsCrossed
    else:
        bounds = {"unit": limit.unit, "least": limit.least, "most": limit.most, "set_at": at, "set_by": user}
        DeviceBound.objects.update_or_create(device=device, field=field, defaults=bounds)
    record("records.bound_device", entity=device, by=by, at=at, clinic=device.clinic, field=field)


@action
def supervise_practitioner(
    *,
    practitioner: Practitioner,
    supervisor: Practitioner,
    treatment: Treatment | None,
    since: date,
    until: date | None,
    by: Actor,
    at: datetime,
) -> Supervision:
    """
    Have what somebody signs countersigned by somebody else, for one treatment or for all.

    :raises OwnSupervisor: the two are the same
    """
    if practitioner.pk == supervisor.pk:
        raise OwnSupervisor
    made = Supervision.objects.create(
        practitioner=practitioner, supervisor=supervisor, treatment=treatment, valid_from=since, valid_until=until
    )
    record("records.supervise_practitioner", entity=practitioner, by=by, at=at, clinic=None, supervisor=supervisor.ref)
    return made
