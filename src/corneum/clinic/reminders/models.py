"""How a clinic reminds, whom not to, which reminders there were, and what a shared number was asked."""

from datetime import time

from django.db import models
from django.db.models import Q

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.db.ref import RefField
from corneum.domain.reminding import Quiet, Step
from corneum.platform.accounts.models import Clinic, User

EVENING, MORNING = time(20), time(8)


class ReminderRules(models.Model):
    """How a clinic reminds of visits. A clinic without a row reminds as the defaults say."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "email_hours", "text_hours", "quiet_from", "quiet_until", "changed_at", "changed_by",
        )  # fmt: skip

    ref = RefField()
    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="reminder_rules")
    email_hours = models.PositiveSmallIntegerField(null=True, default=48)  # before the visit; none: no e-mail
    text_hours = models.PositiveSmallIntegerField(null=True, default=24)
    quiet_from = models.TimeField(default=EVENING)  # by the clinic's clock
    quiet_until = models.TimeField(default=MORNING)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(email_hours__isnull=True) | Q(email_hours__range=(1, 336)))
                & (Q(text_hours__isnull=True) | Q(text_hours__range=(1, 336))),
                name="reminders_rules_within_two_weeks",
            ),
        )

    def __str__(self) -> str:
        return f"reminders of {self.clinic_id}"

    @property
    def steps(self) -> list[Step]:
        """The reminders before each visit, the earliest first."""
        by_way = (("email", self.email_hours), ("text", self.text_hours))
        return sorted((Step(way, hours) for way, hours in by_way if hours), key=lambda step: -step.hours)

    @property
    def quiet(self) -> Quiet:
        """When nobody is written to."""
        return Quiet(self.quiet_from, self.quiet_until)


class ReminderChoice(models.Model):
    """How a patient wants to be reminded, as they or the desk have said. Without a row: in every way we know."""

    class Privacy:
        open = ("id", "ref", "patient", "ways", "changed_at")

    class Ways(models.TextChoices):
        BOTH = "both", "By email and by text"
        EMAIL = "email", "By email only"
        TEXT = "text", "By text only"
        NONE = "none", "Not at all"

    ref = RefField()
    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, related_name="reminder_choice")
    ways = models.CharField(max_length=8, choices=Ways.choices)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ways__in=["both", "email", "text", "none"]), name="reminders_choice_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ways} for {self.patient_id}"


class Reminder(models.Model):
    """One step of one visit at one time, done: sent, or left out and why. It is never done twice."""

    class Privacy:
        open = ("id", "appointment", "starts", "step", "message_ref", "why_not", "at")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="reminders")
    starts = models.IntegerField()  # the visit's time that it is about: after a move another one is
    step = models.CharField(max_length=8)  # email or text, as the clinic's rules name it
    message_ref = models.CharField(max_length=26, blank=True)
    why_not = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["appointment", "starts", "step"], name="reminders_reminder_once"),
            models.CheckConstraint(condition=Q(step__in=["email", "text"]), name="reminders_reminder_step_is_known"),
            models.CheckConstraint(
                condition=(Q(message_ref="") & ~Q(why_not="")) | (~Q(message_ref="") & Q(why_not="")),
                name="reminders_reminder_sent_or_left_out",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} of {self.appointment_id}"


class WhichVisit(models.Model):
    """A number that several patients share was asked which visit it confirms."""

    class Privacy:
        open = ("id", "ref", "options", "at")
        personal = ("number",)

    ref = RefField()
    number = models.CharField(max_length=20, db_index=True)  # E.164
    options = models.JSONField()  # refs of appointments, in the order in which they were numbered
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"which visit {self.ref}"
