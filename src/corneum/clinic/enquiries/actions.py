"""Receiving a question, answering it, and putting it where it belongs. Nothing is ever discarded."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.verdict import Verdict
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message

State = Enquiry.State
SAME_WORDS_WITHIN = timedelta(minutes=10)


class NoEmailAddress(ClinicError):
    """This person gave no email address. Ring them, and note here what was said."""


class ChangedMeanwhile(ClinicError):
    """Somebody else has just dealt with this conversation. Look at it again; what you typed is kept here."""


class NothingSaid(ClinicError):
    """Write something first."""


@action
def receive_enquiry(
    *,
    clinic: Clinic,
    name: str,
    email: str,
    phone: str,
    text: str,
    page: str,
    about: str,
    verdict: Verdict,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Enquiry:
    """
    Receive a question, into the inbox or, if the verdict says so, apart from it.

    The same words from the same person within ten minutes are the same question: somebody went
    back and pressed again.
    """
    fingerprint = _fingerprint(email or phone, text)
    same = Enquiry.objects.filter(
        clinic=clinic, fingerprint=fingerprint, received_at__gt=at - SAME_WORDS_WITHIN
    ).first()
    if same is not None:
        record("enquiries.receive_enquiry_again", entity=same, by=by, at=at, clinic=clinic, press=press)
        return same
    enquiry = Enquiry.objects.create(
        clinic=clinic,
        name=name,
        email=email,
        phone=phone,
        page=page[:120],
        about=about[:80],
        state=State.SPAM if verdict.is_spam else State.OPEN,
        verdict=list(verdict.reasons),
        fingerprint=fingerprint,
        received_at=at,
    )
    Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.THEIRS, text=text, at=at)
    record(
        "enquiries.receive_enquiry",
        entity=enquiry,
        by=by,
        at=at,
        clinic=clinic,
        press=press,
        is_spam=verdict.is_spam,
        reasons=list(verdict.reasons),
    )
    return enquiry


@action
def reply_to_enquiry(*, enquiry: Enquiry, text: str, user: User, by: Actor, at: datetime, press: str = "") -> Entry:
    """
    Answer by e-mail, and put the conversation with those waiting for them.

    :raises NoEmailAddress: they can only be rung
    :raises NothingSaid: the reply is empty
    :raises ChangedMeanwhile: it was answered, closed or kept apart since it was read
    """
    if not enquiry.email:
        raise NoEmailAddress
    if not text.strip():
        raise NothingSaid
    enquiry = _locked(enquiry)
    message = queue_message(
        clinic=enquiry.clinic,
        channel="email",
        template="enquiries/reply",
        context={"text": text.strip(), "by_name": user.name},
        to=enquiry.email,
        to_name=enquiry.name,
        about=enquiry,
        by=by,
        at=at,
    )
    entry = Entry.objects.create(
        enquiry=enquiry, kind=Entry.Kind.OURS, text=text.strip(), at=at, by=user, message_ref=message.ref
    )
    _answered(enquiry, user, at)
    record("enquiries.reply_to_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, press=press)
    return entry


@action
def note_on_enquiry(
    *, enquiry: Enquiry, text: str, user: User, answers: bool, by: Actor, at: datetime, press: str = ""
) -> Entry:
    """
    Note something for the team, which the sender never sees.

    :param answers: they were rung, so the conversation now waits for them
    :raises NothingSaid: the note is empty
    """
    if not text.strip():
        raise NothingSaid
    if answers:
        enquiry = _locked(enquiry)
    entry = Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.NOTE, text=text.strip(), at=at, by=user)
    if answers:
        _answered(enquiry, user, at)
    record(
        "enquiries.note_on_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, press=press, answers=answers
    )
    return entry


@action
def take_enquiry(*, enquiry: Enquiry, user: User, by: Actor, at: datetime) -> None:
    """
    Take a conversation on oneself.

    :raises ChangedMeanwhile: somebody else has taken it since it was read
    """
    if not Enquiry.objects.filter(pk=enquiry.pk, assigned_to=enquiry.assigned_to_id).update(assigned_to=user):
        raise ChangedMeanwhile
    record("enquiries.take_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def close_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Put a conversation away as finished."""
    _move(enquiry, State.CLOSED)
    record("enquiries.close_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def reopen_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Put a conversation back among those that wait for us."""
    _move(enquiry, State.OPEN)
    record("enquiries.reopen_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def release_enquiry(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Let somebody who was kept apart as spam into the inbox: it was a person."""
    _move(enquiry, State.OPEN)
    record("enquiries.release_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


@action
def keep_enquiry_apart(*, enquiry: Enquiry, by: Actor, at: datetime) -> None:
    """Keep a conversation apart as spam, by a person's judgement."""
    _move(enquiry, State.SPAM)
    record("enquiries.keep_enquiry_apart", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)


def _answered(enquiry: Enquiry, user: User, at: datetime) -> None:
    enquiry.state = State.ANSWERED
    enquiry.assigned_to = enquiry.assigned_to or user
    if enquiry.answered_at is None:
        enquiry.answered_at, enquiry.answered_by = at, user
    enquiry.save(update_fields=["state", "assigned_to", "answered_at", "answered_by"])


def _move(enquiry: Enquiry, state: Enquiry.State) -> None:
    """Move it from the state in which it was read; if it is no longer in that, somebody else was there."""
    if not Enquiry.objects.filter(pk=enquiry.pk, state=enquiry.state).update(state=state):
        raise ChangedMeanwhile
    enquiry.state = state


def _locked(enquiry: Enquiry) -> Enquiry:
    """Read it anew and lock it, so that two people do not both answer."""
    now = Enquiry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=enquiry.pk)
    if (now.state, now.answered_at) != (enquiry.state, enquiry.answered_at):
        raise ChangedMeanwhile
    return now


def _fingerprint(contact: str, text: str) -> str:
    words = " ".join(text.casefold().split())
    return salted_hmac("corneum.enquiries", f"{contact.casefold()}\n{words}", algorithm="sha256").hexdigest()
