"""Consent as it is kept: documents and their versions, what was given, said, signed and withdrawn."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.append_only import AppendOnly
from corneum.db.ref import RefField
from corneum.db.sealed import SealedTextField
from corneum.platform.accounts.models import Clinic, User

LEAST_HOURS, MOST_HOURS = 24, 24 * 60  # from information to treatment: a clinic may lengthen it, never shorten it
YEAR = 365


class Document(models.Model):
    """What patients are told about one treatment. It is the group's, not one clinic's."""

    class Privacy:
        open = ("id", "ref", "treatment", "reflect_hours", "lasts_days")
        audited = True

    ref = RefField()
    treatment = models.OneToOneField(Treatment, on_delete=models.PROTECT, related_name="consent_document")
    reflect_hours = models.PositiveSmallIntegerField(default=LEAST_HOURS)
    lasts_days = models.PositiveSmallIntegerField(default=YEAR)  # how long a signature holds

    class Meta:
        ordering = ("treatment__order", "treatment__name")
        constraints = (
            models.CheckConstraint(
                condition=Q(reflect_hours__range=(LEAST_HOURS, MOST_HOURS)),
                name="consent_document_leaves_time_to_reflect",
            ),
            models.CheckConstraint(
                condition=Q(lasts_days__range=(1, 3 * YEAR)), name="consent_document_lasts_sensibly"
            ),
        )

    def __str__(self) -> str:
        return f"consent to {self.treatment}"


class Version(models.Model):
    """What one press of Save kept of a document; it is never written over."""

    class Privacy:
        open = ("id", "ref", "document", "number", "texts", "is_sample", "written_by", "written_at")

    ref = RefField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()  # by the name of the section (domain/consent/text.py)
    is_sample = models.BooleanField(default=False)  # as it was shipped, every word of it
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="consent_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="consent_version_counts_from_one"),
            AppendOnly(name="consent_version_is_never_changed"),
        )

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class Approval(models.Model):
    """A practitioner's own name under one version, and whether who has signed an earlier one is to be asked anew."""

    class Privacy:
        open = ("id", "version", "approved_by", "approved_at", "asks_anew")

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="approval")
    approved_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    asks_anew = models.BooleanField(default=False)

    class Meta:
        constraints = (AppendOnly(name="consent_approval_is_never_changed"),)

    def __str__(self) -> str:
        return f"{self.version}, approved by {self.approved_by}"


class Information(models.Model):
    """One version as one patient got it: word for word, with the facts as they were that day."""

    class Privacy:
        open = (
            "id", "ref", "code", "clinic", "patient", "version", "way", "text", "fingerprint", "given_at", "given_by",
            "reflect_until", "lasts_days",
        )  # fmt: skip
        secret = ("code",)

    class Way(models.TextChoices):
        EMAIL = "email", "By email"
        SHOWN = "shown", "Shown in the clinic"
        PRINTED = "printed", "On paper"
        LINK = "link", "Read anew at their link"

    ref = RefField()
    code = RefField()  # the secret link
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="information")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="given")
    way = models.CharField(max_length=8, choices=Way.choices)
    text = models.TextField()  # Markdown
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the text
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reflect_until = models.DateTimeField()
    lasts_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("-given_at", "-id")
        indexes = (models.Index(fields=["patient", "-given_at"], name="consent_information_of_patient"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(way__in=["email", "shown", "printed", "link"]), name="consent_information_way_is_known"
            ),
            models.CheckConstraint(
                condition=Q(reflect_until__gt=F("given_at")), name="consent_information_leaves_time"
            ),
            AppendOnly(name="consent_information_is_never_changed"),
        )

    def __str__(self) -> str:
        return f"information {self.ref}"

    @property
    def treatment(self) -> Treatment:
        """What it is about."""
        return self.version.document.treatment


