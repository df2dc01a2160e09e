"""The times that a reply offers, kept for whoever asked."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.ref import RefField
from corneum.domain.scheduling.wall import instant_of
from corneum.platform.accounts.models import Clinic, User


class HeldTimes(models.Model):
    """Up to three times that one reply offers to one person, at a secret link."""

    class Privacy:
        open = (
            "id", "ref", "code", "clinic", "enquiry", "treatment", "state", "offered_at", "offered_by", "expires_at",
            "closed_at", "appointment",
        )  # fmt: skip
        secret = ("code",)
        audited = True

    class State(models.TextChoices):
        OPEN = "open", "Kept for them"
        TAKEN = "taken", "One is booked"
        DECLINED = "declined", "None suits them"
        WITHDRAWN = "withdrawn", "Taken back"

    ref = RefField()
    code = RefField()  # the secret link
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="held_times")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["enquiry"], condition=Q(state="open"), name="holding_times_one_open"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken", "declined", "withdrawn"]), name="holding_times_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="holding_times_closed_at_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(state="taken") | Q(appointment__isnull=True), name="holding_times_appointment_when_taken"
            ),
            models.CheckConstraint(condition=Q(offered_at__lt=F("expires_at")), name="holding_times_can_be_chosen"),
        )

    def __str__(self) -> str:
        return f"held times {self.ref}"


class HeldTime(models.Model):
    """One of them. Its hold is the diary's, and is gone when the time is."""

    class Privacy:
        open = ("id", "ref", "times", "practitioner", "starts", "ends", "hold")

    ref = RefField()
    times = models.ForeignKey(HeldTimes, on_delete=models.CASCADE, related_name="each")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    starts = models.IntegerField()
    ends = models.IntegerField()
    hold = models.OneToOneField(Hold, null=True, on_delete=models.SET_NULL, related_name="held_time")

    class Meta:
        ordering = ("starts",)
        constraints = (
            models.UniqueConstraint(fields=["times", "starts"], name="holding_time_once"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="holding_time_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"{self.starts} of {self.times_id}"

    @property
    def starts_at(self) -> datetime:
        """The start as an instant."""
        return instant_of(self.starts)
