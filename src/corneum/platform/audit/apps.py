"""The area's entry in Django's list."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251 -- the one moment when tables change


class AuditConfig(AppConfig):
    """Known to Django as `audit`."""

    name = "corneum.platform.audit"
    label = "audit"

    def ready(self) -> None:
        """Have the triggers follow the tables, and be checked."""
        from corneum.platform.audit.checks import check_triggers  # noqa: PLC0415 -- models are ready only now

        register(check_triggers, Tags.database)
        pre_migrate.connect(_before_migrations, sender=self)
        post_migrate.connect(_after_migrations, sender=self)


def _before_migrations(*, using: str, plan: list[Any], **_kwargs: Any) -> None:
    from corneum.platform.audit.changes import stop_noting_changes  # noqa: PLC0415 -- models are ready only now

    if plan:
        stop_noting_changes(connections[using])


def _after_migrations(*, using: str, **_kwargs: Any) -> None:
    from corneum.platform.audit.changes import note_changes  # noqa: PLC0415 -- models are ready only now

    note_changes(connections[using])