class Talk(models.Model):
    """What the practitioner who treats or supervises went through with a patient, in their own words."""

    class Privacy:
        open = (
            "id", "ref", "information", "practitioner", "treats", "at", "by", "saw_alternatives", "understands",
            "remembers", "weighs", "says", "is_free",
        )  # fmt: skip
        clinical = ("explained", "questions")

    ref = RefField()
    information = models.ForeignKey(Information, on_delete=models.PROTECT, related_name="talks")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")  # who talked
    treats = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")  # who will give it
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    explained = SealedTextField()
    questions = SealedTextField(blank=True)
    saw_alternatives = models.BooleanField()
    # To understand, to keep in mind, to use or weigh, to communicate: Mental Capacity Act 2005, section 3(1).
    understands = models.BooleanField()
    remembers = models.BooleanField()
    weighs = models.BooleanField()
    says = models.BooleanField()
    is_free = models.BooleanField()  # nobody presses them

    class Meta:
        ordering = ("-at", "-id")
        constraints = (AppendOnly(name="consent_talk_is_never_changed"),)

    def __str__(self) -> str:
        return f"talk {self.ref}"

    @property
    def may_go_on(self) -> bool:
        """Whether they can decide, want to by themselves, and have seen what else there is."""
        return all((self.saw_alternatives, self.understands, self.remembers, self.weighs, self.says, self.is_free))

    @property
    def is_supervised(self) -> bool:
        """Whether somebody else will give the treatment."""
        return self.treats_id != self.practitioner_id


class Signature(models.Model):
    """What a patient put their name to, whole: rendering it in ten years gives the same words."""

    class Privacy:
        open = ("id", "ref", "talk", "way", "fingerprint", "signed_at")
        personal = ("name", "drawn")
        clinical = ("text",)

    class Way(models.TextChoices):
        OWN = "own", "On their own device"
        TABLET = "tablet", "On the clinic's device"

    ref = RefField()
    talk = models.OneToOneField(Talk, on_delete=models.PROTECT, related_name="signature")
    name = models.CharField(max_length=120)  # as they typed it
    drawn = SealedTextField(blank=True)  # the path of an SVG, 600 by 200
    way = models.CharField(max_length=8, choices=Way.choices)
    text = SealedTextField()  # Markdown
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the text
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="consent_signature_has_a_name"),
            models.CheckConstraint(condition=Q(way__in=["own", "tablet"]), name="consent_signature_way_is_known"),
            AppendOnly(name="consent_signature_is_never_changed"),
        )

    def __str__(self) -> str:
        return f"signature {self.ref}"


class Withdrawal(models.Model):
    """That a patient no longer agrees: it ends every signature of theirs to that treatment up to then."""

    class Privacy:
        open = ("id", "ref", "information", "way", "at", "by")

    class Way(models.TextChoices):
        LINK = "link", "By themselves"
        TOLD = "told", "Told to us"

    ref = RefField()
    information = models.ForeignKey(Information, on_delete=models.PROTECT, related_name="withdrawals")
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(by__isnull=True) & ~Q(way="told")) | (Q(by__isnull=False) & ~Q(way="link")),
                name="consent_withdrawal_was_told_to_somebody",
            ),
            models.CheckConstraint(condition=Q(way__in=["link", "told"]), name="consent_withdrawal_way_is_known"),
            AppendOnly(name="consent_withdrawal_is_never_changed"),
        )

    def __str__(self) -> str:
        return f"withdrawal {self.ref}"


class PictureChoice(models.Model):
    """What a patient said about one use of photographs of them; the last word about each counts."""

    class Privacy:
        open = ("id", "ref", "patient", "purpose", "agrees", "way", "at", "by")

    class Purpose(models.TextChoices):
        """Four, each by itself, none ticked beforehand."""

        RECORD = "record", "My own record, to see how my skin changes"
        TEACHING = "teaching", "Teaching the people who work here"
        PUBLICATION = "publication", "The clinic's website, to show what a treatment can do"
        ADVERTISING = "advertising", "Advertising outside the website"

    class Way(models.TextChoices):
        LINK = "link", "By themselves"
        TOLD = "told", "Told to us"

    ref = RefField()
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="picture_choices")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    agrees = models.BooleanField()
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=["record", "teaching", "publication", "advertising"]),
                name="consent_picture_purpose_is_known",
            ),
            models.CheckConstraint(condition=Q(way__in=["link", "told"]), name="consent_picture_way_is_known"),
            # A yes is the patient's own; staff take down a no.
            models.CheckConstraint(
                condition=(Q(by__isnull=True) & ~Q(way="told")) | (Q(agrees=False, by__isnull=False) & ~Q(way="link")),
                name="consent_picture_yes_is_their_own",
            ),
            AppendOnly(name="consent_picture_is_never_changed"),
        )

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.agrees else 'no'}"
