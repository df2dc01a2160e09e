"""The people in our care, and how to reach them."""

from django.db import models
from django.db.models import Q

from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic


class Patient(models.Model):
    """Somebody in the care of one clinic, which alone sees them."""

    class Privacy:
        open = ("id", "ref", "clinic", "created_at")
        personal = ("name", "email", "phone", "born_on")

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164, such as +447700900982
    born_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        indexes = (
            models.Index(fields=["clinic", "email"], name="patients_patient_by_email"),
            models.Index(fields=["clinic", "phone"], name="patients_patient_by_phone"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="patients_patient_has_a_name"),
            models.CheckConstraint(condition=~Q(email="", phone=""), name="patients_patient_can_be_reached"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The first letters of the first and last name."""
        names = self.name.split() or ["?"]
        return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper()
