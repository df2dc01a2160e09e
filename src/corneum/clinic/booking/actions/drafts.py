"""From a chosen time to details that are ready to be confirmed: nothing that was typed is lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from corneum.clinic.booking.models import Draft
from corneum.clinic.booking.queries import locked_draft
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.actions.holds import MINUTES
from corneum.clinic.diary.models import Hold
from corneum.clinic.diary.queries import hold_is_live
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.limits import allow
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

HOLDS_COUNTED_FOR = timedelta(minutes=MINUTES)  # so that this is how many one network can keep from others at once


class TooManyHolds(ClinicError):
    """Many times are being kept from your network just now. Try again in ten minutes, or call us."""


class TwoTimesAtOnce(ClinicError):
    """Two times were chosen at once. Choose the one that you would like."""


@action
def begin_draft(
    *,
    clinic: Clinic,
    treatment: Treatment,
    about: str,
    starts: int,
    practitioner: Practitioner | None,
    page: str,
    network: str,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Draft:
    """
    Keep a time for a visitor and begin what they will fill in.

    Whoever goes back to the page of times and chooses another one changes the draft that they have:
    its first time is free again, and what they typed is still there.

    :param practitioner: None for whoever has the fewest visits that day
    :param page: the token of the page of times, known to this visitor's browser alone
    :param network: where they come from, which may keep only so many times at once
    :raises SlotTaken: it has gone
    :raises NotOffered: it cannot be booked at all
    :raises TooManyHolds: this network keeps too many already
    """
    draft = Draft.objects.select_for_update().filter(page=page, clinic=clinic, appointment=None).first()
    if draft is None:
        hold = _hold(clinic, treatment, starts, practitioner, by=by, at=at)
        with refusing({"booking_draft_page_key": TwoTimesAtOnce}):
            draft = Draft.objects.create(
                page=page,
                clinic=clinic,
                treatment=treatment,
                about=about,
                hold=hold,
                starts=hold.starts,
                practitioner=hold.practitioner,
                is_for_anyone=practitioner is None,
                created_at=at,
            )
    else:
        draft.treatment, draft.about = treatment, about
        _change_time(draft, starts, practitioner, by=by, at=at)
    _refuse_hoarding(network, at)
    record("booking.begin_draft", entity=draft, by=by, at=at, clinic=clinic, press=press, starts=starts)
    return draft


@action
def choose_time(
    *,
    draft: Draft,
    starts: int,
    practitioner: Practitioner | None,
    network: str,
    by: Actor,
    at: datetime,
) -> Draft:
    """
    Keep another time for the same draft, and give up the one it had.

    If the other time has gone, the draft keeps the time that it has.

    :raises SlotTaken: it has gone
    :raises NotOffered: it cannot be booked at all
    :raises TooManyHolds: this network keeps too many already
    """
    draft = locked_draft(draft)
    if draft.appointment_id is None and not _has(draft, starts, practitioner, at):
        _change_time(draft, starts, practitioner, by=by, at=at)
        _refuse_hoarding(network, at)
    record("booking.choose_time", entity=draft, by=by, at=at, clinic=draft.clinic, starts=starts)
    return draft


@action
def take_time_again(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """
    Keep the draft's time, with the person who was named, when it is no longer kept.

    :raises SlotTaken: somebody has it now
    :raises NotOffered: it can no longer be booked, because it is too soon
    """
    draft = locked_draft(draft)
    if draft.appointment_id is None and not (draft.hold and hold_is_live(draft.hold, at)):
        again_for_anyone = draft.is_for_anyone
        _change_time(draft, draft.starts, draft.practitioner, by=by, at=at)
        draft.is_for_anyone = again_for_anyone
        draft.save(update_fields=["is_for_anyone"])
    record("booking.take_time_again", entity=draft, by=by, at=at, clinic=draft.clinic)
    return draft


@action
def keep_details(*, draft: Draft, name: str, contact: str, note: str, by: Actor, at: datetime) -> Draft:
    """Keep what somebody has typed so far, finished or not."""
    draft = locked_draft(draft)
    if draft.appointment_id is None:
        draft.name, draft.contact, draft.note = name, contact, note
        draft.save(update_fields=["name", "contact", "note"])
    record("booking.keep_details", entity=draft, by=by, at=at, clinic=draft.clinic)
    return draft


@action
def keep_time(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """Keep the draft's time ten minutes more, once; pressed again, it stays as long as it was."""
    draft = locked_draft(draft)
    if draft.hold and hold_is_live(draft.hold, at) and not draft.hold.extended:
        draft.hold = diary.extend_hold(hold=draft.hold, by=by, at=at)
    record("booking.keep_time", entity=draft, by=by, at=at, clinic=draft.clinic)
    return draft


@action
def leave_draft(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """Give the time back, and forget what was typed."""
    draft = locked_draft(draft)
    if draft.appointment_id is None:
        _release(draft, by=by, at=at)
        draft.name = draft.contact = draft.note = ""
        draft.save(update_fields=["hold", "name", "contact", "note"])
    record("booking.leave_draft", entity=draft, by=by, at=at, clinic=draft.clinic)
    return draft


@action
def forget_drafts(*, drafts: Iterable[Draft], by: Actor, at: datetime) -> int:
    """Delete drafts with all that was typed into them, and answer with how many those were."""
    forgotten = 0
    for draft in drafts:
        if draft.appointment_id is None:
            _release(draft, by=by, at=at)
        record("booking.forget_draft", entity=draft, by=by, at=at, clinic=draft.clinic)
        draft.delete()
        forgotten += 1
    return forgotten


def _has(draft: Draft, starts: int, practitioner: Practitioner | None, at: datetime) -> bool:
    """Whether the draft keeps this very time already: pressed twice, or chosen again."""
    return (
        draft.hold is not None
        and hold_is_live(draft.hold, at)
        and draft.starts == starts
        and practitioner in {None, draft.practitioner}
    )


def _hold(
    clinic: Clinic, treatment: Treatment, starts: int, practitioner: Practitioner | None, *, by: Actor, at: datetime
) -> Hold:
    return diary.hold_time(clinic=clinic, treatment=treatment, starts=starts, practitioner=practitioner, by=by, at=at)


def _change_time(draft: Draft, starts: int, practitioner: Practitioner | None, *, by: Actor, at: datetime) -> None:
    # The old time goes first: the new one may overlap it. A refusal takes both back.
    _release(draft, by=by, at=at)
    draft.hold = _hold(draft.clinic, draft.treatment, starts, practitioner, by=by, at=at)
    draft.starts, draft.practitioner = draft.hold.starts, draft.hold.practitioner
    draft.is_for_anyone = practitioner is None
    draft.save()


def _release(draft: Draft, *, by: Actor, at: datetime) -> None:
    hold, draft.hold = draft.hold, None
    if hold is not None:
        diary.release_hold(hold=hold, by=by, at=at)


def _refuse_hoarding(network: str, at: datetime) -> None:
    # Inside the transaction, against the rule of `allow`: only times that were really kept are counted.
    most = settings.HOLDS_PER_NETWORK
    if not allow(scope="booking.hold", key=network, per=HOLDS_COUNTED_FOR, most=most, at=at):
        raise TooManyHolds
