"""How an appointment stands towards its patient: until when they may change it, and on which terms."""

from dataclasses import dataclass
from datetime import datetime

from corneum.clinic.booking.words import moment
from corneum.clinic.consent.queries import reflects_until
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import may_still_change, may_still_withdraw
from corneum.clinic.treatments.models import Offer
from corneum.clinic.treatments.queries import offer_at
from corneum.domain.booking import Terms, free_until
from corneum.domain.errors import NotFound
from corneum.domain.money import pounds
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.audit.queries import history_of

# What gives an appointment its time anew: from then on a mistake has its minutes again.
MOVED = frozenset({"diary.move_appointment"})
ASKED, ACCEPTED = "diary.request_held_time", "diary.accept_request"
AGREED = frozenset({*MOVED, "diary.undo_move", ACCEPTED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Until which minute a patient may change it freely, whether they may now, and whether it has been moved."""

    terms: Terms
    until: int
    is_open: bool  # it is booked, or asked for, and has not begun
    may_change: bool
    was_moved: bool
    was_only_asked: bool  # it never became more than a request

    @property
    def is_late(self) -> bool:
        """Whether only the clinic can change it now."""
        return self.is_open and not self.may_change


def terms_of(offer: Offer) -> Terms:
    """This will say on which terms what is offered can be changed by its patient."""
    return Terms(offer.free_cancel_hours, offer.grace_minutes, offer.late_fee_pence)


def standing_of(appointment: Appointment, *, at: datetime) -> Standing:
    """
    This will say how an appointment stands now.

    What is offered no more has no terms, and is freely changed until it begins; so is what was only
    asked for.
    """
    is_request = may_still_withdraw(appointment, at)
    terms = Terms() if is_request else _terms(appointment)
    done = list(history_of(appointment).values_list("action", "at"))
    agreed = [(action, when) for action, when in done if action in AGREED] or [("", appointment.booked_at)]
    last, last_at = agreed[-1]
    until = free_until(appointment.starts, agreed=minute_of(last_at), terms=terms, zone=appointment.zone)
    until = max(until, min(_reflects_until(appointment), appointment.starts))
    is_open = is_request or may_still_change(appointment, at)
    return Standing(
        terms=terms,
        until=until,
        is_open=is_open,
        may_change=is_open and minute_of(at) <= until,
        was_moved=last in MOVED,
        was_only_asked=ASKED in {action for action, _ in done} and ACCEPTED not in {action for action, _ in done},
    )


def change_terms(standing: Standing, phone: str, zone: str) -> str:
    """This will say in a sentence until when it can be changed free, and what then."""
    fee = standing.terms.late_fee_pence
    may_ask = f" We may then ask for {pounds(fee)}." if fee else ""
    if not standing.may_change:
        return f"To change it, call us on {phone}.{may_ask}"
    return f"Move or cancel free until {moment(standing.until, zone)}. Later than that, call us on {phone}.{may_ask}"


def _reflects_until(appointment: Appointment) -> int:
    """Say until when they reflect on what they were told, and so cancel freely whatever the terms; 0 if they do not."""
    until = reflects_until(appointment.patient, appointment.treatment)
    return minute_of(until) if until else 0


def _terms(appointment: Appointment) -> Terms:
    try:
        return terms_of(offer_at(appointment.clinic, appointment.treatment.slug))
    except NotFound:
        return Terms()
