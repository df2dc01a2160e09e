"""Whose turn it is: what one patient may not have besides what they have, or not yet."""

from datetime import datetime

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.placing import Wanted
from corneum.clinic.diary.queries.limits import days_too_near, has_enough_to_come, needs_consultation
from corneum.clinic.patients.models import Patient
from corneum.clinic.treatments.models import Offer
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local


class EnoughToCome(ClinicError):
    """There are as many of these appointments to come already as one person may have. Call us, and we will help."""


class NotYet(ClinicError):
    """This time is too soon for this patient. Please choose a later one."""


class ConsultationFirst(NotYet):
    """This treatment follows a consultation. Please book a consultation first."""


class TooNear(NotYet):
    """This time is too near to another of these appointments: the skin needs longer between two of them."""

    def __init__(self, days: int) -> None:
        """Say how many days it takes; whose other visit it is, and when, is nothing for whoever types a name."""
        super().__init__(f"There must be at least {days} days between two of these appointments. Choose another day.")


def refuse_beyond_limits(wanted: Wanted, patient: Patient, *, at: datetime) -> None:
    """
    Refuse what one patient may not have besides what they have; asked after their diary has been locked.

    :raises EnoughToCome: they have as many to come as one may have
    :raises NotYet: they have been seen by nobody yet, or their last such visit is too near
    """
    offer = _offer_of(wanted)
    if offer is not None and has_enough_to_come(patient, offer, at=at):
        raise EnoughToCome
    refuse_out_of_turn(wanted, patient)


def refuse_out_of_turn(wanted: Wanted, patient: Patient, *, ignoring: Appointment | None = None) -> None:
    """
    Refuse a time at which it is not this patient's turn yet: a move asks this too, and makes nothing more.

    :raises ConsultationFirst: nobody has seen them by then
    :raises TooNear: another of these visits of theirs lies too few days away
    """
    offer = _offer_of(wanted)
    if offer is None:
        return
    if needs_consultation(patient, offer, starts=wanted.starts, ignoring=ignoring):
        raise ConsultationFirst
    day = local(wanted.starts, wanted.clinic.zone).date()
    if days_too_near(patient, offer, day, day, zone=wanted.clinic.zone, ignoring=ignoring and [ignoring]):
        raise TooNear(offer.least_days_between or 0)


def _offer_of(wanted: Wanted) -> Offer | None:
    """Find the rules that are to be asked; whoever books in spite of them asks none."""
    offers = Offer.objects.filter(clinic=wanted.clinic, treatment=wanted.treatment)
    return None if wanted.in_spite else offers.first()
