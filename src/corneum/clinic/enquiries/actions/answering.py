"""Answering somebody, and noting what the team should know."""

from datetime import datetime

from corneum.clinic.enquiries.drafts import drop_draft
from corneum.clinic.enquiries.latest import locked
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.reach import way_to
from corneum.clinic.enquiries.threads import reply_address
from corneum.domain.errors import ClinicError
from corneum.domain.saved_words import refuse_placeholders
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message

State = Enquiry.State


class OnlyByTelephone(ClinicError):
    """This person gave a number that takes no text messages. Ring them, and note here what was said."""


class NothingSaid(ClinicError):
    """Write something first."""


@action
def reply_to_enquiry(
    *, enquiry: Enquiry, text: str, seen: str, user: User, by: Actor, at: datetime, press: str = ""
) -> Entry:
    """
    Answer by e-mail, or by text message whoever gave a mobile number only, and let it wait for them.

    :param seen: the ref of the last entry that they had read when they wrote
    :raises OnlyByTelephone: they can only be rung
    :raises TextTooLong: it is longer than one text message
    :raises NothingSaid: the reply is empty
    :raises NotFilledIn: a placeholder of a saved reply was left in it
    :raises ChangedMeanwhile: more was said since, or it was moved
    """
    channel = way_to(enquiry)
    if not channel:
        raise OnlyByTelephone
    if not text.strip():
        raise NothingSaid
    refuse_placeholders(text)
    enquiry = locked(enquiry, seen=seen)
    message = queue_message(
        clinic=enquiry.clinic,
        channel=channel,
        template="enquiries/reply" if channel == "email" else "enquiries/reply_text",
        context={"text": text.strip(), "by_name": user.name},
        to=enquiry.email or enquiry.phone,
        to_name=enquiry.name,
        about=enquiry,
        in_reply_to=_last_mail_of(enquiry),
        reply_to=reply_address(enquiry) if channel == "email" else "",
        by=by,
        at=at,
    )
    entry = Entry.objects.create(
        enquiry=enquiry, kind=Entry.Kind.OURS, text=text.strip(), at=at, by=user, message_ref=message.ref
    )
    drop_draft(enquiry, user)
    _answered(enquiry, user, at)
    record("enquiries.reply_to_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, press=press)
    return entry


@action
def note_on_enquiry(
    *, enquiry: Enquiry, text: str, seen: str, user: User, answers: bool, by: Actor, at: datetime, press: str = ""
) -> Entry:
    """
    Note something for the team, which the sender never sees.

    :param seen: the ref of the last entry that they had read; asked of a note that answers
    :param answers: they were rung, so the conversation now waits for them
    :raises NothingSaid: the note is empty
    :raises ChangedMeanwhile: somebody else answered since
    """
    if not text.strip():
        raise NothingSaid
    if answers:
        enquiry = locked(enquiry, seen=seen)
    entry = Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.NOTE, text=text.strip(), at=at, by=user)
    if answers:
        _answered(enquiry, user, at)
    record(
        "enquiries.note_on_enquiry", entity=enquiry, by=by, at=at, clinic=enquiry.clinic, press=press, answers=answers
    )
    return entry


def _last_mail_of(enquiry: Enquiry) -> str:
    """Give the Message-ID of the last e-mail they wrote, so that their program shows our answer below it."""
    theirs = enquiry.entries.filter(kind=Entry.Kind.THEIRS).exclude(mail_id="").order_by("-id")
    return theirs.values_list("mail_id", flat=True).first() or ""


def _answered(enquiry: Enquiry, user: User, at: datetime) -> None:
    enquiry.state, enquiry.snoozed_until = State.ANSWERED, None
    enquiry.assigned_to = enquiry.assigned_to or user
    if enquiry.answered_at is None:
        enquiry.answered_at, enquiry.answered_by = at, user
        enquiry.answered_in_time = enquiry.due_at is None or at <= enquiry.due_at
    enquiry.save()
