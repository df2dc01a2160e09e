"""Draft: what somebody has typed on the way to an appointment. Nothing typed is lost."""

from django.db import models

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.treatments.models import Treatment
from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic


class Draft(models.Model):
    """One visitor's way from a chosen time to a confirmed appointment."""

    class Privacy:
        open = ("id", "code", "clinic", "treatment", "about", "hold", "starts", "appointment", "created_at")
        personal = ("name", "email", "phone", "note")

    code = RefField()  # the secret address of this draft
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="+")
    about = models.SlugField(blank=True)  # the guide that it began on
    hold = models.OneToOneField(Hold, null=True, on_delete=models.SET_NULL, related_name="draft")
    starts = models.IntegerField()  # the time last chosen, kept when the hold has gone
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.SET_NULL, related_name="draft")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.code}"
