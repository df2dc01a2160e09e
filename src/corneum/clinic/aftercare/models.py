"""The clinic's words around a visit, in versions, and what each patient was given of them."""

from django.db import models
from django.db.models import Q

from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.domain.aftercare.wording import Section, sections_of
from corneum.platform.accounts.models import Clinic, User


class When(models.TextChoices):
    """Before a visit or after it."""

    BEFORE = "before", "Before the visit"
    AFTER = "after", "After the visit"


class CareText(models.Model):
    """One version of what a clinic says before or after a treatment. It is never written over."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "treatment", "when", "number", "body", "written_by", "written_at", "approved_by",
            "approved_at",
        )  # fmt: skip

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="care_texts")
    when = models.CharField(max_length=8, choices=When.choices)
    number = models.PositiveSmallIntegerField()
    body = models.TextField()  # as domain/aftercare/wording.py reads it
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "treatment", "when", "number"], name="aftercare_text_once"),
            models.CheckConstraint(condition=Q(when__in=["before", "after"]), name="aftercare_text_when_is_known"),
            Paired("approved_at", "approved_by", name="aftercare_text_approved_by_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.when} {self.treatment_id}, version {self.number}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its headings, each with its lines."""
        return sections_of(self.body)


class CareSheet(models.Model):
    """What one patient was given before or after one visit: which version, at which private link, and when."""

    class Privacy:
        open = ("id", "ref", "code", "appointment", "when", "text", "at_risk", "given_at")
        secret = ("code",)

    ref = RefField()
    code = RefField()  # the patient's secret link
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="care_sheets")
    when = models.CharField(max_length=8, choices=When.choices)
    text = models.ForeignKey(CareText, on_delete=models.PROTECT, related_name="+")
    at_risk = models.BooleanField(default=False)  # so they are asked sooner and again
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            # However often a visit is finished, signed or looked at by the timetable, its patient hears once.
            models.UniqueConstraint(fields=["appointment", "when"], name="aftercare_sheet_once_a_visit"),
            models.CheckConstraint(condition=Q(when__in=["before", "after"]), name="aftercare_sheet_when_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.when} of {self.appointment_id}"
