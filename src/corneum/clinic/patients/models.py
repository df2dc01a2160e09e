"""The people in our care, and how to reach them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from corneum.db.full_text import FullText
from corneum.db.ref import RefField
from corneum.domain.finding import known_by
from corneum.platform.accounts.models import Clinic

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField

FOUND_BY = frozenset({"name", "email", "phone", "born_on"})


class FoundBy(TextField):
    """The words by which a patient is found, written anew whenever the row is."""

    def deconstruct(self) -> Any:
        """Say it in a migration as the plain column that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Write them, of a row that is saved by itself or with many."""
        fields = [field for field in model_instance._meta.concrete_fields if field.name in FOUND_BY]
        known = {field.name: field.to_python(getattr(model_instance, field.name)) for field in fields}
        setattr(model_instance, self.attname, known_by(**known))
        return super().pre_save(model_instance, add)


class Patient(models.Model):
    """Somebody in the care of one clinic, which alone sees them."""

    class Privacy:
        open = ("id", "ref", "clinic", "created_at")
        personal = ("name", "email", "phone", "born_on", "words")
        secret = ("words",)  # the trail has what they are made of

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164, such as +447700900982
    born_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    words = FoundBy(editable=False, default="")

    class Meta:
        ordering = ("name",)
        indexes = (
            models.Index(fields=["clinic", "email"], name="patients_patient_by_email"),
            models.Index(fields=["clinic", "phone"], name="patients_patient_by_phone"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="patients_patient_has_a_name"),
            models.CheckConstraint(condition=~Q(email="", phone=""), name="patients_patient_can_be_reached"),
            FullText(name="patients_patient_words", column="words"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, and with any of what they are found by, the words too."""
        if update_fields is not None and FOUND_BY.intersection(update_fields):
            update_fields = {*update_fields, "words"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def initials(self) -> str:
        """The first letters of the first and last name."""
        names = self.name.split() or ["?"]
        return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper()
