"""Courses: what was asked for, and the visits that came of it."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import ALL_WEEK, Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.domain.scheduling.course import Preferences, Spacing
from corneum.platform.accounts.models import Clinic, User

MOST_VISITS = 24
DAY = 24 * 60


class Course(models.Model):
    """
    Several visits of one patient for one treatment, so many days apart.

    The wish is kept beside the visits, because when one of them moves the rest is planned anew by it.
    """

    class Privacy:
        open = (
            "id", "ref", "clinic", "patient", "treatment", "practitioner", "visits", "min_days", "max_days",
            "ideal_days", "state", "created_at", "created_by", "ended_at", "ended_by",
        )  # fmt: skip
        personal = ("weekdays", "from_minute", "until_minute")  # when somebody can come is theirs
        clinical = ("end_reason",)

    class State(models.TextChoices):
        """FHIR R4 CarePlan.status; whether a course is done is what its visits say."""

        ACTIVE = "active", "Under way"
        ENDED = "revoked", "Ended early"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="courses")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")  # none: any
    visits = models.PositiveSmallIntegerField()
    min_days = models.PositiveSmallIntegerField()
    max_days = models.PositiveSmallIntegerField()
    ideal_days = models.PositiveSmallIntegerField()
    weekdays = models.PositiveSmallIntegerField(default=ALL_WEEK)  # rather on these: a bit each, Monday lowest
    from_minute = models.PositiveSmallIntegerField(default=0)  # rather between these minutes of the day
    until_minute = models.PositiveSmallIntegerField(default=DAY)
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = SealedTextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["patient", "created_at"], name="courses_course_of_patient"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(visits__gte=2, visits__lte=MOST_VISITS), name="courses_course_has_several_visits"
            ),
            models.CheckConstraint(
                condition=Q(min_days__gte=1, min_days__lte=F("ideal_days"), ideal_days__lte=F("max_days")),
                name="courses_course_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=ALL_WEEK), name="courses_course_has_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(from_minute__lt=F("until_minute"), until_minute__lte=DAY),
                name="courses_course_hours_are_in_order",
            ),
            models.CheckConstraint(condition=Q(state__in=["active", "revoked"]), name="courses_course_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="revoked", ended_at__isnull=False) | (~Q(state="revoked") & Q(ended_at__isnull=True)),
                name="courses_course_ended_at_when_ended",
            ),
            Paired("ended_at", "ended_by", name="courses_course_ended_at_with_ended_by"),
        )

    def __str__(self) -> str:
        return f"course {self.ref}"

    @property
    def spacing(self) -> Spacing:
        """How far apart its visits are to be."""
        return Spacing(self.min_days, self.max_days, self.ideal_days)

    @property
    def preferences(self) -> Preferences:
        """When the patient would rather come."""
        return Preferences(weekdays_in(self.weekdays), self.from_minute, self.until_minute)


class CourseVisit(models.Model):
    """One visit of a course: its number, and the appointment it is; a cancelled one is replaced when it is planned anew."""

    class Privacy:
        open = ("id", "course", "number", "appointment", "told_sequence")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="places")
    number = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="course_visit")
    told_sequence = models.PositiveSmallIntegerField(default=0)  # the appointment's, when the last letter was written

    class Meta:
        ordering = ("course", "number")
        constraints = (
            models.UniqueConstraint(fields=["course", "number"], name="courses_visit_once_a_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_VISITS), name="courses_visit_number_exists"
            ),
        )

    def __str__(self) -> str:
        return f"visit {self.number} of {self.course_id}"


def weekdays_in(mask: int) -> frozenset[int]:
    """Say which weekdays are preferred, Monday as 0; none when all are the same."""
    return frozenset() if mask == ALL_WEEK else frozenset(day for day in range(7) if mask >> day & 1)


def mask_of(weekdays: frozenset[int]) -> int:
    """Write weekdays as a bit each; none is all."""
    return sum(1 << day for day in weekdays) or ALL_WEEK
