"""Clinics as units of access, the people who sign in, and the roles they hold there."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from corneum.db.ref import RefField


class Clinic(models.Model):
    """One clinic of the organisation. Whoever holds no role here sees nothing of it."""

    class Privacy:
        open = ("id", "ref", "slug", "name", "zone", "is_main")

    ref = RefField()
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64, default="Europe/London")
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ("-is_main", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["is_main"], condition=models.Q(is_main=True), name="accounts_clinic_one_is_main"
            ),
        )

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find who signs in with this address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in: somebody who works here. Patients need no account."""

    class Privacy:
        open = ("id", "ref", "is_active", "created_at", "last_login")
        personal = ("email", "name", "password")
        secret = ("password",)  # the trail notes that it changed, never what it was

    ref = RefField()
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="accounts_user_one_per_address"),)

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The first letters of the first and last name."""
        names = self.name.split() or ["?"]
        return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper()


class Role(models.TextChoices):
    """What somebody is at a clinic. What each may do stands in policy.py."""

    DESK = "desk", "Front desk"
    PRACTITIONER = "practitioner", "Practitioner"
    LEAD = "lead", "Medical lead"
    OWNER = "owner", "Owner"


class Membership(models.Model):
    """One role of one person at one clinic."""

    class Privacy:
        open = ("id", "user", "clinic", "role")
        audited = True

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "clinic", "role"], name="accounts_membership_once_per_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=["desk", "practitioner", "lead", "owner"]),
                name="accounts_membership_role_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} is {self.get_role_display()} at {self.clinic}"


class Tally(models.Model):
    """How often somebody tried something in one window of time. Who it was, only a keyed hash says."""

    class Privacy:
        open = ("id", "name", "window", "count", "until")

    name = models.CharField(max_length=64)
    window = models.BigIntegerField()  # the number of this window since 1970, in windows of its own length
    count = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)  # seconds since 1970; from then on it no longer counts

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "window"], name="accounts_tally_one_per_window"),)

    def __str__(self) -> str:
        return f"{self.count} in window {self.window}"


class CacheEntry(models.Model):
    """A row of Django's database cache; a model, so that `migrate` alone makes its table."""

    class Privacy:
        open = ("cache_key", "expires")
        personal = ("value",)
        audited = False  # a cache

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
