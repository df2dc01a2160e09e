"""Asking for messages to be sent, and deciding about those whose fate is not known. Nothing is sent from here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import Known, action, record
from corneum.platform.jobs.queueing import queue
from corneum.platform.messages import gsm
from corneum.platform.messages.models import Message, StoppedNumber, Wording
from corneum.platform.messages.wordings import EMAIL, Editable, check, worded_by, words_for
from corneum.platform.messages.words import Words, email_words, text_words

PATIENCE = timedelta(hours=72)  # a mail server may be away for a weekend
LONGEST_SUBJECT = 200
LONGEST_NAME = 120
BOUNCED = "It came back: a mail server could not deliver it to this address."
# What a text provider says of a message, and what that means.
ARRIVED, LOST = frozenset({"delivered", "read"}), frozenset({"undelivered", "failed", "canceled"})
NETWORK_SAYS = {
    "30003": "the telephone is switched off or out of reach",
    "30004": "the telephone blocks our texts",
    "30005": "the number is not in use",
    "30006": "the number is a landline, or cannot be reached by text",
    "30007": "the network took it for an advertisement",
}
CONTROL = frozenset(map(chr, [*range(32), 127, 0x85, 0x2028, 0x2029]))


class LineBreak(ClinicError):
    """An address, a name or a subject must not contain a line break."""


class NotAnAddress(ClinicError):
    """A message cannot be sent to this address. Check it and try again."""


class TextTooLong(ClinicError):
    """This text message is longer than 160 characters. Shorten it."""


class NotInDoubt(ClinicError):
    """There is nothing to decide about this message any more: reload the page to see what became of it."""


@action
def queue_message(
    *,
    clinic: Clinic | None,
    channel: str,
    template: str,
    context: dict[str, Any],
    to: str,
    to_name: str,
    about: Known | None,
    by: Actor,
    at: datetime,
    send_at: datetime | None = None,
    attachments: Sequence[dict[str, str]] = (),
    in_reply_to: str = "",
    reply_to: str = "",
) -> Message:
    """
    Queue one e-mail or text, written from a template now, to be sent when the transaction around it has come true.

    :param template: such as booking/booked (words.py); it also knows `clinic`, `to_name` and `site_url`.
        One that a clinic may put into its own words (wordings.py) is written in those
    :param about: what it is about, by which it can be withdrawn
    :param send_at: not before this moment; at once if left out
    :param in_reply_to: the Message-ID of what it answers
    :param reply_to: the address to which an answer is to go; the sender's if left out
    :param attachments: each {"name", "type", "text"}; type such as text/calendar; method=REQUEST
    :raises UnknownTemplate: there is no such template
    :raises LineBreak: an address, name or subject would break out of its line
    :raises NotAnAddress: nothing can be sent there
    :raises TextTooLong: a text message would need a second one
    """
    known = {"clinic": clinic, "to_name": to_name, "site_url": settings.SITE_URL, **context}
    message = Message(
        clinic=clinic,
        channel=channel,
        template=template,
        to=to,
        to_name=to_name,
        send_at=send_at or at,
        attachments=list(attachments),
        in_reply_to=in_reply_to,
        reply_to=reply_to,
    )
    own = worded_by(clinic, template)
    if own is not None and clinic is not None:
        words = words_for(own, clinic, context, button=(known.get("button", ""), known.get("button_url", "")))
    else:
        words = email_words(template, known) if channel == EMAIL else text_words(template, known)
    return _queue(message, words, about=about, by=by, at=at)


@action
def queue_words(
    *, words: Words, template: str, to: str, to_name: str, about: Known | None, by: Actor, at: datetime
) -> Message:
    """
    Queue an e-mail whose words were written elsewhere, such as the identity library's; no clinic's desk sees it.

    :raises LineBreak: an address, name or subject would break out of its line
    :raises NotAnAddress: nothing can be sent there
    """
    message = Message(channel=Message.Channel.EMAIL, template=template, to=to, to_name=to_name, send_at=at)
    return _queue(message, words, about=about, by=by, at=at)


@action
def withdraw_messages(*, about: Known, by: Actor, at: datetime, only: Collection[str] | None = None) -> int:
    """
    Withdraw the messages about something that have not begun to be sent, and answer with how many those were.

    :param only: the refs of those that may be withdrawn; all of them if left out
    """
    waiting = Message.objects.filter(
        about_kind=about._meta.label_lower, about_ref=about.ref, state=Message.State.QUEUED
    )
    if only is not None:
        waiting = waiting.filter(ref__in=only)
    # One at a time and by its state: a worker may be taking one of them at this moment.
    withdrawn = [
        message
        for message in waiting.select_related("clinic")
        if Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(state=Message.State.WITHDRAWN)
    ]
    if withdrawn:
        record(
            "messages.withdraw_messages",
            entity=about,
            by=by,
            at=at,
            clinic=withdrawn[0].clinic,
            messages=[message.ref for message in withdrawn],
        )
    return len(withdrawn)


@action
def send_again(*, message: Message, by: Actor, at: datetime) -> Message:
    """
    Send a message again that failed, or that may not have arrived: the same words, the same Message-ID.

    :raises NotInDoubt: somebody has decided already, or it was sent
    """
    _decide(message, Message.State.QUEUED, sent_at=None, provider_id="")
    # The moment is part of the key: each decision is a new piece of work.
    _queue_sending(message, key=f"message:{message.ref}:{at.isoformat()}", due_at=at, at=at)
    record("messages.send_again", entity=message, by=by, at=at, clinic=message.clinic)
    return message


@action
def mark_arrived(*, message: Message, by: Actor, at: datetime) -> Message:
    """
    Note that a message arrived after all, as somebody has found out.

    :raises NotInDoubt: somebody has decided already, or it was sent
    """
    _decide(message, Message.State.SENT, sent_at=at, arrived_at=at)
    record("messages.mark_arrived", entity=message, by=by, at=at, clinic=message.clinic)
    return message


@action
def report_delivery(*, message: Message, status: str, provider_id: str, code: str, by: Actor, at: datetime) -> Message:
    """
    Keep what the text provider says became of a message; its word also settles a doubt of ours.

    Reports come in any order and more than once: what arrived has arrived, whatever is said later.

    :param status: the provider's own word: queued, sent, delivered, undelivered, failed …
    :param code: its number of what went wrong, if anything did
    """
    message = Message.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=message.pk)
    is_waiting = message.state in {Message.State.QUEUED, Message.State.WITHDRAWN}
    if message.arrived_at is not None or (is_waiting and status not in ARRIVED):
        return message
    message.provider_id = provider_id
    if status in ARRIVED:
        message.state, message.arrived_at, message.last_error = Message.State.SENT, at, ""
    elif status in LOST:
        message.state, message.last_error = Message.State.FAILED, _lost_because(code)
    elif message.state in {Message.State.SENDING, Message.State.UNCERTAIN}:
        message.state, message.last_error = Message.State.SENT, ""
    message.sent_at = (message.sent_at or at) if message.state == Message.State.SENT else None
    message.save(update_fields=["state", "arrived_at", "last_error", "sent_at", "provider_id"])
    if status in ARRIVED | LOST:
        record("messages.report_delivery", entity=message, by=by, at=at, clinic=message.clinic, status=status)
    return message


@action
def note_bounce(*, message_ids: Collection[str], by: Actor, at: datetime) -> int:
    """Mark the e-mails of which a mail server has said that they came back, and answer with how many those were."""
    returned = list(
        Message.objects.filter(
            message_id__in=message_ids, channel=Message.Channel.EMAIL, state=Message.State.SENT, arrived_at=None
        ).select_related("clinic")
    )
    for message in returned:
        message.state, message.sent_at, message.last_error = Message.State.FAILED, None, BOUNCED
        message.save(update_fields=["state", "sent_at", "last_error"])
        record("messages.note_bounce", entity=message, by=by, at=at, clinic=message.clinic)
    return len(returned)


@action
def stop_texts(*, number: str, clinic: Clinic, by: Actor, at: datetime) -> StoppedNumber:
    """Send no more texts to a number, whichever clinic it is about, and tell its owner so, once and by text."""
    us = StoppedNumber.Told.US
    stopped, _ = StoppedNumber.objects.get_or_create(number=number, defaults={"told": us, "at": at})
    queue_message(
        clinic=clinic, channel="text", template="messages/stopped_text", context={}, to=number, to_name="",
        about=stopped, by=by, at=at,
    )  # fmt: skip
    record("messages.stop_texts", entity=stopped, by=by, at=at, clinic=clinic)
    return stopped


@action
def resume_texts(*, number: str, clinic: Clinic, by: Actor, at: datetime) -> None:
    """Send texts to a number again, as its owner has asked, and tell them so."""
    stopped = StoppedNumber.objects.filter(number=number).first()
    if stopped is None:
        return
    queue_message(
        clinic=clinic, channel="text", template="messages/resumed_text", context={}, to=number, to_name="",
        about=stopped, by=by, at=at,
    )  # fmt: skip
    record("messages.resume_texts", entity=stopped, by=by, at=at, clinic=clinic)
    stopped.delete()


@action
def word_message(
    *,
    clinic: Clinic,
    message: Editable,
    subject: str,
    text: str,
    facts: Mapping[str, str],
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Wording:
    """
    Put a message into the clinic's own words, as a new version; what was sent stays as it was sent.

    :param facts: what is known of this clinic, for counting a text as it will be sent
    :raises UnknownPlaceholder: a placeholder cannot be filled in; the sentence names it, and those that can
    :raises LongerThanOneText: a text takes a second one
    :raises NothingSaid: nothing is written, or something is missing that the message is of no use without
    :raises NoOwnSubject: an e-mail has no subject
    """
    check(message, subject, text, facts=facts)
    return _next_wording(clinic, message, subject.strip(), text.strip(), user, by=by, at=at, press=press)


@action
def restore_sample(
    *, clinic: Clinic, message: Editable, user: User, by: Actor, at: datetime, press: str = ""
) -> Wording:
    """Send a message in the words of its sample again; the clinic's own stay among the versions."""
    return _next_wording(clinic, message, "", "", user, by=by, at=at, press=press)


