"""What was asked and answered, which rules fired, what a practitioner decided, and which rules were in force."""

from datetime import date

from django.db import models
from django.db.models import Q

from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Treatment
from corneum.db.append_only import AppendOnly
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedJSONField, SealedTextField
from corneum.platform.accounts.models import Clinic, User


class RulesVersion(models.Model):
    """A clinic's rules in one version: what it made more cautious, and whether its medical lead has signed them."""

    class Privacy:
        open = ("id", "ref", "clinic", "number", "shipped", "numbers", "made_at", "made_by", "signed_at", "signed_by")

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    shipped = models.PositiveIntegerField()  # the version of the rules that came with Corneum
    numbers = models.JSONField(default=dict)  # such as {"R17.wait": 10}
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "number"], name="suitability_rules_once_a_number"),
            Paired("signed_at", "signed_by", name="suitability_rules_signed_by_somebody"),
        )

    def __str__(self) -> str:
        return f"rules {self.number}"


class Screening(models.Model):
    """
    One form that one patient is asked, behind a private link: kept page by page, sent once, never changed after.

    Answers, and what the rules said of them, stand sealed. What stands open says that a practitioner
    is needed, and never why.
    """

    class Privacy:
        open = (
            "id", "ref", "code", "clinic", "patient", "treatment", "purpose", "form_version", "visit", "is_proven",
            "started_at", "expires_at", "submitted_at", "needs_decision", "rules_number", "alarm_raised_at",
            "alarm_answered_at", "alarm_answered_by",
        )  # fmt: skip
        clinical = ("answers", "carried", "fired", "alarm_note")
        secret = ("code", "answers", "carried", "fired", "alarm_note")

    class Purpose(models.TextChoices):
        """Which form it is; as the domain names it."""

        FULL = "full", "All questions"
        SESSION = "session", "Before a session"

    ref = RefField()
    code = RefField()  # the patient's secret link; never shown at the desk
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="screenings")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    form_version = models.PositiveSmallIntegerField()
    visit = models.CharField(max_length=26, blank=True)  # the ref of the appointment that it is asked before
    # Whether the link was ours to them. Who fills in a form on the website has not shown who they are.
    is_proven = models.BooleanField(default=False)
    answers = SealedJSONField(default=dict)  # every field under its name, as the pages sent them
    carried = SealedJSONField(default=dict)  # from the quick check, by their wish: shown again, never taken as said
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    fired = SealedJSONField(default=list)  # every rule that fired when it was sent, with its version and its words
    rules_number = models.PositiveIntegerField(default=0)  # of the clinic's rules then; 0: those that are shipped
    needs_decision = models.BooleanField(default=False)
    alarm_raised_at = models.DateTimeField(null=True)
    alarm_answered_at = models.DateTimeField(null=True)
    alarm_answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    alarm_note = SealedTextField(blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=["patient", "submitted_at"], name="suitability_of_patient"),
            models.Index(
                fields=["clinic", "submitted_at"],
                condition=Q(needs_decision=True),
                name="suitability_to_decide",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=["full", "session"]), name="suitability_screening_purpose_is_known"
            ),
            models.CheckConstraint(
                condition=Q(needs_decision=False) | Q(submitted_at__isnull=False),
                name="suitability_screening_is_decided_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(alarm_answered_at=None) | Q(alarm_raised_at__isnull=False),
                name="suitability_screening_alarm_was_raised",
            ),
            Paired("alarm_answered_at", "alarm_answered_by", name="suitability_screening_alarm_by_somebody"),
            # A link that we sent asks one thing once, and so does a visit: two presses at the same moment begin one form.
            models.UniqueConstraint(
                fields=["patient", "treatment", "purpose"],
                condition=Q(submitted_at=None, is_proven=True, visit=""),
                name="suitability_screening_one_open",
            ),
            models.UniqueConstraint(
                fields=["visit", "purpose"], condition=~Q(visit=""), name="suitability_screening_one_a_visit"
            ),
        )

    def __str__(self) -> str:
        return f"screening {self.ref}"

    @property
    def is_alarming(self) -> bool:
        """Whether somebody must be rung now, and nobody has said that they did."""
        return self.alarm_raised_at is not None and self.alarm_answered_at is None


class Decision(models.Model):
    """What a practitioner decided about one form, in their own name; never changed, only followed by another."""

    class Privacy:
        open = ("id", "ref", "screening", "from_day", "judged_on", "rules_number", "decided_at", "decided_by")
        personal = ("ruling", "is_acknowledged", "sets_aside")
        clinical = ("reason", "fired")
        secret = ("reason", "fired")

    class Verb(models.TextChoices):
        """As domain/suitability/clearing.py reads them."""

        CLEAR = "clear", "Clear for treatment"
        CHANGES = "changes", "Clear, with changes to the treatment"
        WAIT = "wait", "Wait, and ask again from a day"
        GP = "gp", "See the GP first"
        DECLINE = "decline", "Not this treatment: talk about others"

    ref = RefField()
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="decisions")
    ruling = models.CharField(max_length=8, choices=Verb.choices)
    from_day = models.DateField()  # the first day on which a session may be, or it is asked again
    reason = SealedTextField()
    sets_aside = models.BooleanField(default=False)  # a wait or a block was set aside, by the role that may
    is_acknowledged = models.BooleanField(default=False)  # the patient was told what was set aside, and agreed
    fired = SealedJSONField(default=list)  # what whoever decided had before them
    judged_on = models.DateField()
    rules_number = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("decided_at", "id")
        constraints = (
            AppendOnly(name="suitability_decision_is_never_changed"),
            models.CheckConstraint(
                condition=Q(ruling__in=["clear", "changes", "wait", "gp", "decline"]),
                name="suitability_decision_is_known",
            ),
            models.CheckConstraint(
                condition=Q(sets_aside=False) | Q(is_acknowledged=True),
                name="suitability_decision_set_aside_was_agreed",
            ),
        )

    def __str__(self) -> str:
        return f"decision {self.ref}"

    @property
    def waits_until(self) -> date | None:
        """The day until which it waits, if it is a wait."""
        return self.from_day if self.ruling == self.Verb.WAIT else None
