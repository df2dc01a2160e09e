"""A time that a patient and the clinic have agreed on, or that is kept while somebody decides."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.platform.accounts.models import Clinic, User


class Hold(models.Model):
    """A time kept for somebody for some minutes while they decide."""

    class Privacy:
        open = (
            "id",
            "ref",
            "clinic",
            "treatment",
            "practitioner",
            "starts",
            "ends",
            "expires_at",
            "extended",
            "created_at",
        )

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    starts = models.IntegerField()
    ends = models.IntegerField()
    expires_at = models.DateTimeField()
    extended = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="diary_hold_by_expiry"),)
        constraints = (
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="diary_hold_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"hold {self.ref}"


STAGES = {"in-room": "In the room", "treating": "In treatment", "left": "Left"}


class Appointment(models.Model):
    """A time that a patient and the clinic have agreed on."""

    class Privacy:
        open = (
            "id", "ref", "code", "reference", "clinic", "patient", "treatment", "practitioner", "starts", "ends",
            "zone", "wall_time", "status", "sequence", "booked_at", "arrived_at", "arrived_by", "finished_at",
            "finished_by", "cancelled_at", "request_expires_at", "confirmed_at", "confirmed_how", "in_room_at",
            "in_room_by", "treating_at", "treating_by", "left_at", "left_by", "late_minutes",
        )  # fmt: skip
        personal = ("cancel_reason",)
        clinical = ("note",)  # people write about their health where they are asked not to
        secret = ("code",)

    class Status(models.TextChoices):
        """FHIR R4 Appointment.status."""

        PENDING = "pending", "Requested"
        BOOKED = "booked", "Booked"
        ARRIVED = "arrived", "Arrived"
        FULFILLED = "fulfilled", "Done"
        CANCELLED = "cancelled", "Cancelled"
        NOSHOW = "noshow", "Did not attend"

    class Confirmed(models.TextChoices):
        LINK = "link", "By link"
        TEXT = "text", "By text message"
        TELEPHONE = "telephone", "By telephone"
        DESK = "desk", "At the desk"

    ref = RefField()
    code = RefField()  # the patient's secret link; never shown at the desk
    reference = models.CharField(max_length=12, unique=True)  # short, to be read out on the telephone
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="appointments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    starts = models.IntegerField()
    ends = models.IntegerField()
    zone = models.CharField(max_length=64)
    wall_time = models.CharField(max_length=16)  # "2026-03-12T09:30" as promised, in `zone`
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.BOOKED)
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file: rises with every change
    note = SealedTextField(blank=True)  # what the patient asked for to make the visit easier
    booked_at = models.DateTimeField()
    request_expires_at = models.DateTimeField(null=True)  # while the clinic has not answered a request
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    in_room_at = models.DateTimeField(null=True)
    in_room_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    treating_at = models.DateTimeField(null=True)
    treating_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    late_minutes = models.PositiveSmallIntegerField(default=0)  # how late they said they will be
    confirmed_at = models.DateTimeField(null=True)  # the patient has said that they will come at this time
    confirmed_how = models.CharField(max_length=10, choices=Confirmed.choices, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["clinic", "starts"], name="diary_appointment_of_clinic"),
            models.Index(fields=["patient", "starts"], name="diary_appointment_of_patient"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="diary_appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "booked", "arrived", "fulfilled", "cancelled", "noshow"]),
                name="diary_appointment_status_is_known",
            ),
            Paired("arrived_at", "arrived_by", name="diary_appointment_arrived_at_with_arrived_by"),
            Paired("finished_at", "finished_by", name="diary_appointment_finished_at_with_finished_by"),
            Paired("in_room_at", "in_room_by", name="diary_appointment_in_room_at_with_in_room_by"),
            Paired("treating_at", "treating_by", name="diary_appointment_treating_at_with_treating_by"),
            Paired("left_at", "left_by", name="diary_appointment_left_at_with_left_by"),
            models.CheckConstraint(
                condition=Q(in_room_at__isnull=True) | Q(arrived_at__isnull=False, in_room_at__gte=F("arrived_at")),
                name="diary_appointment_in_room_once_arrived",
            ),
            models.CheckConstraint(
                condition=Q(treating_at__isnull=True) | Q(arrived_at__isnull=False, treating_at__gte=F("arrived_at")),
                name="diary_appointment_treated_once_arrived",
            ),
            models.CheckConstraint(
                condition=Q(in_room_at__isnull=True)
                | Q(treating_at__isnull=True)
                | Q(treating_at__gte=F("in_room_at")),
                name="diary_appointment_treated_once_in_room",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(status="fulfilled", left_at__gte=F("finished_at")),
                name="diary_appointment_left_once_done",
            ),
            models.CheckConstraint(
                condition=Q(late_minutes__lte=180), name="diary_appointment_late_within_three_hours"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_how="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_how="")),
                name="diary_appointment_confirmed_somehow",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_how__in=["", "link", "text", "telephone", "desk"]),
                name="diary_appointment_confirmed_how_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="diary_appointment_cancelled_at_when_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", request_expires_at__isnull=False)
                | (~Q(status="pending") & Q(request_expires_at__isnull=True)),
                name="diary_appointment_pending_until",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def stage(self) -> str:
        """How far the visit is: its status, or "in-room", "treating" or "left", which FHIR has no status for."""
        if self.status == self.Status.ARRIVED and self.treating_at:
            return "treating"
        if self.status == self.Status.ARRIVED and self.in_room_at:
            return "in-room"
        return "left" if self.left_at else str(self.status)

    @property
    def stage_in_words(self) -> str:
        """How far the visit is, for the desk."""
        return STAGES.get(self.stage) or str(self.get_status_display())

    @property
    def starts_at(self) -> datetime:
        """The start as an instant."""
        return datetime.fromtimestamp(self.starts * 60, UTC)

    @property
    def ends_at(self) -> datetime:
        """The end as an instant."""
        return datetime.fromtimestamp(self.ends * 60, UTC)
