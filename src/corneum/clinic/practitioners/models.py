"""The people who treat: their registrations, what they are trained in, and when they work."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.treatments.models import Treatment
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.setup import SpoilsSetup
from corneum.platform.accounts.models import Clinic, User


class Practitioner(models.Model):
    """Somebody who treats patients."""

    class Privacy:
        open = ("id", "ref", "slug", "name", "profession", "post_nominals", "about", "user", "order", "is_active")

    ref = RefField()
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    profession = models.CharField(max_length=60)  # such as registered nurse; printed beside the registration
    post_nominals = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="practitioner")
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "name")
        constraints = (SpoilsSetup(name="practitioners_practitioner_spoils"),)

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The first letters of the first and last name, without a title."""
        names = [part for part in self.name.split() if part not in {"Dr", "Mr", "Mrs", "Ms", "Miss", "Mx"}]
        return (names[0][0] + names[-1][0]).upper() if names else "?"


class Registration(models.Model):
    """An entry in a professional register, and when a person here last looked it up."""

    class Privacy:
        open = (
            "id", "practitioner", "body", "number", "is_sample", "valid_from", "valid_until", "checked_at", "checked_by",
        )  # fmt: skip
        audited = True

    class Body(models.TextChoices):
        """The registers, each with its number's form (docs/words.md)."""

        GMC = "GMC", "General Medical Council"
        NMC = "NMC", "Nursing and Midwifery Council"
        GPHC = "GPhC", "General Pharmaceutical Council"
        HCPC = "HCPC", "Health and Care Professions Council"
        GDC = "GDC", "General Dental Council"

    # Where anybody can look an entry up. Nothing is fetched from there: a person looks, and says that they did.
    LOOKED_UP_AT = {
        Body.GMC: "https://www.gmc-uk.org/registrants",
        Body.NMC: "https://www.nmc.org.uk/registration/search-the-register/",
        Body.GPHC: "https://www.pharmacyregulation.org/registers",
        Body.HCPC: "https://www.hcpc-uk.org/check-the-register/",
        Body.GDC: "https://olr.gdc-uk.org/searchregister",
    }

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="registrations")
    body = models.CharField(max_length=8, choices=Body.choices)
    number = models.CharField(max_length=16)
    is_sample = models.BooleanField(default=False)  # demonstration data: printed as a sample, never as a fact
    valid_from = models.DateField()
    valid_until = models.DateField()  # the last day on which it is valid
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-valid_until",)
        constraints = (
            Paired("checked_at", "checked_by", name="practitioners_registration_checked_at_with_checked_by"),
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")), name="practitioners_registration_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(body__in=["GMC", "NMC", "GPhC", "HCPC", "GDC"]),
                name="practitioners_registration_body_is_known",
            ),
            SpoilsSetup(name="practitioners_registration_spoils"),
        )

    def __str__(self) -> str:
        return f"{self.body} {self.number}"

    @property
    def register_url(self) -> str:
        """Where the public can look this entry up."""
        return self.LOOKED_UP_AT[self.Body(self.body)]


class Qualification(models.Model):
    """Somebody may give this treatment, from one day to another."""

    class Privacy:
        open = ("id", "practitioner", "treatment", "valid_from", "valid_until")
        audited = True

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="qualifications")
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="qualifications")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # none: until further notice

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["practitioner", "treatment", "valid_from"], name="practitioners_qualification_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
                name="practitioners_qualification_ends_after_it_starts",
            ),
            SpoilsSetup(name="practitioners_qualification_spoils"),
        )

    def __str__(self) -> str:
        return f"{self.practitioner} may give {self.treatment}"


class WorkingHours(models.Model):
    """One stretch of a weekday that somebody works at one clinic, in that clinic's wall time."""

    class Privacy:
        open = (
            "id", "practitioner", "clinic", "weekday", "starts", "ends", "every_weeks", "valid_from", "valid_until",
        )  # fmt: skip

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="working_hours")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="working_hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday, as Python counts
    starts = models.TimeField()
    ends = models.TimeField()
    every_weeks = models.PositiveSmallIntegerField(default=1)  # 2: every second week, the one of valid_from first
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("weekday", "starts")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="practitioners_hours_weekday_exists"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="practitioners_hours_end_after_they_start"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__lte=F("valid_until")),
                name="practitioners_hours_stop_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=8), name="practitioners_hours_repeat_sensibly"
            ),
            SpoilsSetup(name="practitioners_hours_spoil", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.practitioner} works {self.starts:%H:%M} to {self.ends:%H:%M}"


class RotaDay(models.Model):
    """
    What somebody works at one clinic on one day, whatever their week says: one stretch, or nothing at all.

    Several rows for one day are several stretches; a row without times says that the day is off.
    """

    class Privacy:
        open = ("id", "practitioner", "clinic", "on", "starts", "ends")

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="rota_days")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="rota_days")
    on = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)

    class Meta:
        ordering = ("on", "starts")
        constraints = (
            Paired("starts", "ends", name="practitioners_rota_day_starts_with_ends"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(starts__lt=F("ends")),
                name="practitioners_rota_day_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "clinic", "on", "starts"], name="practitioners_rota_day_once"
            ),
            SpoilsSetup(name="practitioners_rota_day_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.practitioner} on {self.on}"
