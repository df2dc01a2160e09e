"""Taking in an e-mail: into the conversation that it answers, or as a question of its own."""

from datetime import datetime

from corneum.clinic.enquiries.actions.receiving import receive_enquiry
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.promised import answer_due_at
from corneum.clinic.enquiries.verdict import judge_letter
from corneum.clinic.patients.writing import on_one_line, readable
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.letter import Letter

State = Enquiry.State
NOTHING = "(This e-mail has no words. Look at it in the mailbox.)"


@action
def receive_letter(*, letter: Letter, enquiry: Enquiry | None, clinic: Clinic, by: Actor, at: datetime) -> Enquiry:
    """
    Take in an e-mail.

    In a conversation it wakes and reopens it, and the answer to it is promised anew. A machine's
    answer ("I am away") is kept there and moves nothing, but for the news that ours did not arrive.
    Without a conversation it becomes a question, or is kept apart if its words say that it is spam;
    what machines send of themselves is kept apart too. Nothing is discarded.

    :param enquiry: the conversation it answers (threads.conversation_of)
    :param clinic: whose question it becomes otherwise
    """
    if enquiry is not None:
        return _go_on(enquiry, letter, by, at)
    name = on_one_line(letter.sender_name) or letter.sender or "Unknown sender"
    begun = receive_enquiry(
        clinic=clinic,
        name=name[:120],
        email=letter.sender,
        phone="",
        text=_words(letter),
        page="",
        about="",
        source=Enquiry.Source.EMAIL,
        verdict=judge_letter(letter.sender_name, f"{letter.subject}\n{letter.text}", is_automatic=letter.is_automatic),
        by=by,
        at=at,
    )
    entry = begun.entries.order_by("-id")[0]
    entry.mail_id, entry.subject, entry.files = letter.message_id, on_one_line(letter.subject), list(letter.files)
    entry.save()
    return begun


def _go_on(enquiry: Enquiry, letter: Letter, by: Actor, at: datetime) -> Enquiry:
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=enquiry.pk)
    Entry.objects.create(
        enquiry=enquiry,
        kind=Entry.Kind.AUTO if letter.is_automatic else Entry.Kind.THEIRS,
        text=_words(letter),
        at=at,
        mail_id=letter.message_id,
        sender="" if letter.sender == enquiry.email.lower() else letter.sender,
        subject=on_one_line(letter.subject),
        files=list(letter.files),
    )
    if (letter.is_bounce or not letter.is_automatic) and enquiry.state != State.SPAM:
        if enquiry.state != State.OPEN:
            enquiry.waits_since, enquiry.due_at = at, answer_due_at(enquiry.clinic, at)
        enquiry.state, enquiry.snoozed_until = State.OPEN, None
        enquiry.save()
    record(
        "enquiries.receive_letter",
        entity=enquiry,
        by=by,
        at=at,
        clinic=enquiry.clinic,
        is_automatic=letter.is_automatic,
        is_bounce=letter.is_bounce,
    )
    return enquiry


def _words(letter: Letter) -> str:
    return readable(letter.text) or NOTHING
