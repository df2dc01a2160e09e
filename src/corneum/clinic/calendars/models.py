"""Feeds of the diary, foreign calendars, and how fetching each of those stands."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.db.paired import Paired
from corneum.db.ref import RefField
from corneum.platform.accounts.models import Clinic, User

STALE_AFTER = 3  # fetches that failed one after the other


def _whose_is(what: str) -> Q:
    """Say in SQL: a feed of this kind names its one owner and no other."""
    return Q(what=what, **{f"{one}__isnull": one != what for one in ("practitioner", "room", "device")})


class Feed(models.Model):
    """A part of one clinic's diary that a calendar program may follow, by a secret link."""

    class Privacy:
        open = (
            "id", "ref", "code", "clinic", "what", "practitioner", "room", "device", "shows", "created_at",
            "created_by", "changed_at", "revoked_at", "revoked_by",
        )  # fmt: skip
        secret = ("code",)
        audited = True  # who chose to show what, and when

    class What(models.TextChoices):
        PRACTITIONER = "practitioner", "One practitioner"
        ROOM = "room", "One room"
        DEVICE = "device", "One device"
        CLINIC = "clinic", "The whole clinic"

    class Shows(models.TextChoices):
        BUSY = "busy", "Only that the time is busy"
        TREATMENT = "treatment", "The treatment, without a name"
        NAMES = "names", "The treatment and the patient's name"

    ref = RefField()
    code = RefField()  # the secret part of the link
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="feeds")
    what = models.CharField(max_length=12, choices=What.choices)
    practitioner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="feeds")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="feeds")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="feeds")
    shows = models.CharField(max_length=12, choices=Shows.choices, default=Shows.BUSY)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    changed_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(what__in=["practitioner", "room", "device", "clinic"])
                & (_whose_is("practitioner") | _whose_is("room") | _whose_is("device") | _whose_is("clinic")),
                name="calendars_feed_is_of_what_it_says",
            ),
            models.CheckConstraint(
                condition=Q(shows__in=["busy", "treatment", "names"]), name="calendars_feed_shows_is_known"
            ),
            Paired("revoked_at", "revoked_by", name="calendars_feed_revoked_at_with_revoked_by"),
        )

    def __str__(self) -> str:
        return f"feed of {self.whose}"

    @property
    def whose(self) -> str:
        """Whose time it shows, by name."""
        return str(self.practitioner or self.room or self.device or self.clinic)


class ForeignCalendar(models.Model):
    """A calendar that a practitioner keeps elsewhere. We read when it is busy, and never write to it."""

    class Privacy:
        open = ("id", "ref", "practitioner", "clinic", "fetch_every", "created_at", "created_by")
        personal = ("name", "url")
        secret = ("url",)  # whoever has it can read the calendar

    ref = RefField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="foreign_calendars")
    clinic = models.ForeignKey(
        Clinic, on_delete=models.PROTECT, related_name="+"
    )  # whose clock it goes by, if its own says none
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=2000)
    fetch_every = models.PositiveSmallIntegerField(default=15)  # minutes
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("practitioner__order", "name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(fetch_every__gte=5, fetch_every__lte=1440), name="calendars_foreign_fetched_sensibly_often"
            ),
        )

    def __str__(self) -> str:
        return f"foreign calendar {self.ref}"

    @property
    def host(self) -> str:
        """Where it is kept: as much of its address as may be shown."""
        return urlsplit(self.url).hostname or ""


class Fetch(models.Model):
    """How fetching one foreign calendar stands: when next, what came last, and what is the matter."""

    class Privacy:
        open = (
            "id", "calendar", "next_at", "last_ok_at", "failures", "last_error", "etag", "last_modified", "read_on",
            "body_digest", "busy_digest", "unread",
        )  # fmt: skip
        audited = False  # written at every fetch; what it led to is in the trail

    calendar = models.OneToOneField(ForeignCalendar, on_delete=models.CASCADE, related_name="fetch")
    next_at = models.DateTimeField(db_index=True)
    last_ok_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)  # one after the other
    last_error = models.CharField(max_length=200, blank=True)  # a sentence of ours
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=64, blank=True)
    read_on = models.DateField(null=True)  # the day from which the busy time was last worked out
    body_digest = models.CharField(max_length=64, blank=True)
    busy_digest = models.CharField(max_length=64, blank=True)
    unread = models.PositiveIntegerField(default=0)  # entries that could not be understood

    def __str__(self) -> str:
        return f"fetch of {self.calendar_id}"

    @property
    def is_stale(self) -> bool:
        """Whether it has failed so often that somebody should know."""
        return self.failures >= STALE_AFTER
