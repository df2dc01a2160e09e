"""What becomes of a message: each step is written down before and after it, so that a crash leaves no lie."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from corneum.platform.jobs.pauses import any_chance, pause_after
from corneum.platform.jobs.registry import NotYet
from corneum.platform.messages.mime import CannotBeWritten, bare_address, email_bytes
from corneum.platform.messages.models import Message, StoppedNumber
from corneum.platform.messages.queries import texts_within_a_day
from corneum.platform.messages.transports import (
    BadAddress,
    NotTaken,
    NumberStopped,
    Parcel,
    Refused,
    Transport,
    Unknown,
    transport,
)
from corneum.platform.messages.truth import NoLongerSo, refuse_what_is_no_longer_so

log = logging.getLogger("corneum.messages")

State = Message.State
# A server that was away for a day has all messages within a quarter of an hour of its return.
LONGEST_PAUSE = timedelta(minutes=8)
LONGEST_PAUSE_FOR_ONE_MAILBOX = timedelta(hours=4)
OUR_FAULT = "Something went wrong on our side while it was being sent."
STOPPED = "They have answered STOP, so no texts go to this number."
# The last word to a number, or the first again: what says so goes to whoever asked for it.
ABOUT_STOPPING = frozenset({"messages/stopped_text", "messages/resumed_text"})


class NoLongerWanted(Exception):
    """It was withdrawn, or another worker is sending it."""


def deliver(ref: str, *, give_up_at: datetime, clock: Callable[[], datetime]) -> None:
    """
    Send one message, if it still waits to be sent.

    Everything up to the message itself is done while it is `queued`; it is `sending` only while the
    server takes it. Found in `sending` at the start, it was left so by a worker that died, and nobody
    can know whether it arrived: it becomes `uncertain`, and a person decides. What is no longer so when
    its turn comes is withdrawn.

    :raises NotYet: it was certainly not sent, and is to be tried again
    """
    message = Message.objects.select_related("clinic").get(ref=ref)
    if message.state == State.SENDING:
        _doubt(message, "The worker stopped while the message was being sent.")
        return
    if message.state != State.QUEUED:
        return
    try:
        _hand_over(message, clock)
    except NoLongerWanted:
        return
    except NoLongerSo as changed:
        _move(message, State.WITHDRAWN, changed.sentence)
    except CannotBeWritten:
        _fail(message, "The address is not one that a message can go to.")
    except NumberStopped as stopped:
        _stop(message, stopped.sentence, clock())
    except Refused as refused:
        _fail(message, refused.sentence)
    except Unknown as unknown:
        _doubt(message, unknown.sentence)
    except NotTaken as not_taken:
        _wait(message, not_taken, give_up_at, clock())


def _hand_over(message: Message, clock: Callable[[], datetime]) -> None:
    try:
        parcel = parcel_of(message)
        with _transport(message).reach(parcel) as hand_over:
            _begin(message, clock())
            provider_id = hand_over() or ""
            _sent(message, clock(), provider_id)
    except NotYet as later:  # not before then, and the desk sees until when
        Message.objects.filter(pk=message.pk, state=State.QUEUED).update(send_at=later.until, last_error=later.reason)
        raise


def abandon(ref: str) -> None:
    """Give up a message that our own fault has kept from leaving, so that staff see it."""
    Message.objects.filter(ref=ref, state=State.QUEUED).update(state=State.FAILED, last_error=OUR_FAULT)
    Message.objects.filter(ref=ref, state=State.SENDING).update(state=State.UNCERTAIN, last_error=OUR_FAULT)


def parcel_of(message: Message) -> Parcel:
    """
    Pack a message for the road.

    :raises CannotBeWritten: e-mail cannot carry it
    :raises NotTaken: our own address cannot be understood, which waits until the setting is mended
    """
    name = f"{message.created_at:%Y%m%dT%H%M%SZ}-{message.ref}"
    if message.channel == Message.Channel.TEXT:
        content = f"To: {message.to}\n\n{message.text}\n".encode()
        reports_to = f"{settings.SITE_URL}{reverse('messages:report', args=[message.ref])}"
        return Parcel(name, ".txt", "", message.to, content, message.text, str(message.ref), reports_to)
    try:
        sender = bare_address(settings.MAIL_FROM)
    except CannotBeWritten as error:
        raise NotTaken("The address that messages come from cannot be understood; see CORNEUM_MAIL_FROM.") from error
    content = email_bytes(message, sender=settings.MAIL_FROM)
    return Parcel(name, ".eml", sender, bare_address(message.to), content)


def _transport(message: Message) -> Transport:
    is_text = message.channel == Message.Channel.TEXT
    url = settings.TEXT_URL if is_text else settings.MAIL_URL
    if is_text and url.startswith("smtp"):
        raise NotTaken("Text messages cannot be sent by a mail server; see CORNEUM_TEXT_URL.")
    if not is_text and url.startswith("twilio"):
        raise NotTaken("E-mails cannot be sent by a text provider; see CORNEUM_MAIL_URL.")
    try:
        return transport(url)
    except BadAddress as error:
        raise NotTaken("The setting that says how to send messages cannot be understood.") from error


@transaction.atomic
def _begin(message: Message, at: datetime) -> None:
    """Write down, before the server is given anything, that it is about to be: if it is still so, and may be."""
    refuse_what_is_no_longer_so(message, at)
    if message.channel == Message.Channel.TEXT:
        _refuse_text(message, at)
    won = Message.objects.filter(pk=message.pk, state=State.QUEUED, attempts=message.attempts).update(
        state=State.SENDING, attempts=F("attempts") + 1
    )
    if not won:
        raise NoLongerWanted
    message.attempts += 1
    message.state = State.SENDING


def _refuse_text(message: Message, at: datetime) -> None:
    """
    Refuse a text that its reader does not want, or that would pass the day's ceiling.

    Workers that look at the same moment may pass it by one each: a ceiling on what a fault can cost is not an account.
    """
    if message.template not in ABOUT_STOPPING and StoppedNumber.objects.filter(number=message.to).exists():
        raise Refused(STOPPED)
    if settings.TEXTS_PER_DAY and texts_within_a_day(at) >= settings.TEXTS_PER_DAY:
        raise NotTaken(f"The day's ceiling of {settings.TEXTS_PER_DAY} text messages is reached.")


def _stop(message: Message, sentence: str, at: datetime) -> None:
    """Take the provider's word that they want no texts; what would have confirmed it is not needed then."""
    StoppedNumber.objects.get_or_create(number=message.to, defaults={"told": StoppedNumber.Told.PROVIDER, "at": at})
    if message.template in ABOUT_STOPPING:
        _move(message, State.WITHDRAWN, "The text provider has answered them itself.")
    else:
        _fail(message, sentence)


