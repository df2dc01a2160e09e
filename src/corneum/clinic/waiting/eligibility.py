"""What somebody on the list may do by the clinic's rules: let the later visit go, and have the one they wait for."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corneum.clinic.booking.standing import standing_of
from corneum.clinic.diary.queries import may_still_change
from corneum.clinic.diary.queries.limits import clearance_for, has_enough_to_come, needs_consultation, sessions_near
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer
from corneum.clinic.waiting.models import Wait
from corneum.domain.scheduling.interval import Interval
from corneum.domain.waiting import Freed


@dataclass(frozen=True, slots=True)
class Barred:
    """What the clinic's limits keep from somebody: every visit, those that start too soon, or those of some days."""

    has_enough_to_come: bool = False
    consulted_from: int | None = None
    too_near: frozenset[date] = frozenset()
    not_cleared: frozenset[date] = frozenset()


def may_let_go(wait: Wait, at: datetime) -> bool:
    """This will say whether they may give up the later visit themselves: it is to come, and not late to change."""
    later = wait.later
    return later is not None and may_still_change(later, at) and standing_of(later, at=at).may_change


def barred(wait: Wait, offer: Offer, free: Sequence[Freed], *, at: datetime) -> Barred:
    """
    This will find what the limits of a treatment keep from somebody, by the rules that book it.

    The visit that they may give up does not count. Whoever is not known here has had no consultation.

    :param free: the free times in the order of their starts
    """
    gap = offer.treatment.gap
    asks = offer.consultation_first or offer.screening_first
    if not free or (offer.most_open_per_patient is None and not asks and not gap.least):
        return Barred()
    patient, ignoring = _known(wait), wait.later if may_let_go(wait, at) else None
    if patient is None:
        return Barred(
            consulted_from=free[-1].starts + 1 if offer.consultation_first else None,
            not_cleared=frozenset(time.on for time in free) if offer.screening_first else frozenset(),
        )
    clearance = clearance_for(patient, offer, at=at)

    def is_consulted(time: Freed) -> int:
        return 0 if needs_consultation(patient, offer, starts=time.starts, ignoring=ignoring) else 1

    first = bisect_left(free, 1, key=is_consulted)  # whoever is by then is ever after
    around = Interval(free[0].starts, free[-1].ends)
    sessions = sessions_near(patient, offer.treatment, around, zone=offer.clinic.zone, ignoring=[ignoring])
    return Barred(
        has_enough_to_come=has_enough_to_come(patient, offer, at=at, ignoring=ignoring),
        consulted_from=free[first].starts if first < len(free) else free[-1].starts + 1,
        too_near=gap.too_near(sessions),
        not_cleared=frozenset(time.on for time in free if not clearance.allows(time.on)),
    )


def _known(wait: Wait) -> Patient | None:
    """Find whom the visit would be for: the same name with the same contact is the same person."""
    if wait.patient is not None:
        return wait.patient
    reached = {"email__iexact": wait.email} if wait.email else {"phone": wait.phone}
    theirs = Patient.objects.filter(clinic=wait.clinic_id, name__iexact=wait.name, **reached)
    return theirs.order_by("pk").first()
