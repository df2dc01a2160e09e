"""Which messages somebody may see, and which of them need a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify

from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within
from corneum.platform.jobs.queries import given_up_count
from corneum.platform.messages.models import Mailbox, Message, StoppedNumber, Wording

State = Message.State
A_DAY = timedelta(days=1)
IN_DOUBT = (State.FAILED, State.UNCERTAIN)
# What the desk can ask for, in the order in which it is offered.
SHOWN: dict[str, tuple[Message.State, ...]] = {
    "all": tuple(State),
    "waiting": (State.QUEUED, State.SENDING),
    "uncertain": (State.UNCERTAIN,),
    "failed": (State.FAILED,),
}


@dataclass(frozen=True, slots=True)
class Troubles:
    """What did not go by itself: messages in doubt, messages that failed, and work that was given up."""

    uncertain: int
    failed: int
    given_up: int

    @property
    def total(self) -> int:
        """How many things need a person."""
        return self.uncertain + self.failed + self.given_up


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an e-mail; `slug` names it in an address."""

    name: str
    slug: str
    text: str


def messages_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Message]:
    """Find the messages of a clinic that this person may see, the newest first."""
    return Message.objects.filter(within(user, Right.SEE_MESSAGES), clinic=clinic).order_by("-created_at", "-id")


def message_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Message:
    """
    Find one message that this person may see.

    :raises NotFound: there is none, or it is somebody else's
    """
    message = messages_visible_to(user, clinic).select_related("clinic", "written_by").filter(ref=ref).first()
    if message is None:
        raise NotFound
    return message


def messages_shown(user: User | AnonymousUser, clinic: Clinic, show: str) -> QuerySet[Message]:
    """
    Find the messages of one group of SHOWN, without their bodies.

    :raises NotFound: there is no such group
    """
    if show not in SHOWN:
        raise NotFound
    return messages_visible_to(user, clinic).filter(state__in=SHOWN[show]).defer("html", "attachments")


def counts(user: User | AnonymousUser, clinic: Clinic) -> dict[str, int]:
    """Count the messages in each group of SHOWN, in one question."""
    found: dict[str, int] = (
        messages_visible_to(user, clinic)
        .order_by()
        .aggregate(**{name: Count("id", filter=Q(state__in=states)) for name, states in SHOWN.items()})
    )
    return found


def messages_about(user: User | AnonymousUser, clinic: Clinic, *, kind: str, ref: str) -> QuerySet[Message]:
    """
    Find what was sent about one thing, such as an appointment.

    :param kind: such as diary.appointment
    """
    return messages_visible_to(user, clinic).filter(about_kind=kind, about_ref=ref)


def states_of(refs: Collection[str]) -> dict[str, str]:
    """Say of each of these messages, by its ref, what has become of it."""
    return dict(Message.objects.filter(ref__in=refs).values_list("ref", "state"))


def refs_about(message_ids: Collection[str], *, kind: str) -> list[str]:
    """Find what messages with these Message-IDs were about, if it is of this kind: its refs, the latest first."""
    sent = Message.objects.filter(message_id__in=message_ids, about_kind=kind).order_by("-id")
    return list(dict.fromkeys(sent.values_list("about_ref", flat=True)))


def waiting_about(*, kind: str, ref: str) -> list[str]:
    """Find the refs of what is still to be sent about one thing, for whoever is about to take it back."""
    waiting = Message.objects.filter(about_kind=kind, about_ref=ref, state=State.QUEUED)
    return list(waiting.order_by("id").values_list("ref", flat=True))


def attachments_of(message: Message) -> list[Attachment]:
    """Name the files that go with a message."""
    return [
        Attachment(part["name"], slugify(part["name"].replace(".", "-")), part["text"]) for part in message.attachments
    ]


def troubles(clinic: Clinic) -> Troubles:
    """Count what needs a person at this clinic; work that was given up is counted for the whole installation."""
    found = Message.objects.filter(clinic=clinic, state__in=IN_DOUBT).aggregate(
        uncertain=Count("id", filter=Q(state=State.UNCERTAIN)), failed=Count("id", filter=Q(state=State.FAILED))
    )
    return Troubles(found["uncertain"], found["failed"], given_up_count())


def unreached(user: User | AnonymousUser, clinic: Clinic, *, kind: str, refs: Any) -> set[str]:
    """
    Find those things of which a message has failed, or may not have arrived.

    :param refs: those to look at: a list, or a question that gives one
    """
    in_doubt = messages_visible_to(user, clinic).filter(about_kind=kind, about_ref__in=refs, state__in=IN_DOUBT)
    return set(in_doubt.order_by().values_list("about_ref", flat=True))


def wordings_of(user: User | AnonymousUser, clinic: Clinic, template: str) -> QuerySet[Wording]:
    """Find the versions of a message in a clinic's own words, the latest first."""
    own = Wording.objects.filter(within(user, Right.CHANGE_CLINIC), clinic=clinic, template=template)
    return own.select_related("written_by")


def texts_within_a_day(at: datetime) -> int:
    """Count the texts that left within a day, or may have: what the day's ceiling is about."""
    recent = Q(sent_at__gt=at - A_DAY) | Q(state__in=[State.SENDING, State.UNCERTAIN], created_at__gt=at - 3 * A_DAY)
    return Message.objects.filter(recent, channel=Message.Channel.TEXT).count()


def texts_are_held_back(at: datetime) -> bool:
    """Say whether texts that are due wait because the day's ceiling is reached."""
    if not settings.TEXTS_PER_DAY or texts_within_a_day(at) < settings.TEXTS_PER_DAY:
        return False
    return Message.objects.filter(channel=Message.Channel.TEXT, state=State.QUEUED, send_at__lte=at).exists()


def wants_no_texts(number: str) -> bool:
    """Say whether whoever has this number has answered STOP."""
    return StoppedNumber.objects.filter(number=number).exists()


def last_text_to(number: str) -> Message | None:
    """Find the last text that left for a number, or may have."""
    texts = Message.objects.filter(channel=Message.Channel.TEXT, to=number, state__in=[State.SENT, State.UNCERTAIN])
    return texts.select_related("clinic").order_by("-id").first()


def message_of_provider(ref: str, provider_id: str) -> Message:
    """
    Find the text that a provider tells of: by our ref, and its own name if we know it.

    :raises NotFound: there is none
    """
    known = Q(provider_id=provider_id) | Q(provider_id="")
    message = Message.objects.filter(known, ref=ref, channel=Message.Channel.TEXT).select_related("clinic").first()
    if message is None:
        raise NotFound
    return message


def oldest_unsent_at(at: datetime) -> datetime | None:
    """Find since when the message that should have left longest ago has been waiting, for those who watch machines."""
    due = Message.objects.filter(state=State.QUEUED, send_at__lte=at)
    return due.order_by("send_at").values_list("send_at", flat=True).first()


def mailbox_trouble() -> Mailbox | None:
    """Find the mailbox of the settings if it cannot be read at the moment, and since when."""
    if not settings.MAILBOX_URL:
        return None
    return Mailbox.objects.filter(failing_since__isnull=False).order_by("failing_since").first()
