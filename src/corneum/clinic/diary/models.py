"""
Schedules, slots, holds and appointments: never double-booked.

Instants are whole minutes since 1970 in UTC (`starts`, `ends`): exact, and quick to search. What
people read is a date and a time in the clinic's zone; the wall time that was promised to the
patient is kept beside the instant.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.treatments.models import Treatment
from corneum.db.no_overlap import NoOverlap
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.db.setup import SpoilsSetup
from corneum.db.spoils import Spoils
from corneum.domain.scheduling.busy import WEEK
from corneum.platform.accounts.models import Clinic, User


def _exactly_one(*names: str) -> Q:
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
                condition=_exactly_one("practitioner", "room", "device", "patient"),
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


class Hold(models.Model):
    """A time kept for somebody for some minutes while they decide."""

    class Privacy:
        open = (
            "id",
            "ref",
            "clinic",
            "treatment",
            "practitioner",
            "starts",
            "ends",
            "expires_at",
            "extended",
            "created_at",
        )

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    starts = models.IntegerField()
    ends = models.IntegerField()
    expires_at = models.DateTimeField()
    extended = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="diary_hold_by_expiry"),)
        constraints = (
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="diary_hold_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"hold {self.ref}"


class Appointment(models.Model):
    """A time that a patient and the clinic have agreed on."""

    class Privacy:
        open = (
            "id", "ref", "code", "reference", "clinic", "patient", "treatment", "practitioner", "starts", "ends",
            "zone", "wall_time", "status", "sequence", "booked_at", "arrived_at", "arrived_by", "finished_at",
            "finished_by", "cancelled_at", "request_expires_at", "confirmed_at", "confirmed_how",
        )  # fmt: skip
        personal = ("cancel_reason",)
        clinical = ("note",)  # people write about their health where they are asked not to
        secret = ("code",)

    class Status(models.TextChoices):
        """FHIR R4 Appointment.status."""

        PENDING = "pending", "Requested"
        BOOKED = "booked", "Booked"
        ARRIVED = "arrived", "Arrived"
        FULFILLED = "fulfilled", "Done"
        CANCELLED = "cancelled", "Cancelled"
        NOSHOW = "noshow", "Did not attend"

    class Confirmed(models.TextChoices):
        LINK = "link", "By link"
        TEXT = "text", "By text message"
        TELEPHONE = "telephone", "By telephone"
        DESK = "desk", "At the desk"

    ref = RefField()
    code = RefField()  # the patient's secret link; never shown at the desk
    reference = models.CharField(max_length=12, unique=True)  # short, to be read out on the telephone
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="appointments")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="appointments")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="appointments")
    starts = models.IntegerField()
    ends = models.IntegerField()
    zone = models.CharField(max_length=64)
    wall_time = models.CharField(max_length=16)  # "2026-03-12T09:30" as promised, in `zone`
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.BOOKED)
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file: rises with every change
    note = SealedTextField(blank=True)  # what the patient asked for to make the visit easier
    booked_at = models.DateTimeField()
    request_expires_at = models.DateTimeField(null=True)  # while the clinic has not answered a request
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)  # the patient has said that they will come at this time
    confirmed_how = models.CharField(max_length=10, choices=Confirmed.choices, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["clinic", "starts"], name="diary_appointment_of_clinic"),
            models.Index(fields=["patient", "starts"], name="diary_appointment_of_patient"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="diary_appointment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "booked", "arrived", "fulfilled", "cancelled", "noshow"]),
                name="diary_appointment_status_is_known",
            ),
            Paired("arrived_at", "arrived_by", name="diary_appointment_arrived_at_with_arrived_by"),
            Paired("finished_at", "finished_by", name="diary_appointment_finished_at_with_finished_by"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_how="")
                | Q(confirmed_at__isnull=False, confirmed_how__in=["link", "text", "telephone", "desk"]),
                name="diary_appointment_confirmed_somehow",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="diary_appointment_cancelled_at_when_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", request_expires_at__isnull=False)
                | (~Q(status="pending") & Q(request_expires_at__isnull=True)),
                name="diary_appointment_pending_until",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def starts_at(self) -> datetime:
        """The start as an instant."""
        return datetime.fromtimestamp(self.starts * 60, UTC)

    @property
    def ends_at(self) -> datetime:
        """The end as an instant."""
        return datetime.fromtimestamp(self.ends * 60, UTC)


class Slot(models.Model):
    """
    The time that one schedule gives to an appointment or a hold, with its set-up and clean-down.

    Between two visits of one schedule the larger of the two adjoining buffers holds, and the two
    NoOverlap constraints together say exactly that: no visit starts before the clean-down of the
    one before it has ended, and none ends after the set-up of the next has begun.
    """

    class Privacy:
        open = (
            "id", "schedule", "appointment", "hold", "starts", "ends", "clear_from", "clear_until", "is_live",
            "is_overbooked",
        )  # fmt: skip

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="slots")
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.CASCADE, related_name="slots")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.CASCADE, related_name="slots")
    starts = models.IntegerField()
    ends = models.IntegerField()
    clear_from = models.IntegerField()  # starts, less the set-up
    clear_until = models.IntegerField()  # ends, and the clean-down
    # A cancelled appointment keeps its slots, no longer live: who and where stay known, and undo is one update.
    is_live = models.BooleanField(default=True)
    # A practitioner's time that somebody with the right gave twice, and said why; nothing else may be given twice.
    is_overbooked = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["schedule", "starts"], condition=Q(is_live=True), name="diary_slot_live_by_start"),
            models.Index(
                fields=["schedule", "clear_from"], condition=Q(is_live=True), name="diary_slot_live_by_set_up"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=_exactly_one("appointment", "hold"), name="diary_slot_is_for_exactly_one"),
            models.CheckConstraint(
                condition=Q(clear_from__lte=F("starts"), starts__lt=F("ends"), ends__lte=F("clear_until")),
                name="diary_slot_is_in_order",
            ),
            NoOverlap(
                name="diary_slot_no_overlap_after",
                per="schedule",
                starts="starts",
                ends="clear_until",
                live=Q(is_live=True, is_overbooked=False),
            ),
            NoOverlap(
                name="diary_slot_no_overlap_before",
                per="schedule",
                starts="clear_from",
                ends="ends",
                live=Q(is_live=True, is_overbooked=False),
            ),
            Spoils(
                name="diary_slot_spoils_weeks",
                derived="diary_busyweek",
                per="schedule",
                starts="clear_from",
                ends="clear_until",
                unit=WEEK,
                unless="hold",
            ),
        )

    def __str__(self) -> str:
        return f"slot of {self.schedule_id}"


class BusyWeek(models.Model):
    """
    What one schedule has in one week, as bits: derived from its slots, to be read in one stroke.

    Weeks are counted in UTC from 1970, so a week is 10,080 minutes on every clock. `minutes` holds two
    masks, the lowest bit first, a bit for five minutes (252 bytes each) where all times are multiples of
    five, else a bit a minute (1,260 bytes each): the minutes of all `[starts, clear_until)`, then those
    of all `[clear_from, ends)`; holds are left out, because they end by the clock alone. It is empty
    when a slot has changed since: the database empties it by itself (`Spoils`), and whoever reads it
    then goes to the slots.
    """

    class Privacy:
        open = ("id", "schedule", "week", "minutes")
        audited = False  # says nothing that its slots do not say

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="weeks")
    week = models.IntegerField()
    minutes = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["schedule", "week"], name="diary_week_once"),)

    def __str__(self) -> str:
        return f"week {self.week} of {self.schedule_id}"


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
