"""Messages and what became of them; how far mailboxes are read; who wants no texts; a clinic's own words."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.platform.accounts.models import Clinic, User


class Message(models.Model):
    """One e-mail or text message, written once; only its state moves."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "channel", "template", "about_kind", "about_ref", "message_id", "in_reply_to",
            "state", "send_at", "attempts", "last_error", "created_at", "sent_at", "written_by", "provider_id",
            "arrived_at",
        )  # fmt: skip
        personal = ("to", "to_name", "subject", "attachments", "reply_to")
        clinical = ("text", "html")  # answers to what people asked
        audited = False  # each row is itself the record of what was sent, and its words hold secret links

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"
        UNCERTAIN = "uncertain", "May or may not have been sent"
        WITHDRAWN = "withdrawn", "Withdrawn before it was sent"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    template = models.CharField(max_length=60)  # such as booking/booked
    about_kind = models.CharField(max_length=40)  # such as diary.appointment
    about_ref = models.CharField(max_length=26)
    to = models.CharField(max_length=254)
    to_name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = SealedTextField()
    html = SealedTextField(blank=True)
    attachments = models.JSONField(default=list)  # [{"name", "type", "text"}]
    message_id = models.CharField(max_length=120, unique=True)  # the same at every attempt
    in_reply_to = models.CharField(max_length=254, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)  # where an answer goes, if not to the sender
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    send_at = models.DateTimeField()  # not before this moment
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=64, blank=True)  # the text provider's own name for it
    arrived_at = models.DateTimeField(null=True)  # as the network, or somebody who asked, has said
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["about_kind", "about_ref"], name="outbox_message_about"),
            models.Index(fields=["clinic", "-created_at"], name="outbox_message_of_clinic"),
            models.Index(fields=["sent_at"], condition=Q(channel="text"), name="outbox_message_texts_sent"),
            models.Index(fields=["to"], condition=Q(channel="text"), name="outbox_message_texts_to"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(channel__in=["email", "text"]), name="outbox_message_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "uncertain", "withdrawn"]),
                name="outbox_message_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outbox_message_sent_at_when_sent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.ref}"

    @property
    def moment(self) -> datetime:
        """When it left, or is to leave."""
        return self.sent_at or self.send_at


class Mailbox(models.Model):
    """How far a mailbox has been read, and whether it could be."""

    class Privacy:
        open = ("id", "name", "validity", "last_uid", "read_at", "failing_since", "last_error")

    name = models.CharField(max_length=254, unique=True)  # mailbox.Mailbox.name
    validity = models.BigIntegerField(null=True)  # none before it was read for the first time
    last_uid = models.BigIntegerField(null=True)
    read_at = models.DateTimeField()  # when it was last read to its end
    failing_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (Paired("validity", "last_uid", name="outbox_mailbox_validity_with_last_uid"),)

    def __str__(self) -> str:
        return self.name


class Received(models.Model):
    """A letter that has been taken in, so that it is taken in once."""

    class Privacy:
        open = ("id", "key", "at")

    key = models.CharField(max_length=64, unique=True)  # letter.Letter.key
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class StoppedNumber(models.Model):
    """A number whose owner wants no texts from us, and has said so."""

    class Privacy:
        open = ("id", "ref", "at", "told")
        personal = ("number",)

    class Told(models.TextChoices):
        US = "us", "They answered STOP"
        PROVIDER = "provider", "They told the text provider"

    ref = RefField()
    number = models.CharField(max_length=20, unique=True)  # E.164
    told = models.CharField(max_length=8, choices=Told.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(told__in=["us", "provider"]), name="outbox_stopped_told_is_known"),
        )

    def __str__(self) -> str:
        return f"stopped {self.ref}"


class Wording(models.Model):
    """One version of a message in a clinic's own words; the highest number is what is sent, unless it is empty."""

    class Privacy:
        open = ("id", "ref", "clinic", "template", "number", "subject", "text", "at", "written_by")

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+")
    template = models.CharField(max_length=60)  # such as reminders/visit_text
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=150, blank=True)
    text = models.TextField(blank=True)  # empty: back to the sample
    at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "template", "number"], name="outbox_wording_once_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"
