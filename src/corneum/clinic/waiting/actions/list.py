"""Joining the list, leaving it, standing first in it, and being forgotten by it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.crypto import salted_hmac

from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import may_still_change
from corneum.clinic.patients.contact import Contact
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.clinic.waiting import letters
from corneum.clinic.waiting.closing import ask_for_offers, close
from corneum.clinic.waiting.models import FreedOffer, Wait, WaitWindow
from corneum.clinic.waiting.queries import live_waits_of, locked_line
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.waiting import Window
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import withdraw_messages

State = Wait.State
MOST_WAITS = 3  # of one person at one clinic: nobody has shown that the address is theirs


class TooManyWaits(ClinicError):
    """This email address or number is on our waiting list three times already. Leave one of them first, or call us."""


class NoTimeLeft(ClinicError):
    """Choose days that are still to come."""


class NotOnTheList(ClinicError):
    """This person is not on the list any more."""


class NoReason(ClinicError):
    """Say why they should be asked first."""


@action
def join_waiting_list(
    *,
    clinic: Clinic,
    treatment: Treatment,
    practitioner: Practitioner | None,
    windows: Sequence[Window],
    expires_on: date,
    name: str,
    contact: Contact,
    later: Appointment | None,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Wait:
    """
    Put somebody on a clinic's waiting list, and tell them how to leave it.

    :param practitioner: with whom only; None for anyone
    :param windows: when they could come, in as many stretches as they like
    :param expires_on: the last day on which they wait
    :param later: an appointment of theirs that they might give up: only sooner times are then offered
    :raises NoTimeLeft: no window is still to come, or the last day is over
    :raises TooManyWaits: they are on this list three times
    """
    today = local(minute_of(at), clinic.zone).date()
    kept = [window for window in windows if window.last >= today and window.first <= expires_on]
    if not kept or expires_on < today or (later is not None and not may_still_change(later, at)):
        raise NoTimeLeft
    person = _person(clinic, contact)
    locked_line(clinic)
    if live_waits_of(clinic, person) >= MOST_WAITS:
        raise TooManyWaits
    wait = Wait.objects.create(
        clinic=clinic,
        treatment=treatment,
        practitioner=practitioner,
        name=name,
        email=contact.email,
        phone=contact.phone,
        person=person,
        later=later,
        patient=later.patient if later else None,
        joined_at=at,
        expires_on=expires_on,
    )
    WaitWindow.objects.bulk_create(
        WaitWindow(
            wait=wait,
            first=window.first,
            last=window.last,
            weekdays=window.weekdays,
            opens=window.opens,
            closes=window.closes,
        )
        for window in kept
    )
    letters.tell_joined(wait, by=by, at=at)
    record("waiting.join_waiting_list", entity=wait, by=by, at=at, clinic=clinic, press=press)
    return wait


@action
def leave_waiting_list(*, wait: Wait, by: Actor, at: datetime) -> Wait:
    """Take somebody off the list, at their wish or the desk's; what is kept for them goes to the next. Again: no harm."""
    locked_line(wait.clinic)
    wait = Wait.objects.select_related("clinic").get(pk=wait.pk)
    if wait.state == State.WAITING:
        for offer in wait.offers.filter(state=FreedOffer.State.OPEN).select_related("hold__clinic"):
            close(offer, FreedOffer.State.WITHDRAWN, by=by, at=at)
            ask_for_offers(wait.clinic, key=offer.ref, at=at)
        withdraw_messages(about=wait, by=by, at=at)
        wait.state = State.REMOVED if by.kind == "staff" else State.LEFT
        wait.ended_at = at
        wait.save(update_fields=["state", "ended_at"])
    record("waiting.leave_waiting_list", entity=wait, by=by, at=at, clinic=wait.clinic)
    return wait


@action
def mark_urgent(*, wait: Wait, reason: str, user: User, by: Actor, at: datetime) -> Wait:
    """
    Let somebody be asked before all who are not urgent; who said so and why is kept.

    :raises NoReason: no reason is given
    :raises NotOnTheList: they wait no longer
    """
    if not reason.strip():
        raise NoReason
    return _say_urgent(wait, "waiting.mark_urgent", reason.strip(), user, by=by, at=at)


@action
def mark_not_urgent(*, wait: Wait, by: Actor, at: datetime) -> Wait:
    """
    Let somebody stand where the day they joined puts them.

    :raises NotOnTheList: they wait no longer
    """
    return _say_urgent(wait, "waiting.mark_not_urgent", "", None, by=by, at=at)


@action
def forget_waits(*, waits: Iterable[Wait], by: Actor, at: datetime) -> int:
    """Delete waits with all that was typed into them, and answer with how many those were."""
    forgotten = 0
    for wait in waits:
        record("waiting.forget_wait", entity=wait, by=by, at=at, clinic=wait.clinic)
        wait.delete()
        forgotten += 1
    return forgotten


def _say_urgent(wait: Wait, event: str, reason: str, user: User | None, *, by: Actor, at: datetime) -> Wait:
    rows = Wait.objects.filter(pk=wait.pk, state=State.WAITING)
    if not rows.update(is_urgent=bool(reason), urgent_reason=reason, urgent_by=user):
        raise NotOnTheList
    wait.is_urgent, wait.urgent_reason, wait.urgent_by = bool(reason), reason, user
    record(event, entity=wait, by=by, at=at, clinic=wait.clinic)
    return wait


def _person(clinic: Clinic, contact: Contact) -> str:
    """Name whoever is reached there, so that they are known again and cannot be read from it."""
    reached = contact.email.casefold() or contact.phone
    return salted_hmac("corneum.waiting", f"{clinic.pk}\n{reached}", algorithm="sha256").hexdigest()
