"""Draft: what somebody has typed on the way to an appointment. Nothing typed is lost."""

from django.db import models

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.platform.accounts.models import Clinic


class Draft(models.Model):
    """
    One visitor's way from a chosen time to a confirmed appointment.

    What was typed is emptied when the appointment is made or the visitor leaves, and goes with the
    draft after a day (jobs.py).
    """

    class Privacy:
        open = (
            "id", "ref", "code", "page", "clinic", "treatment", "about", "hold", "starts", "practitioner",
            "is_for_anyone", "appointment", "created_at",
        )  # fmt: skip
        personal = ("name", "contact")
        clinical = ("note",)
        audited = False  # typed on the way to an appointment, and gone soon after

    ref = RefField()
    code = RefField()  # the secret address of this draft
    # The page of times that it was begun on: going back there and choosing another time changes this draft.
    page = models.CharField(max_length=64, unique=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="+")
    about = models.SlugField(blank=True)  # the guide that it began on
    hold = models.OneToOneField(Hold, null=True, on_delete=models.SET_NULL, related_name="draft")
    # The time last chosen and who would see them, kept when the hold has gone.
    starts = models.IntegerField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    is_for_anyone = models.BooleanField(default=False)  # whether they asked for nobody in particular
    name = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=254, blank=True)  # an e-mail address or a number, as it was typed
    note = SealedTextField(blank=True)
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.SET_NULL, related_name="draft")
    created_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["created_at"], name="booking_draft_by_age"),)

    def __str__(self) -> str:
        return f"draft {self.ref}"
