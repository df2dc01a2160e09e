"""Job: one piece of work for later, queued in the transaction that wants it."""

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Something to do at or after a moment, once."""

    class Privacy:
        open = (
            "id", "key", "kind", "payload", "due_at", "state", "lease", "lease_until", "attempts", "last_error",
            "created_at", "done_at",
        )  # fmt: skip

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        DEAD = "dead", "Given up"

    key = models.CharField(max_length=120, unique=True)  # the same work asked for twice is one job
    kind = models.CharField(max_length=80)  # such as messages.send
    payload = models.JSONField(default=dict)  # refs only: never a name, never an address
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    lease = models.CharField(max_length=26, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["due_at"], condition=Q(state="waiting"), name="jobs_job_due"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=["waiting", "done", "dead"]), name="jobs_job_state_is_known"),
        )

    def __str__(self) -> str:
        return self.key


class Turn(models.Model):
    """When something on the timetable is due next; claimed by whichever worker comes first."""

    class Privacy:
        open = ("id", "name", "next_at")

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
