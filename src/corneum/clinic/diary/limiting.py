"""Limiting: what one patient may not have besides what they have, and not yet."""

from datetime import date, datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.placing import Wanted
from corneum.clinic.diary.queries.limits import clearance_for, has_enough_to_come, needs_consultation, sessions_near
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local
from corneum.domain.suitability import Clearance


class BeyondLimits(ClinicError):
    """This cannot be booked besides what there is."""


class EnoughToCome(BeyondLimits):
    """There are as many of these appointments to come already as one person may have. Call us, and we will help."""


class ConsultationFirst(BeyondLimits):
    """This treatment follows a consultation. Please book a consultation first."""


class TooNear(BeyondLimits):
    """There is another session of this treatment too near to this one. Please choose another day."""

    def __init__(self, least: int, possible_from: date) -> None:
        """Keep the day from which it is possible, for whoever may know when the other sessions are."""
        days = f"{least} {'day' if least == 1 else 'days'}"
        super().__init__(
            f"Two sessions of this treatment need at least {days} between them. Please choose another day, or call us."
        )
        self.least, self.possible_from = least, possible_from


class NotCleared(BeyondLimits):
    """A practitioner reads what you answer about your health before this treatment is booked. Please call us."""

    def __init__(self, clearance: Clearance) -> None:
        """Keep where they stand, for whoever may know it: whoever types a name has not shown that it is theirs."""
        super().__init__()
        self.clearance = clearance


def refuse_beyond_limits(wanted: Wanted, patient: Patient, *, at: datetime) -> None:
    """
    Refuse what one patient may not have besides what they have; asked after their diary has been locked.

    :raises EnoughToCome: they have as many to come as one may have
    :raises ConsultationFirst: they have been seen by nobody yet
    :raises TooNear: they have another session of this treatment too near to it
    :raises NotCleared: they are not cleared for this treatment on that day
    """
    offer = _offer_of(wanted)
    if offer is not None and has_enough_to_come(patient, offer, at=at):
        raise EnoughToCome
    refuse_out_of_turn(wanted, patient, at=at)


def refuse_out_of_turn(wanted: Wanted, patient: Patient, *, at: datetime, ignoring: Appointment | None = None) -> None:
    """
    Refuse a time before the consultation that a treatment follows, one too near to another session of it, and
    one for which nobody has cleared them.

    A move asks this too; it makes nothing more, so how many they have to come is not asked of it.

    :raises ConsultationFirst: nobody has seen them by then
    :raises TooNear: they have another session of this treatment too near to it
    :raises NotCleared: they are not cleared for this treatment on that day
    """
    offer = _offer_of(wanted)
    if offer is None:
        return
    if needs_consultation(patient, offer, starts=wanted.starts, ignoring=ignoring):
        raise ConsultationFirst
    zone, gap = wanted.clinic.zone, wanted.treatment.gap
    day = local(wanted.starts, zone).date()
    around = Interval(wanted.starts, wanted.starts + 1)
    sessions = sessions_near(patient, wanted.treatment, around, zone=zone, ignoring=[ignoring])
    if not gap.keeps(day, sessions):
        raise TooNear(gap.least, gap.first_from(day, sessions))
    clearance = clearance_for(patient, offer, at=at)
    if not clearance.allows(day):
        raise NotCleared(clearance)


def _offer_of(wanted: Wanted) -> Offer | None:
    """Find the rules that are to be asked; whoever books in spite of them asks none."""
    offers = Offer.objects.filter(clinic=wanted.clinic, treatment=wanted.treatment)
    return None if wanted.in_spite else offers.first()