def _next_wording(
    clinic: Clinic, message: Editable, subject: str, text: str, user: User, *, by: Actor, at: datetime, press: str
) -> Wording:
    Clinic.objects.select_for_update().get(pk=clinic.pk)  # one version after the other
    last = Wording.objects.filter(clinic=clinic, template=message.template).first()
    made = Wording.objects.create(
        clinic=clinic, template=message.template, number=last.number + 1 if last else 1, subject=subject, text=text,
        at=at, written_by=user,
    )  # fmt: skip
    name = "messages.word_message" if text else "messages.restore_sample"
    record(name, entity=made, by=by, at=at, clinic=clinic, press=press, template=message.template, number=made.number)
    return made


def _lost_because(code: str) -> str:
    why = NETWORK_SAYS.get(code, "the network could not deliver it")
    return f"It did not arrive: {why}{f' ({code})' if code.isdecimal() else ''}."


def _decide(message: Message, state: Message.State, **changed: Any) -> None:
    in_doubt = [Message.State.FAILED, Message.State.UNCERTAIN]
    if not Message.objects.filter(pk=message.pk, state__in=in_doubt).update(state=state, **changed):
        raise NotInDoubt
    message.refresh_from_db()


def _queue(message: Message, words: Words, *, about: Known | None, by: Actor, at: datetime) -> Message:
    """Complete a message that says where it goes and when, and queue it."""
    if any(
        CONTROL.intersection(line)
        for line in (words.subject, message.to, message.to_name, message.in_reply_to, message.reply_to)
    ):
        raise LineBreak
    message.text = words.text if message.channel == Message.Channel.EMAIL else gsm.simplified(words.text)
    _check_reach(message)
    message.subject, message.html = _shortened(words.subject), words.html
    message.to_name = message.to_name[:LONGEST_NAME]
    if about is not None:
        message.about_kind, message.about_ref = about._meta.label_lower, about.ref
    message.message_id = f"<{message.ref}@{_our_domain()}>"
    message.created_at, message.written_by_id = at, by.user_id
    message.save(force_insert=True)
    _queue_sending(message, key=f"message:{message.ref}", due_at=message.send_at, at=at)
    record(
        "messages.queue_message",
        entity=message,
        by=by,
        at=at,
        clinic=message.clinic,
        template=message.template,
        channel=message.channel,
    )
    return message


def _queue_sending(message: Message, *, key: str, due_at: datetime, at: datetime) -> None:
    give_up_at = (due_at + PATIENCE).isoformat()
    payload = {"ref": message.ref, "give_up_at": give_up_at}
    queue(key=key, kind="messages.send", payload=payload, due_at=due_at, at=at)


def _check_reach(message: Message) -> None:
    if message.channel == Message.Channel.TEXT:
        if not (message.to.startswith("+") and message.to[1:].isdecimal()):
            raise NotAnAddress
        if gsm.length(message.text) > gsm.LONGEST:
            raise TextTooLong
        return
    try:
        validate_email(message.to)
    except ValidationError as error:
        raise NotAnAddress from error


def _our_domain() -> str:
    return parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname or "localhost"


def _shortened(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
