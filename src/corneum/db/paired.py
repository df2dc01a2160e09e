"""Paired: two columns are both filled or both empty."""

from typing import Any

from django.db.models import CheckConstraint, Q


class Paired(CheckConstraint):
    """
    Refuse a row in which only one of two columns is filled, such as `signed_at` without `signed_by`.

    Kept by a CHECK on either database; written as its own class so that the model says what it means.
    """

    def __init__(self, one: str, other: str, *, name: str) -> None:
        """Take the two field names, and the constraint's name as a sentence."""
        self.one, self.other = one, other
        both = Q(**{f"{one}__isnull": False, f"{other}__isnull": False})
        neither = Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
        super().__init__(condition=both | neither, name=name)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """Say it in a migration as it is said in the model."""
        path, _, _ = super().deconstruct()
        return path, (self.one, self.other), {"name": self.name}
