"""Where a clinic is, when it is open, and the rooms and devices in it."""

from django.db import models
from django.db.models import F, Q

from corneum.db.ref import RefField
from corneum.db.setup import SpoilsSetup
from corneum.domain.places import Place
from corneum.platform.accounts.models import Clinic


class Setup(models.Model):
    """
    How things stand in all that decides what can be booked, as one word that is never the same twice.

    The database draws a new one at every change of hours, rota, rooms, devices, training, treatments
    or rules (db/setup.py), so what was worked out from them may be kept for as long as it stands.
    A row stands under the key of the clinic whose setup it is, and one under 0 for what is the same
    in the whole group: who is trained and registered, and what the treatments are.
    """

    class Privacy:
        open = ("id", "version")

    version = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.version


class Premises(models.Model):
    """The address and the contact of one clinic."""

    class Privacy:
        open = (
            "id",
            "clinic",
            "line1",
            "line2",
            "town",
            "postcode",
            "phone",
            "email",
            "getting_here",
            "answers_within",
            "holidays",
            "latitude",
            "longitude",
        )

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, related_name="premises")
    line1 = models.CharField(max_length=120)
    line2 = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80)
    postcode = models.CharField(max_length=10)
    phone = models.CharField(max_length=20)
    email = models.EmailField()
    getting_here = models.TextField(blank=True)
    answers_within = models.CharField(max_length=60, default="one working day")
    # Closed on the public holidays of this nation or part of one (ISO 3166: GB-ENG, GB-SCT, DE-BY, FR); empty: on none.
    holidays = models.CharField(max_length=10, blank=True)
    # Where it is, in degrees, for the way to the group's other clinics; empty: nobody has said.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="premises_premises_is_on_the_earth",
            ),
            SpoilsSetup(name="premises_premises_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.line1}, {self.town}"

    @property
    def place(self) -> Place | None:
        """Where it is on the map, if anybody has said."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)


class OpeningHours(models.Model):
    """One stretch of one weekday in which the clinic is open, in the clinic's own wall time."""

    class Privacy:
        open = ("id", "clinic", "weekday", "opens", "closes")

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday, as Python counts
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday", "opens")
        constraints = (
            models.CheckConstraint(condition=Q(weekday__lte=6), name="premises_hours_weekday_exists"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="premises_hours_close_after_they_open"),
            models.UniqueConstraint(fields=["clinic", "weekday", "opens"], name="premises_hours_once"),
            SpoilsSetup(name="premises_hours_spoil", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Closure(models.Model):
    """A day on which the clinic is closed, whatever else is said of it."""

    class Privacy:
        open = ("id", "clinic", "on", "reason")

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="closures")
    on = models.DateField()
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(fields=["clinic", "on"], name="premises_closure_once_a_day"),
            SpoilsSetup(name="premises_closure_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return f"closed on {self.on}: {self.reason}"


class SpecialHours(models.Model):
    """One stretch in which the clinic is open on one day; that day's week and public holiday count for nothing."""

    class Privacy:
        open = ("id", "clinic", "on", "opens", "closes")

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="special_hours")
    on = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("on", "opens")
        constraints = (
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="premises_special_close_after_they_open"),
            models.UniqueConstraint(fields=["clinic", "on", "opens"], name="premises_special_hours_once"),
            SpoilsSetup(name="premises_special_hours_spoil", per="clinic"),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Room(models.Model):
    """A room of a clinic: one visit at a time, unless it has places for more."""

    class Privacy:
        open = ("id", "ref", "clinic", "name", "kind", "places", "order", "is_active")

    class Kind(models.TextChoices):
        CONSULTING = "consulting", "Consulting room"
        TREATMENT = "treatment", "Treatment room"

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    places = models.PositiveSmallIntegerField(default=1)  # visits at once: each place has a diary of its own
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "name")
        constraints = (
            models.UniqueConstraint(fields=["clinic", "name"], name="premises_room_name_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["consulting", "treatment"]), name="premises_room_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=50), name="premises_room_has_places"),
            SpoilsSetup(name="premises_room_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """One machine, by its serial number: one visit at a time, unless it has places for more."""

    class Privacy:
        open = (
            "id", "ref", "clinic", "name", "short_name", "kind", "serial", "room", "places", "service_due", "order",
            "is_active",
        )  # fmt: skip

    ref = RefField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=16)
    kind = models.SlugField(max_length=40)  # such as crystal-unit; a treatment asks for a kind
    serial = models.CharField(max_length=40)
    # Fixed there: whoever needs the machine is in that room. Empty: it is wheeled to wherever it is needed.
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    places = models.PositiveSmallIntegerField(default=1)
    service_due = models.DateField(null=True, blank=True)  # the last day on which it may be used without a service
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("order", "name")
        constraints = (
            models.UniqueConstraint(fields=["clinic", "name"], name="premises_device_name_once"),
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=50), name="premises_device_has_places"),
            SpoilsSetup(name="premises_device_spoils", per="clinic"),
        )

    def __str__(self) -> str:
        return self.name
