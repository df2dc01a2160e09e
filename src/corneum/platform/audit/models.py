"""The trail: what was done, what changed, and whose record was read. Rows are only ever added."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from corneum.db.append_only import AppendOnly
from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic, User

# Verbs of actions whose past is more than "ed".
PAST = {
    "arrive": "arrived at",
    "cancel": "cancelled",
    "close": "closed",
    "keep": "kept",
    "give": "gave",
    "hold": "held",
    "move": "moved",
    "receive": "received",
    "release": "released",
    "reply": "replied",
    "send": "sent",
    "set": "set",
    "take": "took",
    "note": "noted",
    "undo": "undid",
    "queue": "queued",
    "welcome": "welcomed",
    "withdraw": "withdrew",
}


class AuditEvent(models.Model):
    """One action, done by somebody, at a moment."""

    class Privacy:
        open = (
            "id", "ref", "at", "action", "actor_kind", "actor_user", "actor_name", "clinic", "entity_kind",
            "entity_ref", "request_id", "press",
        )  # fmt: skip
        personal = ("detail",)

    ref = RefField()
    at = models.DateTimeField()
    action = models.CharField(max_length=80)  # such as diary.book_appointment
    actor_kind = models.CharField(max_length=8)
    actor_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120)
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.PROTECT, related_name="+")
    entity_kind = models.CharField(max_length=40)
    entity_ref = models.CharField(max_length=26)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=26, blank=True)
    # The token of the form that was pressed: the same press twice is done once.
    press = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 -- many events have none, and NULLs are not equal

    class Meta:
        indexes = (models.Index(fields=["entity_kind", "entity_ref", "at"], name="audit_event_of_entity"),)
        constraints = (
            AppendOnly(name="audit_event_is_never_changed"),
            models.CheckConstraint(
                condition=Q(actor_kind__in=["staff", "patient", "visitor", "system"]),
                name="audit_event_actor_is_known",
            ),
            models.CheckConstraint(
                condition=Q(actor_kind="staff", actor_user__isnull=False) | ~Q(actor_kind="staff"),
                name="audit_event_staff_is_named",
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.action}"

    @property
    def words(self) -> str:
        """What was done, as somebody at the desk would say it: *Booked appointment*."""
        verb, _, rest = self.action.partition(".")[2].partition("_")
        return f"{PAST.get(verb, f'{verb}ed')} {rest.replace('_', ' ')}".strip().capitalize()


class Change(models.Model):
    """One row that the database saw changing, whoever changed it and by whatever way (changes.py)."""

    class Privacy:
        open = (
            "id", "at", "operation", "table", "row", "actor_kind", "actor_user", "actor_name", "request_id",
        )  # fmt: skip
        personal = ("old", "new")

    at = models.DateTimeField()  # by the database's own clock
    operation = models.CharField(max_length=8)
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    old = models.JSONField(null=True)  # of an update, only what changed
    new = models.JSONField(null=True)
    actor_kind = models.CharField(max_length=8)  # unknown: outside any action
    actor_user = models.BigIntegerField(null=True)  # no foreign key: the trail outlives whoever is in it
    actor_name = models.CharField(max_length=120)
    request_id = models.CharField(max_length=26, blank=True)

    class Meta:
        indexes = (models.Index(fields=["table", "row", "id"], name="audit_change_of_row"),)
        constraints = (
            AppendOnly(name="audit_change_is_never_changed"),
            models.CheckConstraint(
                condition=Q(operation__in=["insert", "update", "delete"]), name="audit_change_operation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind__in=["staff", "patient", "visitor", "system", "unknown"]),
                name="audit_change_actor_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.operation} of {self.table} {self.row}"


class RecordRead(models.Model):
    """Somebody looked at a patient's record."""

    class Privacy:
        open = ("id", "at", "user", "clinic", "patient_ref", "page", "request_id")

    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    patient_ref = models.CharField(max_length=26)
    page = models.CharField(max_length=80)
    request_id = models.CharField(max_length=26, blank=True)

    class Meta:
        indexes = (models.Index(fields=["patient_ref", "at"], name="audit_read_of_patient"),)
        constraints = (AppendOnly(name="audit_read_is_never_changed"),)

    def __str__(self) -> str:
        return f"{self.user} read {self.patient_ref}"
