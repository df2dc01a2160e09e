"""Deciding about one visit: accepting what is proposed, choosing otherwise, ringing the patient, cancelling."""

from collections.abc import Callable, Sequence
from datetime import datetime

from corneum.clinic.booking.actions.desk import decline_request
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.replacing.letters import note_declined, tell_together
from corneum.clinic.replacing.models import Replacement
from corneum.clinic.replacing.queries import TO_DECIDE, touched_by
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record

State = Replacement.State
WHY = {"practitioner": "practitioner", "room": "place", "device": "place"}  # as the diary's history says it


class AlreadyDecided(ClinicError):
    """Somebody has decided about this visit already."""

    def __init__(self, replacement: Replacement) -> None:
        """Say who, and what."""
        who = replacement.decided_by.name if replacement.decided_by else "Somebody"
        super().__init__(f"{who} has decided about this visit already: {_SAYS[replacement.state]}.")


class NothingProposed(ClinicError):
    """There is no proposal for this visit. Choose a time, ring the patient or cancel it."""


class NeedsNothing(ClinicError):
    """This visit was moved or cancelled meanwhile, so nothing is to be done about it here."""


_SAYS: dict[str, str] = {
    State.ACCEPTED: "it has a new place",
    State.CANCELLED: "it is cancelled",
    State.SETTLED: "it needs nothing any more",
}


@action
def accept_replacement(*, replacement: Replacement, by: Actor, at: datetime) -> Replacement:
    """
    Give a visit the place that is proposed for it, and tell its patient if they see any change.

    :raises AlreadyDecided: somebody was quicker
    :raises NothingProposed: no place was found for it
    :raises NeedsNothing: it was moved or cancelled meanwhile
    :raises TimeRefused: the place has gone meanwhile; everything stays as it is
    :raises PatientBusy: the patient has something else then
    """
    mine = _locked(replacement)
    if mine.state != State.PROPOSED or mine.starts is None or mine.practitioner is None:
        raise NothingProposed
    _move(mine, mine.starts, mine.practitioner, mine.owners, by=by, at=at)
    told = _decide(mine, State.ACCEPTED, by=by, at=at)
    record("replacing.accept_replacement", entity=mine, by=by, at=at, clinic=mine.outage.clinic, messages=told)
    return mine


@action
def change_replacement(
    *, replacement: Replacement, starts: int, practitioner: Practitioner, by: Actor, at: datetime
) -> Replacement:
    """
    Give a visit another place than the one proposed, and tell its patient if they see any change.

    :raises AlreadyDecided: somebody was quicker
    :raises NeedsNothing: it was moved or cancelled meanwhile
    :raises TimeRefused: the place has gone meanwhile; everything stays as it is
    :raises PatientBusy: the patient has something else then
    """
    mine = _locked(replacement)
    visit = _move(mine, starts, practitioner, (), by=by, at=at)
    mine.starts, mine.practitioner = visit.starts, visit.practitioner
    told = _decide(mine, State.ACCEPTED, by=by, at=at)
    record("replacing.change_replacement", entity=mine, by=by, at=at, clinic=mine.outage.clinic, messages=told)
    return mine


@action
def leave_replacement(*, replacement: Replacement, by: Actor, at: datetime) -> Replacement:
    """
    Leave a visit where it is until its patient has been rung; it can still be decided about.

    :raises AlreadyDecided: somebody was quicker
    :raises NeedsNothing: it was moved or cancelled meanwhile
    """
    mine = _locked(replacement)
    mine.starts = mine.practitioner = None
    mine.state, mine.decided_at, mine.decided_by_id = State.LEFT, at, by.user_id
    mine.lanes = []
    mine.save(update_fields=["state", "starts", "practitioner", "lanes", "decided_at", "decided_by"])
    record("replacing.leave_replacement", entity=mine, by=by, at=at, clinic=mine.outage.clinic)
    return mine


@action
def cancel_replacement(*, replacement: Replacement, reason: str, by: Actor, at: datetime) -> Replacement:
    """
    Cancel a visit for which there is no other place, and tell its patient; the reason stays with the desk.

    A request that nobody has answered is declined: nothing was booked, so no calendar is told.

    :raises AlreadyDecided: somebody was quicker
    :raises RequestExpired: it was a request, and its time to be answered is over
    :raises NeedsNothing: it was moved or cancelled meanwhile
    """
    mine = _locked(replacement)
    mine.starts = mine.practitioner = None
    mine.lanes = []
    if mine.appointment.status == Appointment.Status.PENDING:
        mine.appointment = decline_request(appointment=mine.appointment, reason=reason, tell=True, by=by, at=at)
        told = _decide(mine, State.CANCELLED, by=by, at=at, tell=note_declined)
    else:
        mine.appointment = diary.cancel_appointment(appointment=mine.appointment, reason=reason, by=by, at=at)
        told = _decide(mine, State.CANCELLED, by=by, at=at)
    record("replacing.cancel_replacement", entity=mine, by=by, at=at, clinic=mine.outage.clinic, messages=told)
    return mine


def _locked(replacement: Replacement) -> Replacement:
    """Read it anew and lock it, so that of two desks one decides and the other is told."""
    locked = Replacement.objects.select_for_update().get(pk=replacement.pk)
    if locked.state not in TO_DECIDE:
        raise AlreadyDecided(locked)
    if not touched_by(locked.outage).filter(pk=locked.appointment_id).exists():
        raise NeedsNothing
    return locked


def _move(
    mine: Replacement, starts: int, practitioner: Practitioner, lanes: Sequence[Owner], *, by: Actor, at: datetime
) -> Appointment:
    visit = mine.appointment
    if starts == visit.starts:
        mine.appointment = diary.replace_things(
            appointment=visit, practitioner=practitioner, rather=lanes, by=by, at=at
        )
    else:
        mine.appointment = diary.move_appointment(
            appointment=visit, starts=starts, practitioner=practitioner, rather=lanes, why=WHY[mine.outage.what],
            by=by, at=at,
        )  # fmt: skip
    return mine.appointment


def _decide(
    mine: Replacement, state: State, *, by: Actor, at: datetime, tell: Callable[..., list[str]] = tell_together
) -> list[str]:
    mine.state, mine.decided_at, mine.decided_by_id = state, at, by.user_id
    mine.save(update_fields=["state", "starts", "practitioner", "lanes", "decided_at", "decided_by"])
    return tell(mine, by=by, at=at)
