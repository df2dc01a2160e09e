"""Actor: whoever does something; every action asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corneum.platform.accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts: a member of staff, a patient by a secret link, a visitor, or the system itself.

    `kind` is one of staff, patient, visitor, system. `user_id` is the key of the member of staff.
    `name` is how the trail calls them and is never a patient's name.
    """

    kind: str
    user_id: int | None = None
    name: str = ""

    @classmethod
    def staff(cls, user: User) -> Actor:
        """Somebody signed in."""
        return cls("staff", user.pk, user.name)

    @classmethod
    def system(cls, part: str) -> Actor:
        """Corneum itself: `part` says which, such as *worker* or *demo*."""
        return cls("system", None, part)


VISITOR = Actor("visitor", None, "a visitor")
PATIENT = Actor("patient", None, "the patient, by link")
