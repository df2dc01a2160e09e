"""Enquiries and the conversation that answers each. Nothing is ever discarded."""

from django.db import models
from django.db.models import Q

from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic, User


class Enquiry(models.Model):
    """A question to the clinic, from a page of the site."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "page", "about", "state", "verdict", "assigned_to", "received_at", "answered_at",
            "answered_by",
        )  # fmt: skip
        personal = ("name", "email", "phone", "fingerprint")

    class State(models.TextChoices):
        OPEN = "open", "Waiting for us"
        ANSWERED = "answered", "Waiting for them"
        CLOSED = "closed", "Closed"
        SPAM = "spam", "Kept apart as spam"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="enquiries")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    page = models.CharField(max_length=120)  # the path of the page it was sent from
    about = models.CharField(max_length=80, blank=True)  # that page's title, such as Microdermabrasion
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    verdict = models.JSONField(default=list)  # why it was kept apart or let through: a list of sentences
    fingerprint = models.CharField(max_length=64)  # keyed hash of sender and words: the same question twice
    assigned_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)  # the first answer
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["clinic", "state", "received_at"], name="enquiries_enquiry_waiting"),
            models.Index(fields=["clinic", "fingerprint"], name="enquiries_enquiry_same_words"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "closed", "spam"]), name="enquiries_enquiry_state_is_known"
            ),
            Paired("answered_at", "answered_by", name="enquiries_enquiry_answered_at_with_answered_by"),
        )

    def __str__(self) -> str:
        return f"enquiry {self.ref}"


class Entry(models.Model):
    """One thing said in a conversation: their words, our reply, or a note among us."""

    class Privacy:
        open = ("id", "ref", "enquiry", "kind", "at", "by", "message_ref")
        clinical = ("text",)  # people write about their health where they are asked not to

    class Kind(models.TextChoices):
        THEIRS = "theirs", "From them"
        OURS = "ours", "Our reply"
        NOTE = "note", "Note to the team"

    ref = RefField()
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    message_ref = models.CharField(max_length=26, blank=True)  # of the message that carried our reply

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["theirs", "ours", "note"]), name="enquiries_entry_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.enquiry_id}"
