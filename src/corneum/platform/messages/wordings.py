"""
Messages that a clinic may put into its own words: samples that are shipped, and what fills their placeholders.

An area says which of its messages those are:

    editable(Editable("reminders/visit_text", channel="text", …))

From then on that message is written from the clinic's own wording or, without one, from the sample.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corneum.domain.errors import ClinicError
from corneum.domain.saved_words import check_placeholders, filled
from corneum.platform.accounts.models import Clinic
from corneum.platform.messages import gsm
from corneum.platform.messages.models import Message, Wording
from corneum.platform.messages.words import Words, own_email_html

EMAIL, TEXT = Message.Channel.EMAIL, Message.Channel.TEXT
NOBODY = ""  # as a fact that is left out


class NothingSaid(ClinicError):
    """Write what the message says."""


class NoOwnSubject(ClinicError):
    """Write the subject that stands above the email."""


class LongerThanOneText(ClinicError):
    """It is longer than one text message."""


@dataclass(frozen=True, slots=True)
class Editable:
    """
    A message in a clinic's own words.

    `placeholders` are the names that can be filled in, each with what it becomes; `example` is how long they are
    at their longest in earnest, by which a text is counted; `must` are names without which it is of no use.
    """

    template: str  # such as reminders/visit_text
    channel: str
    name: str
    when: str
    subject: str
    text: str
    placeholders: Mapping[str, str]
    example: Mapping[str, str]
    must: tuple[str, ...] = ()
    has_file: bool = False  # its sample is only where to begin: until then it is written from its own template


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a text message is: letters as the networks count them, how many fit, and how many texts it makes."""

    letters: int
    room: int
    parts: int
    is_plain: bool  # whether every letter is one of the networks' own


Facts = Callable[[Clinic], Mapping[str, str]]
_known: dict[str, Editable] = {}
_facts: list[Facts] = []


def knows_clinics(facts: Facts) -> Facts:
    """Ask this for what is known of a clinic, such as {clinic} and {phone}, when its words are shown and counted."""
    _facts.append(facts)
    return facts


def clinic_facts(clinic: Clinic) -> dict[str, str]:
    """Gather what is known of a clinic."""
    return {name: fact for facts in _facts for name, fact in facts(clinic).items()}


def editable(message: Editable) -> Editable:
    """Let a message be put into a clinic's own words; its sample has to pass what those have to."""
    check(message, message.subject, message.text, facts={})
    _known[message.template] = message
    return message


def all_editable() -> list[Editable]:
    """List them, as they were declared."""
    return list(_known.values())


def worded_by(clinic: Clinic | None, template: str) -> Editable | None:
    """Find the message if a clinic's wording of it is to be sent; None of what is written from its template."""
    message = _known.get(template)
    if message is None or clinic is None or (message.has_file and not has_own(clinic, message)):
        return None
    return message


def has_own(clinic: Clinic, message: Editable) -> bool:
    """Say whether a clinic has put a message into its own words."""
    own = Wording.objects.filter(clinic=clinic, template=message.template).first()
    return own is not None and bool(own.text)


def editable_called(template: str) -> Editable | None:
    """Find one; None of a message that is written as it is."""
    return _known.get(template)


def check(message: Editable, subject: str, text: str, *, facts: Mapping[str, str]) -> None:
    """
    Let words pass that can be sent.

    :param facts: what is known of this clinic, in place of the example's
    :raises UnknownPlaceholder: one cannot be filled in; the sentence names it, and those that can
    :raises NothingSaid: nothing is written
    :raises NoOwnSubject: an e-mail has no subject
    :raises LongerThanOneText: a text takes a second one, filled in as it is sent
    """
    for words in (subject, text):
        check_placeholders(words, message.placeholders)
    if not text.strip():
        raise NothingSaid
    if message.channel == EMAIL and not subject.strip():
        raise NoOwnSubject
    for name in message.must:
        if f"{{{name}}}" not in text:
            raise NothingSaid(f"Keep {{{name}}} in it: {message.placeholders[name]}.")
    if message.channel == TEXT:
        measured = measure(fitted(text, {**message.example, **facts}))
        if measured.parts > 1:
            raise LongerThanOneText(_too_long(measured))


def measure(text: str) -> Measured:
    """Count a text message as the networks do."""
    is_plain = gsm.is_gsm(text)
    return Measured(gsm.length(text), gsm.LONGEST if is_plain else gsm.LONGEST_OTHER, gsm.parts(text), is_plain)


def wording_of(clinic: Clinic, message: Editable) -> tuple[str, str]:
    """Give the subject and the text that a clinic sends: its own, or the sample."""
    own = Wording.objects.filter(clinic=clinic, template=message.template).first()  # the latest version comes first
    return (own.subject, own.text) if own is not None and own.text else (message.subject, message.text)


def words_for(message: Editable, clinic: Clinic, context: Mapping[str, object], *, button: tuple[str, str]) -> Words:
    """
    Write a message as it leaves.

    A text that its reader's long name makes too long is written again with ever less; if nothing helps, the sample is.

    :param context: the facts; what is no text among it fills no placeholder
    :param button: what stands on the button of an e-mail, and where it leads
    """
    facts = {"clinic": clinic.name} | {name: fact for name, fact in context.items() if isinstance(fact, str)}
    subject, text = wording_of(clinic, message)
    if message.channel == EMAIL:
        heading, body = " ".join(filled_letter(subject, facts).split()), filled_letter(text, facts)
        return Words(heading, body, own_email_html(clinic, heading, body, *button))
    written = fitted(text, facts)
    return Words("", written if gsm.parts(written) == 1 else fitted(message.text, facts))


def fitted(text: str, facts: Mapping[str, str]) -> str:
    """Fill a text in so that it is one and not two, with a short day and without a name if need be; or at its shortest."""
    written = ""
    for fewer in _ever_fewer(facts):
        written = filled_text(text, fewer)
        if gsm.parts(written) == 1:
            break
    return written


def filled_letter(text: str, facts: Mapping[str, str]) -> str:
    """Fill an e-mail in; a line of which nothing is left goes."""
    lines = [(line, _without_empty(line, facts)) for line in text.strip().splitlines()]
    kept = [filled(left, facts) for line, left in lines if left.strip() or not line.strip()]
    return "\n".join(line for line, before in zip(kept, ["", *kept], strict=False) if line or before) + "\n"


def filled_text(text: str, facts: Mapping[str, str]) -> str:
    """Fill a text message in, in the networks' own letters where that loses nothing, on one line."""
    left = _without_empty(text, facts)
    said = " ".join(filled(left, facts).split())
    return gsm.simplified(said[:1].upper() + said[1:] if left != text else said)


def _without_empty(text: str, facts: Mapping[str, str]) -> str:
    """Leave a placeholder out whose fact is empty, with the comma that followed it."""
    for name, fact in facts.items():
        if fact == NOBODY:
            text = text.replace(f"{{{name}}}, ", "").replace(f"{{{name}}}", "")
    return text


def _ever_fewer(facts: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    fewer = dict(facts)
    yield fewer
    for left_out in ({"day": facts.get("short_day", "")}, {"first_name": NOBODY}):
        fewer = {**fewer, **left_out}
        yield fewer


def _too_long(measured: Measured) -> str:
    if measured.is_plain:
        return f"It takes {measured.letters} letters, and one text holds {measured.room}: shorten it."
    return (
        f"It takes {measured.letters} letters. One of them is not among the networks' own, so that one text "
        f"holds {measured.room}: shorten it, or write it without that letter."
    )
