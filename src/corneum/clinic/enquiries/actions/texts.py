"""Taking in a text message that is a question, or goes on with one."""

from datetime import datetime, timedelta

from corneum.clinic.enquiries.actions.receiving import receive_enquiry
from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.promised import answer_due_at
from corneum.clinic.enquiries.verdict import judge_letter
from corneum.clinic.patients.writing import readable
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

State = Enquiry.State
GOES_ON_FOR = timedelta(days=14)  # a text names nothing that it answers; later than this it begins anew
NOTHING = "(This text has no words.)"


@action
def receive_text(*, clinic: Clinic, number: str, name: str, text: str, by: Actor, at: datetime) -> Enquiry:
    """
    Take in a text message, into the conversation that goes on with its number at this clinic, or as a new question.

    A number can be forged. So what comes from it is shown to the team and answered to the number itself; it opens
    nothing and changes nothing else.

    :param number: from which it came, E.164
    :param name: who that is, as far as is known
    """
    words = readable(text) or NOTHING
    going_on = (
        Enquiry.objects.select_for_update(of=("self",))
        .select_related("clinic")
        .filter(clinic=clinic, phone=number, email="", entries__at__gt=at - GOES_ON_FOR)
        .exclude(state=State.SPAM)
        .order_by("-id")
        .first()
    )
    if going_on is not None:
        return _go_on(going_on, words, by, at)
    return receive_enquiry(
        clinic=clinic, name=name[:120], email="", phone=number, text=words, page="", about="",
        source=Enquiry.Source.TEXT, verdict=judge_letter(name, words, is_automatic=False), by=by, at=at,
    )  # fmt: skip


def _go_on(enquiry: Enquiry, words: str, by: Actor, at: datetime) -> Enquiry:
    Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.THEIRS, text=words, at=at)
    if enquiry.state != State.OPEN:
        enquiry.waits_since, enquiry.due_at = at, answer_due_at(enquiry.clinic, at)
    enquiry.state, enquiry.snoozed_until = State.OPEN, None
    enquiry.save()
    record("enquiries.receive_text", entity=enquiry, by=by, at=at, clinic=enquiry.clinic)
    return enquiry
