"""Drafts, signed visit records and what stands beside them, lots, alerts, and who opened a record for a reason."""

from django.db import models
from django.db.models import F, Q

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.treatments.models import Treatment
from corneum.db.append_only import AppendOnly
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.db.sealed import SealedJSONField, SealedTextField
from corneum.platform.accounts.models import Clinic, User


class Draft(models.Model):
    """A write-up that is still being typed. `version` rises with every save, so that none goes over another unseen."""

    class Privacy:
        open = ("id", "appointment", "version", "saved_at", "saved_by")
        clinical = ("content",)
        audited = False  # nobody's word yet; what is signed is kept for good

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="write_up")
    content = SealedJSONField()  # {"device": ref, "said": …, "reasons": …} as typed
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"draft of {self.appointment_id}"


class VisitRecord(models.Model):
    """
    What was done and found at one visit, signed by whoever treated. FHIR R4 Encounter with its Procedure.

    `content` holds what was entered and how it read on that day, so that it reads the same when the protocol
    has changed: {"said", "reasons", "words", "brief", "changed", "filled_from", "ready", "by", "device", "beyond"}.
    """

    class Privacy:
        open = (
            "id", "ref", "clinic", "appointment", "patient", "treatment", "practitioner", "device", "protocol",
            "protocol_version", "visited_at", "signed_at", "signed_by", "countersigner",
        )  # fmt: skip
        clinical = ("content",)

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="visit_record")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visit_records")
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="+")
    protocol = models.CharField(max_length=40)
    protocol_version = models.PositiveSmallIntegerField()
    content = SealedJSONField()
    visited_at = models.DateTimeField()  # when the visit began
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    countersigner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["patient", "visited_at"], name="records_visit_of_patient"),)
        constraints = (AppendOnly(name="records_visit_is_never_changed"),)

    def __str__(self) -> str:
        return f"visit {self.ref}"


class Amendment(models.Model):
    """What is to be read beside a signed record, and why; the original stays as it was."""

    class Privacy:
        open = ("id", "ref", "record", "number", "signed_at", "signed_by")
        clinical = ("reason", "text")

    ref = RefField()
    record = models.ForeignKey(VisitRecord, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    reason = SealedTextField()
    text = SealedTextField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            AppendOnly(name="records_amendment_is_never_changed"),
            models.UniqueConstraint(fields=["record", "number"], name="records_amendment_once_a_number"),
        )

    def __str__(self) -> str:
        return f"amendment {self.number} of {self.record_id}"


class Countersignature(models.Model):
    """A supervisor has read what was signed under their supervision, and says so."""

    class Privacy:
        open = ("id", "ref", "record", "practitioner", "signed_at", "signed_by")
        clinical = ("note",)

    ref = RefField()
    record = models.OneToOneField(VisitRecord, on_delete=models.PROTECT, related_name="countersignature")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    note = SealedTextField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (AppendOnly(name="records_countersignature_is_never_changed"),)

    def __str__(self) -> str:
        return f"countersignature of {self.record_id}"


class Link(models.Model):
    """One link of a clinic's chain of what was signed (domain/records/chain.py)."""

    class Privacy:
        open = ("id", "clinic", "number", "kind", "signed_ref", "key", "before", "mac")

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    signed_ref = models.CharField(max_length=26, unique=True)
    key = models.CharField(max_length=40)  # the name of the sealing key that it was made with
    before = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ("clinic", "number")
        constraints = (
            AppendOnly(name="records_link_is_never_changed"),
            models.UniqueConstraint(fields=["clinic", "number"], name="records_link_once_a_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["visit", "amendment", "countersignature"]), name="records_link_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"link {self.number} of {self.clinic_id}"


class Lot(models.Model):
    """A lot or batch of something that touches skin: crystals, a tip, a cartridge, a solution."""

    class Privacy:
        open = ("id", "ref", "clinic", "kind", "number", "expires_on", "added_at")
        audited = True

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="lots")
    kind = models.CharField(max_length=20)  # the key of the protocol's field
    number = models.CharField(max_length=60)
    expires_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("-added_at",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "kind", "number"], name="records_lot_once"),
            models.CheckConstraint(condition=~Q(number=""), name="records_lot_has_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class LotUse(models.Model):
    """That something of a lot was used at a visit."""

    class Privacy:
        open = ("id", "lot", "record")

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    record = models.ForeignKey(VisitRecord, on_delete=models.PROTECT, related_name="lots")

    class Meta:
        constraints = (
            AppendOnly(name="records_lot_use_is_never_changed"),
            models.UniqueConstraint(fields=["lot", "record"], name="records_lot_use_once"),
        )

    def __str__(self) -> str:
        return f"lot {self.lot_id} at {self.record_id}"


class DeviceBound(models.Model):
    """What one device of a clinic may be set to without a reason, in that device's own unit."""

    class Privacy:
        open = ("id", "device", "field", "unit", "least", "most", "set_at", "set_by")
        audited = True

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="bounds")
    field = models.CharField(max_length=40)
    unit = models.CharField(max_length=16)
    least = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["device", "field"], name="records_bound_once"),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")), name="records_bound_is_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} of {self.device_id}"


class Supervision(models.Model):
    """Whatever somebody signs is read and countersigned by somebody else, from one day to another."""

    class Privacy:
        open = ("id", "practitioner", "supervisor", "treatment", "valid_from", "valid_until")
        audited = True

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="supervised_by")
    supervisor = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="supervises")
    treatment = models.ForeignKey(Treatment, null=True, on_delete=models.CASCADE, related_name="+")  # none: every
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(practitioner=F("supervisor")), name="records_supervision_is_by_another"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="records_supervision_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.supervisor_id} supervises {self.practitioner_id}"


class Alert(models.Model):
    """What stands at the head of a patient's record and never hides: an allergy, a caution, a wish."""

    class Privacy:
        open = ("id", "ref", "patient", "kind", "added_at", "added_by", "ended_at", "ended_by")
        clinical = ("text", "end_reason")

    class Kind(models.TextChoices):
        """FHIR R4 Flag.category, as far as a skin clinic needs it."""

        ALLERGY = "allergy", "Allergy"
        CAUTION = "caution", "Caution"
        WISH = "wish", "Wish"

    ref = RefField()
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = SealedTextField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = SealedTextField(null=True)

    class Meta:
        ordering = ("kind", "added_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["allergy", "caution", "wish"]), name="records_alert_kind_is_known"
            ),
            Paired("ended_at", "ended_by", name="records_alert_ended_at_with_ended_by"),
        )

    def __str__(self) -> str:
        return f"alert {self.ref}"


class Opening(models.Model):
    """Somebody outside of a patient's team opened the record, for a reason and for some hours."""

    class Privacy:
        open = ("id", "ref", "clinic", "patient", "user", "at", "until")
        personal = ("reason",)

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = (
            AppendOnly(name="records_opening_is_never_changed"),
            models.CheckConstraint(condition=Q(at__lt=F("until")), name="records_opening_lasts"),
            models.CheckConstraint(condition=~Q(reason=""), name="records_opening_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} opened {self.patient_id}"
