"""The packs of paper that were made ready, and when each clinic has its own made."""

from datetime import time

from django.db import models

from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic

USUAL_HOUR = time(18)


class PackHour(models.Model):
    """From what hour of the evening, on the clinic's own clock, the next day's pack is ready; none: no letter is sent."""

    class Privacy:
        open = ("id", "clinic", "hour")
        audited = True

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="pack_hour")
    hour = models.TimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.hour:%H:%M}" if self.hour else "never"


class Pack(models.Model):
    """A day of one clinic of which the pack was made ready and the clinic told. The sheets are always the day as it is."""

    class Privacy:
        open = ("id", "ref", "clinic", "day", "made_at")

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="packs")
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clinic", "day"], name="desk_pack_once_a_day"),)

    def __str__(self) -> str:
        return f"pack for {self.day}"
