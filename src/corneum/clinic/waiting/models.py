"""Waits with their windows, freed times as they were offered, and who was passed over for each."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models import Appointment, Hold
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.ref import RefField
from corneum.domain.scheduling.wall import instant_of
from corneum.platform.accounts.models import Clinic, User


class Wait(models.Model):
    """
    One person's place on a clinic's waiting list, for one treatment.

    What was typed goes with the row some days after it ends (jobs.py).
    """

    class Privacy:
        open = (
            "id", "ref", "code", "clinic", "treatment", "practitioner", "later", "patient", "state", "joined_at",
            "expires_on", "is_urgent", "urgent_by", "ended_at", "appointment",
        )  # fmt: skip
        personal = ("name", "email", "phone", "person")
        clinical = ("urgent_reason",)  # why somebody should not wait is often their health
        secret = ("code",)

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        BOOKED = "booked", "Booked"
        LEFT = "left", "Left the list"
        REMOVED = "removed", "Taken off the list"
        EXPIRED = "expired", "Ended"

    ref = RefField()
    code = RefField()  # the secret link
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    person = models.CharField(max_length=64)  # keyed hash of how they are reached: the same person, however often
    later = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")  # may be given up
    patient = models.ForeignKey(Patient, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    joined_at = models.DateTimeField()
    expires_on = models.DateField()  # the last day
    is_urgent = models.BooleanField(default=False)
    urgent_reason = models.CharField(max_length=200, blank=True)
    urgent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["clinic", "joined_at"], condition=Q(state="waiting"), name="waiting_wait_in_line"),
            models.Index(fields=["ended_at"], name="waiting_wait_by_end"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "booked", "left", "removed", "expired"]),
                name="waiting_wait_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="waiting_wait_ended_at_when_it_ends",
            ),
            models.CheckConstraint(condition=~Q(email="", phone=""), name="waiting_wait_can_be_reached"),
            models.CheckConstraint(
                condition=Q(is_urgent=False, urgent_reason="", urgent_by__isnull=True)
                | (Q(is_urgent=True, urgent_by__isnull=False) & ~Q(urgent_reason="")),
                name="waiting_wait_urgent_by_whom_and_why",
            ),
        )

    def __str__(self) -> str:
        return f"wait {self.ref}"


class WaitWindow(models.Model):
    """Some days and hours in which somebody could come, on the clinic's own calendar and clock."""

    class Privacy:
        open = ("id", "wait", "first", "last", "weekdays", "opens", "closes")

    wait = models.ForeignKey(Wait, on_delete=models.CASCADE, related_name="windows")
    first = models.DateField()
    last = models.DateField()
    weekdays = models.PositiveSmallIntegerField(default=0b1111111)  # a bit for each day, Monday lowest
    opens = models.PositiveSmallIntegerField(default=0)  # minutes since midnight
    closes = models.PositiveSmallIntegerField(default=24 * 60)

    class Meta:
        ordering = ("first", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="waiting_window_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=127), name="waiting_window_has_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes"), closes__lte=24 * 60), name="waiting_window_has_hours"
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class FreedOffer(models.Model):
    """
    A free time that is, or was, kept for one person on the list until they answer or the clock does.

    Nobody is offered the same start twice, nor two times at once; a hold is for one offer.
    """

    class Privacy:
        open = (
            "id", "ref", "code", "wait", "clinic", "practitioner", "starts", "ends", "hold", "state", "offered_at",
            "tells_at", "expires_at", "closed_at", "appointment",
        )  # fmt: skip
        personal = ("person",)
        secret = ("code",)

    class State(models.TextChoices):
        OPEN = "open", "Kept for them"
        ACCEPTED = "accepted", "Taken"
        DECLINED = "declined", "Not for them"
        EXPIRED = "expired", "No answer"
        WITHDRAWN = "withdrawn", "Taken back"

    ref = RefField()
    code = RefField()  # the secret link
    wait = models.ForeignKey(Wait, on_delete=models.CASCADE, related_name="offers")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    person = models.CharField(max_length=64)  # of the wait
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    starts = models.IntegerField()
    ends = models.IntegerField()
    hold = models.OneToOneField(Hold, null=True, on_delete=models.SET_NULL, related_name="freed_offer")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    offered_at = models.DateTimeField()
    tells_at = models.DateTimeField()  # when the message leaves: not at night
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="waiting_offer_by_expiry"),
            models.Index(fields=["clinic", "-offered_at"], name="waiting_offer_of_clinic"),
        )
        constraints = (
            models.UniqueConstraint(fields=["wait"], condition=Q(state="open"), name="waiting_offer_one_open_a_wait"),
            models.UniqueConstraint(
                fields=["clinic", "person"], condition=Q(state="open"), name="waiting_offer_one_open_a_person"
            ),
            models.UniqueConstraint(fields=["wait", "starts"], name="waiting_offer_never_the_same_twice"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "declined", "expired", "withdrawn"]),
                name="waiting_offer_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="waiting_offer_closed_at_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(appointment__isnull=True),
                name="waiting_offer_appointment_when_accepted",
            ),
            models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="waiting_offer_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(offered_at__lte=F("tells_at"), tells_at__lt=F("expires_at")),
                name="waiting_offer_can_be_answered",
            ),
        )

    def __str__(self) -> str:
        return f"offer {self.ref}"

    @property
    def starts_at(self) -> datetime:
        """The start as an instant."""
        return instant_of(self.starts)


class PassedOver(models.Model):
    """Somebody who stood before the one that was offered a time, and why it was not offered to them."""

    class Privacy:
        open = ("id", "offer", "wait", "place", "reason")

    class Reason(models.TextChoices):
        """As domain/waiting/line.py gives them, in the words of the desk."""

        ENDED = "ended", "Their time on the list has ended"
        UNREACHABLE = "unreachable", "Our last message did not reach them"
        OPEN_OFFER = "open-offer", "Has an open offer"
        ENOUGH = "enough", "Had three offers that day"
        ENOUGH_TO_COME = "enough-to-come", "Has as many of these to come as one may have"
        ANOTHER_PERSON = "another-person", "Wants another practitioner"
        OUTSIDE = "outside", "Outside the times they gave"
        NOT_SOONER = "not-sooner", "Not sooner than the appointment they have"
        OFFERED_BEFORE = "offered-before", "Was offered this time before"
        BUSY = "busy", "Has an appointment at that time"
        CONSULTATION_FIRST = "consultation", "Has had no consultation by then"
        TOO_NEAR = "too-near", "Has another session too near to it"
        NOT_CLEARED = "not-cleared", "Is not cleared for this treatment on that day"
        DOES_NOT_FIT = "does-not-fit", "What they wait for does not fit into it"

    offer = models.ForeignKey(FreedOffer, on_delete=models.CASCADE, related_name="passed_over")
    wait = models.ForeignKey(Wait, on_delete=models.CASCADE, related_name="passed_over")
    place = models.PositiveSmallIntegerField()  # in the line, then
    reason = models.CharField(max_length=16, choices=Reason.choices)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["offer", "wait"], name="waiting_passed_once"),
            models.CheckConstraint(
                condition=Q(
                    reason__in=[  # one for each Reason
                        "ended",
                        "unreachable",
                        "open-offer",
                        "enough",
                        "enough-to-come",
                        "another-person",
                        "outside",
                        "not-sooner",
                        "offered-before",
                        "busy",
                        "consultation",
                        "too-near",
                        "not-cleared",
                        "does-not-fit",
                    ]
                ),
                name="waiting_passed_reason_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.wait_id} passed over: {self.reason}"
