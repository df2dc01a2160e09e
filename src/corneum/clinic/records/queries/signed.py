"""What was signed, and what a write-up needs to know before it can be."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner, Registration
from corneum.clinic.premises.models import Device
from corneum.clinic.records.models import DeviceBound, Supervision, VisitRecord
from corneum.clinic.records.queries.team import patient_for, records_visible_to
from corneum.clinic.treatments.models import Need, Treatment
from corneum.domain.errors import NotFound
from corneum.domain.records import Limit, Protocol, protocol_for
from corneum.platform.accounts.models import Clinic, User


def visit_record_for(user: User | AnonymousUser, clinic: Clinic, ref: str, *, at: datetime) -> VisitRecord:
    """
    Find what was signed of one visit, with what stands beside it.

    :raises NotFound: there is nothing, or nothing that this person may see
    :raises OutsideTeam: not without a reason
    """
    found = (
        records_visible_to(user, clinic)
        .select_related("patient", "treatment", "practitioner", "device", "appointment", "countersigner", "signed_by")
        .prefetch_related("amendments__signed_by", "lots__lot")
        .filter(ref=ref)
        .first()
    )
    if found is None:
        raise NotFound
    patient_for(user, clinic, found.patient.ref, at=at)
    return found


def protocol_of(treatment: Treatment) -> Protocol:
    """Say by which protocol a treatment is written up."""
    kinds = Need.objects.filter(treatment=treatment, what=Need.What.DEVICE).values_list("kind", flat=True)
    return protocol_for(
        slug=treatment.slug, kind=treatment.kind, family=treatment.family, device_kinds=frozenset(kinds)
    )


def devices_for(clinic: Clinic, protocol: Protocol) -> QuerySet[Device]:
    """Find the devices of a clinic on which a protocol can be carried out."""
    return Device.objects.filter(clinic=clinic, kind__in=protocol.device_kinds, is_active=True)


def device_of(appointment: Appointment, protocol: Protocol) -> Device | None:
    """Find the device that was booked with a visit, as far as the protocol writes one down."""
    booked = Device.objects.filter(schedules__slots__appointment=appointment, schedules__slots__is_live=True)
    return booked.filter(kind__in=protocol.device_kinds).order_by("pk").first()


def last_signed(patient: Patient, protocol: Protocol, device: Device | None, *, before: datetime) -> VisitRecord | None:
    """Find what was signed last of the same protocol on the same device, of a visit before a moment."""
    signed = VisitRecord.objects.filter(patient=patient, protocol=protocol.key, device=device, visited_at__lt=before)
    return signed.order_by("-visited_at").first()


def bounds_of(device: Device | None) -> dict[str, Limit]:
    """Read what a device may be set to without a reason, by field."""
    rows = DeviceBound.objects.filter(device=device) if device else ()
    return {row.field: Limit(row.unit, row.least, row.most) for row in rows}


def practitioner_of(user: User | AnonymousUser) -> Practitioner | None:
    """Find as whom somebody treats."""
    return Practitioner.objects.filter(user=user, is_active=True).first() if isinstance(user, User) else None


def register_of(practitioner: Practitioner, on: date) -> str:
    """Write in which register somebody is on a day, and when that was last looked up; nothing when in none."""
    entry = Registration.objects.filter(practitioner=practitioner, valid_from__lte=on, valid_until__gte=on).first()
    if entry is None:
        return ""
    looked_up = f", looked up {entry.checked_at:%Y-%m-%d}" if entry.checked_at else ""
    return f"{entry.body} {entry.number}, valid until {entry.valid_until:%Y-%m-%d}{looked_up}"


def countersigner_of(practitioner: Practitioner, treatment: Treatment, on: date) -> Practitioner | None:
    """Find who is to countersign what somebody signs of a treatment on a day; what is said of the treatment goes first."""
    holds = Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))
    of_it = Q(treatment=treatment) | Q(treatment=None)
    found = Supervision.objects.filter(holds, of_it, practitioner=practitioner).select_related("supervisor")
    first = found.order_by(F("treatment").asc(nulls_last=True), "pk").first()
    return first.supervisor if first else None


def to_countersign(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[VisitRecord]:
    """Find what waits for this person's countersignature, the oldest first."""
    waiting = records_visible_to(user, clinic).filter(
        countersigner__user=user if isinstance(user, User) else None, countersigner__isnull=False, countersignature=None
    )
    return waiting.select_related("patient", "treatment", "practitioner").order_by("signed_at")
