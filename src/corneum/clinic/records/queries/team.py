"""Who may read a patient's record: their team, and whoever opened it for a reason a short while ago."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import appointment_for
from corneum.clinic.patients import queries as patients
from corneum.clinic.patients.models import Patient
from corneum.clinic.records.models import Opening, VisitRecord
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may, within
from corneum.platform.audit.models import RecordRead


class OutsideTeam(ClinicError):
    """You are not in this patient's team. You may open the record if you say why; the reason and each look are kept."""

    def __init__(self, patient: Patient) -> None:
        """Keep whose record it is."""
        super().__init__()
        self.patient = patient


def patient_for(user: User | AnonymousUser, clinic: Clinic, ref: str, *, at: datetime) -> Patient:
    """
    Find a patient whose record this person may read now.

    :raises NotFound: there is none, or this person reads no records here, which looks the same
    :raises OutsideTeam: they read records, but not this one without a reason
    """
    if not isinstance(user, User) or not may(user, Right.SEE_RECORDS, clinic):
        raise NotFound
    patient = patients.patient_for(user, clinic, ref)
    if not is_in_team(user, patient) and not _has_opened(user, patient, at):
        raise OutsideTeam(patient)
    return patient


def visit_for(user: User | AnonymousUser, clinic: Clinic, ref: str, *, at: datetime) -> Appointment:
    """
    Find an appointment whose patient's record this person may read now.

    :raises NotFound: there is none
    :raises OutsideTeam: not without a reason
    """
    appointment = appointment_for(user, clinic, ref)
    patient_for(user, clinic, appointment.patient.ref, at=at)
    return appointment


def is_in_team(user: User, patient: Patient) -> bool:
    """Say whether somebody treats a patient, has treated them, or supervises whoever does."""
    theirs = Q(practitioner__user=user) | Q(practitioner__supervised_by__supervisor__user=user)
    visits = Appointment.objects.filter(theirs, patient=patient).exclude(status=Appointment.Status.CANCELLED)
    return visits.exists() or VisitRecord.objects.filter(patient=patient, signed_by=user).exists()


def records_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[VisitRecord]:
    """Find what was signed at a clinic, for whoever reads records there; whose, `patient_for` asks."""
    return VisitRecord.objects.filter(within(user, Right.SEE_RECORDS), clinic=clinic)


def openings_of(patient: Patient) -> QuerySet[Opening]:
    """Find who opened a patient's record from outside of the team, and why, the latest first."""
    return Opening.objects.filter(patient=patient).select_related("user").order_by("-at")


def reads_of(patient: Patient, *, since: date | None = None) -> QuerySet[RecordRead]:
    """Find who looked at anything of a patient's, the latest first."""
    reads = RecordRead.objects.filter(patient_ref=patient.ref).select_related("user").order_by("-at", "-pk")
    return reads if since is None else reads.filter(at__date__gte=since)


def _has_opened(user: User, patient: Patient, at: datetime) -> bool:
    return Opening.objects.filter(user=user, patient=patient, at__lte=at, until__gt=at).exists()
