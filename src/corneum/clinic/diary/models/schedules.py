"""Whose time it is: the diary of one practitioner, room, device or patient, and when it is blocked."""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.db.ref import RefField
from corneum.db.setup import SpoilsSetup
from corneum.platform.accounts.models import User


def exactly_one(*names: str) -> Q:
    """Say in SQL that one of these columns is filled and the others are not."""
    either = Q()
    for name in names:
        either |= Q(**{f"{other}__isnull": other != name for other in names})
    return either


class Owner(NamedTuple):
    """Whose time it is: `what` is practitioner, room, device or patient, `key` which one, `number` which place."""

    what: str
    key: int
    number: int = 1


class Schedule(models.Model):
    """
    The diary of one practitioner, one place in a room or at a device, or one patient: one thing at a time.

    A room or device that takes several visits at once has as many schedules, counted by `number`.
    """

    class Privacy:
        open = ("id", "practitioner", "room", "device", "patient", "number")

    practitioner = models.OneToOneField(Practitioner, null=True, on_delete=models.PROTECT, related_name="schedule")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="schedules")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="schedules")
    patient = models.OneToOneField(Patient, null=True, on_delete=models.PROTECT, related_name="schedule")
    number = models.PositiveSmallIntegerField(default=1)  # which place of the room or device

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=exactly_one("practitioner", "room", "device", "patient"),
                name="diary_schedule_is_of_exactly_one",
            ),
            SpoilsSetup(name="diary_schedule_spoils_setup", unless="patient"),
            models.UniqueConstraint(fields=["room", "number"], name="diary_schedule_once_a_place_in_a_room"),
            models.UniqueConstraint(fields=["device", "number"], name="diary_schedule_once_a_place_at_a_device"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & (Q(room__isnull=False) | Q(device__isnull=False))),
                name="diary_schedule_people_are_one",
            ),
        )

    def __str__(self) -> str:
        return f"diary of {self.practitioner or self.room or self.device or 'a patient'}"

    @property
    def owner(self) -> "Owner":
        """Whose diary this is: of what kind, which one, and which of its places."""
        for what in ("practitioner", "room", "device"):
            if key := getattr(self, f"{what}_id"):
                return Owner(what, key, self.number)
        return Owner("patient", self.patient_id or 0)


class Block(models.Model):
    """
    Time in which a practitioner, room or device is not there for visits.

    It may be laid over visits that are there already: those are then to be placed anew, by a person.
    Nothing new is booked into it, and a visit's set-up and clean-down stay out of it too.
    """

    class Privacy:
        open = (
            "id", "ref", "series", "schedule", "starts", "ends", "created_at", "created_by", "lifted_at",
        )  # fmt: skip
        personal = ("kind", "note")  # why somebody is away is theirs

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        SICKNESS = "sickness", "Ill"
        TRAINING = "training", "Training"
        BREAK = "break", "Break"
        CLEANING = "cleaning", "Cleaning"
        MAINTENANCE = "maintenance", "Maintenance"
        OUT_OF_ORDER = "out-of-order", "Out of order"
        OTHER_CALENDAR = "other-calendar", "Busy elsewhere"
        OTHER = "other", "Not available"

    ref = RefField()
    series = models.CharField(max_length=26, blank=True, db_index=True)  # the same for all that were made at once
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="blocks")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    starts = models.IntegerField()
    ends = models.IntegerField()
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # none: a calendar
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["schedule", "ends"], condition=Q(lifted_at=None), name="diary_block_by_end"),)
        constraints = (
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="diary_block_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[  # one for each Kind
                        "leave",
                        "sickness",
                        "training",
                        "break",
                        "cleaning",
                        "maintenance",
                        "out-of-order",
                        "other-calendar",
                        "other",
                    ]
                ),
                name="diary_block_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.schedule_id}"
