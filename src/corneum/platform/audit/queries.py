"""Reading the trail. Whoever asks holds the row already, and so may see what became of it."""

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet

from corneum.platform.audit.models import AuditEvent, Change


def history_of(entity: Any) -> QuerySet[AuditEvent]:
    """Read what was done to something that has a ref: who, when and what, the earliest first."""
    return AuditEvent.objects.filter(entity_kind=entity._meta.label_lower, entity_ref=entity.ref).order_by("at", "id")


def last_event_at() -> datetime | None:
    """Say when the last event of the trail was, for those who doubt the clock."""
    return AuditEvent.objects.order_by("-at").values_list("at", flat=True).first()


def changes_of(row: Model) -> QuerySet[Change]:
    """Read every change that the database saw in one row, the earliest first."""
    return Change.objects.filter(table=row._meta.db_table, row=row.pk).order_by("id")


def latest_event() -> int:
    """Answer with a number that rises with every action at any clinic, and says nothing else; 0 before the first."""
    return AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
