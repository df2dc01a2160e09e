"""The fewest rows that the constraints can be tried on."""

from datetime import UTC, datetime

from corneum.platform.accounts.models import Clinic, User

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def make_clinic(slug: str = "manchester") -> Clinic:
    """Make one clinic."""
    return Clinic.objects.create(slug=slug, name=slug.title())


def make_user(email: str = "dana@example.org") -> User:
    """Make somebody who works here."""
    return User.objects.create(email=email, name="Dana Desk", created_at=NOW)
