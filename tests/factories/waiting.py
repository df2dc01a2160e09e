"""People on the waiting list, put there as the clinic does it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.contact import parse_contact
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.waiting import actions
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.accounts.models import Clinic
from tests.factories.cast import NOW, Cast
from tests.factories.diary import WORKER

TUESDAY = date(2026, 3, 10)
TEN = 10 * 60


def at_ten(day: date = TUESDAY) -> Window:
    """Think of a window that holds the visits that start at ten of one day, and no others."""
    return Window(day, day, opens=TEN, closes=TEN + 1)


def make_wait(
    cast: Cast,
    name: str = "Hannah Doyle",
    *,
    contact: str = "",
    windows: Sequence[Window] = (),
    practitioner: Practitioner | None = None,
    treatment: Treatment | None = None,
    clinic: Clinic | None = None,
    later: Appointment | None = None,
    until: date = date(2026, 4, 6),
    at: datetime = NOW,
    **more: Any,
) -> Wait:
    """Put somebody on Manchester's list for a consultation on Tuesday at ten, unless the test says otherwise."""
    return actions.join_waiting_list(
        clinic=clinic or cast.manchester, treatment=treatment or cast.consultation, practitioner=practitioner,
        windows=windows or [at_ten()], expires_on=until, name=name,
        contact=parse_contact(contact or f"{name.split(maxsplit=1)[0].lower()}@mail.example"), later=later,
        **{"by": VISITOR, "at": at, **more},
    )  # fmt: skip


def offer_times(cast: Cast, *, at: datetime = NOW) -> list[FreedOffer]:
    """Let the clock offer what is free at Manchester, as it does every minute."""
    actions.expire_offers(clinic=cast.manchester, by=WORKER, at=at)
    return actions.offer_freed_times(clinic=cast.manchester, by=WORKER, at=at)
