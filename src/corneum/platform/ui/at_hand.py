"""What an error page says about the clinic when the database cannot be asked."""

from dataclasses import dataclass

from django.http import HttpRequest

from corneum.platform.accounts.models import Clinic


@dataclass(frozen=True, slots=True)
class Reachable:
    """How a clinic is called and telephoned."""

    name: str
    phone: str
    line1: str = ""
    town: str = ""


_known: dict[str, Reachable] = {}


def keep_at_hand(clinic: Clinic, phone: str, line1: str = "", town: str = "") -> None:
    """Remember, in this process, how this clinic is reached: told by every page that is shown."""
    _known[clinic.slug] = Reachable(clinic.name, phone, line1, town)


def at_hand(request: HttpRequest) -> Reachable | None:
    """Answer with the clinic that the request was about, or else any clinic, without asking the database."""
    clinic: Clinic | None = getattr(request, "clinic", None)
    if clinic is not None and clinic.slug in _known:
        return _known[clinic.slug]
    return Reachable(clinic.name, "") if clinic is not None else next(iter(_known.values()), None)
