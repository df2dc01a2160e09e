"""Enquiries and the conversation that answers each. Nothing is ever discarded."""

from django.db import models
from django.db.models import Q

from corneum.clinic.patients.models import Patient
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.domain.quoting import split_quote
from corneum.platform.accounts.models import Clinic, User


class Enquiry(models.Model):
    """A question to the clinic: from a page of the site, by e-mail or text, or by telephone as the desk wrote it down."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "source", "page", "about", "state", "verdict", "assigned_to", "received_at", "waits_since",
            "due_at", "answered_at", "answered_by", "answered_in_time", "snoozed_until", "patient",
        )  # fmt: skip
        personal = ("name", "email", "phone", "fingerprint")

    class State(models.TextChoices):
        OPEN = "open", "Waiting for us"
        ANSWERED = "answered", "Waiting for them"
        BOOKED = "booked", "Booked"
        CLOSED = "closed", "Closed"
        SPAM = "spam", "Kept apart as spam"

    class Source(models.TextChoices):
        FORM = "form", "Website"
        EMAIL = "email", "Email"
        CALL = "call", "Telephone"
        TEXT = "text", "Text message"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="enquiries")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.FORM)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    page = models.CharField(max_length=120, blank=True)  # the path of the page it was sent from
    about = models.CharField(max_length=80, blank=True)  # that page's title, such as Microdermabrasion
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    verdict = models.JSONField(default=list)  # why it was kept apart or let through: a list of sentences
    fingerprint = models.CharField(max_length=64)  # keyed hash of sender and words: the same question twice
    assigned_to = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.SET_NULL, related_name="+")  # as a person said
    received_at = models.DateTimeField()
    waits_since = models.DateTimeField()  # since when they wait, or last waited, for a word of ours
    due_at = models.DateTimeField(null=True)  # by when they were promised an answer; none if no opening hours are known
    snoozed_until = models.DateTimeField(null=True)  # out of sight until then
    answered_at = models.DateTimeField(null=True)  # the first answer
    answered_in_time = models.BooleanField(null=True)  # whether the first answer kept the promise
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["clinic", "state", "waits_since"], name="enquiries_enquiry_waiting"),
            models.Index(fields=["clinic", "fingerprint"], name="enquiries_enquiry_same_words"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "booked", "closed", "spam"]),
                name="enquiries_enquiry_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["form", "email", "call", "text"]), name="enquiries_enquiry_source_is_known"
            ),
            Paired("answered_at", "answered_by", name="enquiries_enquiry_answered_at_with_answered_by"),
            models.CheckConstraint(
                condition=Q(snoozed_until__isnull=True) | Q(state="open") | Q(state="answered"),
                name="enquiries_enquiry_only_what_goes_on_is_snoozed",
            ),
        )

    def __str__(self) -> str:
        return f"enquiry {self.ref}"


class Entry(models.Model):
    """One thing said in a conversation: their words, our reply, or a note among us."""

    class Privacy:
        open = ("id", "ref", "enquiry", "kind", "at", "by", "message_ref", "mail_id")
        personal = ("sender",)
        clinical = ("text", "subject", "files")  # people write about their health where they are asked not to

    class Kind(models.TextChoices):
        THEIRS = "theirs", "From them"
        OURS = "ours", "Our reply"
        NOTE = "note", "Note to the team"
        AUTO = "auto", "By itself"

    ref = RefField()
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    message_ref = models.CharField(max_length=26, blank=True)  # of the message that carried our reply
    mail_id = models.CharField(max_length=254, blank=True)  # the Message-ID of their e-mail
    sender = models.CharField(max_length=254, blank=True)  # of their e-mail, where it is not the address we write to
    subject = models.CharField(max_length=200, blank=True)  # of their e-mail
    files = models.JSONField(default=list)  # names of what came with it, which stays in the mailbox

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["theirs", "ours", "note", "auto"]), name="enquiries_entry_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} in {self.enquiry_id}"

    @property
    def said(self) -> str:
        """What was written, without the e-mails quoted below it."""
        return split_quote(self.text)[0] if self.mail_id else self.text

    @property
    def quoted(self) -> str:
        """What their program quoted below their words."""
        return split_quote(self.text)[1] if self.mail_id else ""


class SavedReply(models.Model):
    """Words that the desk says often, kept for the next time; what differs is a placeholder."""

    class Privacy:
        open = ("id", "ref", "clinic", "title", "text", "changed_at", "changed_by")

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(max_length=60)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=["clinic", "title"], name="enquiries_saved_reply_one_per_title"),)

    def __str__(self) -> str:
        return self.title


class Presence(models.Model):
    """Somebody of the team has a conversation open, as their browser last said."""

    class Privacy:
        open = ("id", "enquiry", "user", "is_writing", "seen_at")

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enquiry", "user"], name="enquiries_presence_once_a_person"),)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.enquiry_id}"


class ReplyDraft(models.Model):
    """What somebody of the team is typing, so that a sitting that ends or a browser that closes takes none of it."""

    class Privacy:
        open = ("id", "enquiry", "user", "saved_at")
        clinical = ("text",)
        audited = False  # typed on the way to a reply, which is kept; and gone with it

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = SealedTextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["enquiry", "user"], name="enquiries_draft_one_a_person"),)

    def __str__(self) -> str:
        return f"draft in {self.enquiry_id}"
