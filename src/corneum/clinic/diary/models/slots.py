"""The time that a schedule gives away, which the database keeps from being given twice."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models.appointments import Appointment, Hold
from corneum.clinic.diary.models.schedules import Schedule, exactly_one
from corneum.db.no_overlap import NoOverlap
from corneum.db.spoils import Spoils
from corneum.domain.scheduling.busy import WEEK


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
            models.CheckConstraint(condition=exactly_one("appointment", "hold"), name="diary_slot_is_for_exactly_one"),
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
