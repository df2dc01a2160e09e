"""Complaints and requests about data, and what was done about each. Nothing is ever deleted."""

from django.db import models
from django.db.models import F, Q

from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.platform.accounts.models import Clinic, User


class Complaint(models.Model):
    """What somebody told the clinic that went wrong, or asked of it about their data, and by when it is to be answered."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "kind", "received_at", "acknowledge_by", "answer_by", "acknowledged_at",
            "acknowledged_by", "answered_at", "answered_by",
        )  # fmt: skip
        personal = ("name", "contact_email", "contact_phone", "for_whom")
        clinical = ("text",)  # what went wrong with somebody's skin

    class Kind(models.TextChoices):
        """As domain/complaints.py counts them."""

        CARE = "care", "My care, or how I was treated here"
        DATA = "data", "How you handled information about me"
        REQUEST = "request", "A copy, a correction or the deletion of information about me"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=120)
    contact_email = models.EmailField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    for_whom = models.CharField(max_length=120, blank=True)  # when somebody writes for somebody else
    text = SealedTextField()
    received_at = models.DateTimeField()
    acknowledge_by = models.DateField()  # the last day on which it is in time
    answer_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(
                fields=["clinic", "answer_by"], condition=Q(answered_at=None), name="complaints_complaint_open"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["care", "data", "request"]), name="complaints_complaint_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(contact_email="", contact_phone=""), name="complaints_complaint_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(acknowledge_by__lte=F("answer_by")), name="complaints_complaint_told_before_answered"
            ),
            Paired("acknowledged_at", "acknowledged_by", name="complaints_complaint_acknowledged_by_somebody"),
            Paired("answered_at", "answered_by", name="complaints_complaint_answered_by_somebody"),
        )

    def __str__(self) -> str:
        return f"complaint {self.ref}"

    @property
    def number(self) -> str:
        """The short name that stands in letters and is said on the telephone."""
        return self.ref[:8].upper()


class Entry(models.Model):
    """One thing that was done about a complaint: a note, more time with its reason, the answer."""

    class Privacy:
        open = ("id", "complaint", "kind", "at", "by", "way")
        clinical = ("text",)

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        LATER = "later", "More time"
        ANSWER = "answer", "Answer"

    class Way(models.TextChoices):
        """How an answer was given: never by an ordinary e-mail, for it says what somebody was treated for."""

        LETTER = "letter", "By letter"
        HANDED = "handed", "Handed over at the clinic"
        CALL = "call", "By telephone, and then by letter"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = SealedTextField()
    way = models.CharField(max_length=8, choices=Way.choices, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["note", "later", "answer"]), name="complaints_entry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind="answer") & ~Q(way="")) | (~Q(kind="answer") & Q(way="")),
                name="complaints_entry_answer_was_given_somehow",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "letter", "handed", "call"]), name="complaints_entry_way_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.complaint_id}"