def _sent(message: Message, at: datetime, provider_id: str) -> None:
    # Whoever found us slow may have called it uncertain meanwhile; we know better.
    Message.objects.filter(pk=message.pk, state__in=[State.SENDING, State.UNCERTAIN], attempts=message.attempts).update(
        state=State.SENT, sent_at=at, last_error="", provider_id=provider_id
    )
    log.info("message %s is sent", message.ref)


def _fail(message: Message, sentence: str) -> None:
    _move(message, State.FAILED, sentence)
    log.warning("message %s could not be sent: %s", message.ref, sentence)


def _doubt(message: Message, sentence: str) -> None:
    _move(message, State.UNCERTAIN, sentence)
    log.warning("message %s may or may not have been sent: %s", message.ref, sentence)


def _wait(message: Message, why: NotTaken, give_up_at: datetime, at: datetime) -> None:
    if at >= give_up_at:
        _fail(message, f"{why.sentence} We have stopped trying.")
        return
    _move(message, State.QUEUED, why.sentence)
    longest = LONGEST_PAUSE_FOR_ONE_MAILBOX if why.is_about_one_mailbox else LONGEST_PAUSE
    raise NotYet(why.sentence, at + pause_after(message.attempts, any_chance(), longest))


def _move(message: Message, state: Message.State, sentence: str) -> None:
    """Move it on, unless somebody else has; an attempt that came to nothing counts as one."""
    attempts = message.attempts if message.state == State.SENDING else message.attempts + 1
    Message.objects.filter(pk=message.pk, state=message.state, attempts=message.attempts).update(
        state=state, attempts=attempts, last_error=sentence
    )
    message.attempts = attempts
