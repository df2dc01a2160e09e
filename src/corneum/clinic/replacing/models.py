"""Outages, and what becomes of each visit that they touch."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models import Appointment, Block, Owner
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.replacing.words import span_in_words
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic, User

UNDECIDED = Q(state="open") | Q(state="proposed")
PLACED = Q(state="proposed") | Q(state="accepted")


class Outage(models.Model):
    """
    The time for which one practitioner, room or device is out, as one clinic deals with it.

    Somebody who works at several clinics is out at all of them: each where visits are touched has an
    outage of its own, with the same series of blocks, so that no desk sees another's patients.
    """

    class Privacy:
        open = (
            "id", "ref", "clinic", "series", "practitioner", "room", "device", "starts", "ends", "created_at",
            "created_by", "closed_at", "closed_by",
        )  # fmt: skip
        personal = ("kind",)  # why somebody is away is theirs

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=26, db_index=True)  # of the diary's blocks
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Block.Kind.choices)
    starts = models.IntegerField()
    ends = models.IntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["clinic", "-starts"], name="replacing_outage_of_clinic"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, room__isnull=True, device__isnull=True)
                | Q(practitioner__isnull=True, room__isnull=False, device__isnull=True)
                | Q(practitioner__isnull=True, room__isnull=True, device__isnull=False),
                name="replacing_outage_is_of_exactly_one",
            ),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="replacing_outage_is_in_order"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[  # one for each Kind of a block
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
                name="replacing_outage_kind_is_known",
            ),
            Paired("closed_at", "closed_by", name="replacing_outage_closed_at_with_closed_by"),
            models.UniqueConstraint(fields=["clinic", "series"], name="replacing_outage_once_a_clinic"),
        )

    def __str__(self) -> str:
        return f"outage {self.ref}"

    @property
    def what(self) -> str:
        """Of which kind it is that is out: practitioner, room or device."""
        return "practitioner" if self.practitioner_id else "room" if self.room_id else "device"

    @property
    def name(self) -> str:
        """Who or what is out, in words."""
        out = self.practitioner or self.room or self.device
        return out.name if out else ""

    @property
    def in_words(self) -> str:
        """For how long it is out: whole days as days, the rest by the clock."""
        return span_in_words(self.starts, self.ends, self.clinic.zone)

    def owners(self) -> list[Owner]:
        """Whose diaries these are: one of a person, one for each place of a room or device."""
        thing = self.room or self.device
        if thing is None:
            return [Owner("practitioner", self.practitioner_id or 0)]
        return [Owner(self.what, thing.pk, number) for number in range(1, thing.places + 1)]


class Replacement(models.Model):
    """
    What becomes of one visit that an outage touches.

    While it is proposed, `starts`, `practitioner` and `lanes` say where it could go; once accepted,
    where it went. What was promised before is kept: only who was promised something else is told.
    """

    class Privacy:
        open = (
            "id", "ref", "outage", "appointment", "state", "promised_starts", "promised_practitioner", "starts",
            "practitioner", "lanes", "decided_at", "decided_by", "letters", "told_sequence",
        )  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "No place found yet"
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Placed anew"
        LEFT = "left", "To be rung"
        CANCELLED = "cancelled", "Cancelled"
        SETTLED = "settled", "Needs nothing any more"

    ref = RefField()
    outage = models.ForeignKey(Outage, on_delete=models.CASCADE, related_name="replacements")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    promised_starts = models.IntegerField()
    promised_practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    starts = models.IntegerField(null=True)
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    lanes = models.JSONField(default=list, blank=True)  # [what, key, number] of each that it would take
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    letters = models.JSONField(default=list, blank=True)  # refs of the messages that say it
    told_sequence = models.PositiveSmallIntegerField(default=0)  # of the appointment, as those messages say it

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["outage", "appointment"], name="replacing_replacement_once_a_visit"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "proposed", "accepted", "left", "cancelled", "settled"]),
                name="replacing_replacement_state_is_known",
            ),
            Paired("decided_at", "decided_by", name="replacing_replacement_decided_at_by"),
            models.CheckConstraint(
                condition=(UNDECIDED & Q(decided_at__isnull=True)) | (~UNDECIDED & Q(decided_at__isnull=False)),
                name="replacing_replacement_decided_at_when_decided",
            ),
            Paired("starts", "practitioner", name="replacing_replacement_place_is_whole"),
            models.CheckConstraint(
                condition=(PLACED & Q(starts__isnull=False)) | (~PLACED & Q(starts__isnull=True)),
                name="replacing_replacement_has_place",
            ),
        )

    def __str__(self) -> str:
        return f"replacement {self.ref}"

    @property
    def owners(self) -> list[Owner]:
        """Everybody and everything that its place takes."""
        return [Owner(*lane) for lane in self.lanes]
