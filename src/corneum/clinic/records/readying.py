"""What should be so before somebody is treated, gathered from wherever it is kept."""

from datetime import date, timedelta

from corneum.clinic.consent.queries import is_valid_for
from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.practitioners.queries import may_give
from corneum.clinic.premises.models import Device
from corneum.clinic.records.models import VisitRecord
from corneum.clinic.records.queries import register_of
from corneum.domain.consent.standing import Lack
from corneum.domain.records import Ready, readiness
from corneum.domain.scheduling.wall import local

TREATED = (Appointment.Status.ARRIVED, Appointment.Status.FULFILLED)
A_YEAR = timedelta(days=366)


def ready_for(appointment: Appointment, practitioner: Practitioner, device: Device | None) -> list[Ready]:
    """Say what holds on the day of a visit and what does not; a consultation needs less than a treatment."""
    on = local(appointment.starts, appointment.zone).date()
    treatment = appointment.treatment
    is_treatment = treatment.kind == treatment.Kind.TREATMENT
    return readiness(
        on=on,
        consent=_consent(appointment, practitioner, on),
        last_session=_last_session(appointment) if is_treatment else None,
        gap_days=treatment.gap_days,
        is_registered=bool(register_of(practitioner, on)),
        is_trained=may_give(treatment, on).filter(pk=practitioner.pk).exists() or not register_of(practitioner, on),
        service_due=device.service_due if device else None,
        device=device.name if device else "",
    )


def _consent(appointment: Appointment, practitioner: Practitioner, on: date) -> tuple[bool, str] | None:
    """Say whether the patient agrees to this by this practitioner; nothing until the clinic has a text to agree to."""
    standing = is_valid_for(
        appointment.patient, appointment.treatment, practitioner, on=on, starts=appointment.starts_at
    )
    if Lack.NO_TEXT in standing.lacks or not standing.is_needed:
        return None
    return standing.is_valid, " ".join(standing.reasons) or "Their consent stands"


def _last_session(appointment: Appointment) -> date | None:
    """Find the day of the last session of this treatment before this one, as the diary or the record knows it."""
    before = Appointment.objects.filter(
        patient=appointment.patient, treatment=appointment.treatment, status__in=TREATED, starts__lt=appointment.starts
    )
    last = before.order_by("-starts").values_list("starts", "zone").first()
    signed = VisitRecord.objects.filter(
        patient=appointment.patient, treatment=appointment.treatment, visited_at__lt=appointment.starts_at
    )
    days = [local(last[0], last[1]).date()] if last else []
    days += [each.date() for each in signed.order_by("-visited_at").values_list("visited_at", flat=True)[:1]]
    return max(days, default=None)
