"""Somebody or something out, as the desk takes it out."""

from datetime import datetime
from typing import Any

from corneum.clinic.replacing import actions, queries
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute


def take_out(
    cast: Cast,
    what: Any,
    *,
    starts: str = "2026-03-10T00:00",
    ends: str = "2026-03-11T00:00",
    kind: str = "",
    at: datetime = NOW,
    **more: Any,
) -> Outage:
    """Take somebody or something out at Manchester, all Tuesday unless the test says otherwise; nothing is proposed yet."""
    is_person = what._meta.model_name == "practitioner"
    return actions.take_out(
        **{"clinic": cast.manchester, "what": what, "kind": kind or ("sickness" if is_person else "out-of-order"),
           "starts": minute(starts), "ends": minute(ends), "by": Actor.staff(cast.dana), "at": at} | more
    )  # fmt: skip


def propose(cast: Cast, outage: Outage, *, at: datetime = NOW) -> dict[str, Replacement]:
    """Look for places, and answer with what there is now, by the patient's first name and the promised time if twice."""
    by = Actor.staff(cast.dana)
    actions.propose(outage=outage, proposals=queries.work_out(outage, at=at), by=by, at=at)
    return rows(outage)


def rows(outage: Outage) -> dict[str, Replacement]:
    """Find what becomes of each visit, by its patient's first name."""
    return {row.appointment.patient.name.split()[0]: row for row in queries.replacements_of(outage)}
