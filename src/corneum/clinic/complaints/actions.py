"""What is done about a complaint: taken in, acknowledged by a person, noted on, given more time, answered."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from corneum.clinic.complaints.models import Complaint, Entry
from corneum.clinic.premises.queries import clinic_page, closures_of
from corneum.domain.complaints import clock_of
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message
from corneum.platform.ui.templatetags.ui import long_date
from corneum.platform.ui.templatetags.ui import phone as phone_in_words

AHEAD = timedelta(days=60)  # longer than any clock runs


class AnsweredAlready(ClinicError):
    """This has been answered. Write a note if something has happened since."""


class AcknowledgedAlready(ClinicError):
    """They have been told already that we have it."""


class NotLater(ClinicError):
    """Choose a day after the one by which an answer is due now."""


@action
def receive_complaint(
    *,
    clinic: Clinic,
    kind: str,
    name: str,
    email: str,
    phone: str,
    for_whom: str,
    text: str,
    tells: bool,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Complaint:
    """
    Take in a complaint or a request about data, and start its clock.

    :param kind: one of Complaint.Kind
    :param tells: whether to send at once that it came in, to the e-mail address if there is one
    """
    received = at.astimezone(ZoneInfo(clinic.zone)).date()
    closed = set(closures_of(clinic, received, received + AHEAD).values_list("on", flat=True))
    clock = clock_of(kind, received, closed)
    complaint = Complaint.objects.create(
        clinic=clinic, kind=kind, name=name, contact_email=email, contact_phone=phone, for_whom=for_whom, text=text,
        received_at=at, acknowledge_by=clock.acknowledge_by, answer_by=clock.answer_by,
    )  # fmt: skip
    if tells:
        _tell(complaint, "received", by=by, at=at)
    record(
        "complaints.receive_complaint", entity=complaint, by=by, at=at, clinic=clinic, press=press, kind=kind,
        answer_by=clock.answer_by.isoformat(),
    )  # fmt: skip
    return complaint


@action
def acknowledge_complaint(*, complaint: Complaint, user: User, by: Actor, at: datetime) -> None:
    """
    Say in one's own name that one deals with it; by e-mail where there is an address, else one has said it.

    :raises AnsweredAlready: it was answered meanwhile
    :raises AcknowledgedAlready: somebody was quicker
    """
    complaint = _open(complaint)
    if complaint.acknowledged_at is not None:
        raise AcknowledgedAlready
    complaint.acknowledged_at, complaint.acknowledged_by = at, user
    complaint.save()
    _tell(complaint, "acknowledged", who=user.name, by=by, at=at)
    record("complaints.acknowledge_complaint", entity=complaint, by=by, at=at, clinic=complaint.clinic)


@action
def note_on_complaint(*, complaint: Complaint, text: str, user: User, by: Actor, at: datetime, press: str = "") -> None:
    """Write down what was found or done; it may be done after the answer too."""
    Entry.objects.create(complaint=complaint, kind=Entry.Kind.NOTE, text=text, at=at, by=user)
    record("complaints.note_on_complaint", entity=complaint, by=by, at=at, clinic=complaint.clinic, press=press)


@action
def take_more_time(
    *, complaint: Complaint, until: date, reason: str, user: User, by: Actor, at: datetime, press: str = ""
) -> None:
    """
    Put the answer off to a later day, with a reason, and tell them that it takes longer.

    :raises AnsweredAlready: it was answered meanwhile
    :raises NotLater: the day is not after the one by which it is due
    """
    complaint = _open(complaint)
    if until <= complaint.answer_by:
        raise NotLater
    before, complaint.answer_by = complaint.answer_by, until
    complaint.save()
    Entry.objects.create(complaint=complaint, kind=Entry.Kind.LATER, text=reason, at=at, by=user)
    _tell(complaint, "later", by=by, at=at)
    record(
        "complaints.take_more_time", entity=complaint, by=by, at=at, clinic=complaint.clinic, press=press,
        due=before.isoformat(), until=until.isoformat(),
    )  # fmt: skip


@action
def answer_complaint(
    *, complaint: Complaint, text: str, way: str, user: User, by: Actor, at: datetime, press: str = ""
) -> None:
    """
    Write down the answer as it was given, and stop the clock. No e-mail carries it.

    :param way: one of Entry.Way
    :raises AnsweredAlready: it was answered meanwhile
    """
    complaint = _open(complaint)
    complaint.answered_at, complaint.answered_by = at, user
    if complaint.acknowledged_at is None:
        complaint.acknowledged_at, complaint.acknowledged_by = at, user
    complaint.save()
    Entry.objects.create(complaint=complaint, kind=Entry.Kind.ANSWER, text=text, way=way, at=at, by=user)
    record("complaints.answer_complaint", entity=complaint, by=by, at=at, clinic=complaint.clinic, press=press, way=way)


def _open(complaint: Complaint) -> Complaint:
    found = Complaint.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=complaint.pk)
    if found.answered_at is not None:
        raise AnsweredAlready
    return found


def _tell(complaint: Complaint, event: str, *, who: str = "", by: Actor, at: datetime) -> None:
    """This will queue an e-mail that says where it stands and nothing of what it is about."""
    if not complaint.contact_email:
        return
    facts = {
        "name": complaint.name,
        "number": complaint.number,
        "who": who,
        "received": long_date(complaint.received_at, complaint.clinic.zone),
        "acknowledge_by": long_date(complaint.acknowledge_by),
        "answer_by": long_date(complaint.answer_by),
        "clinic_name": complaint.clinic.name,
        "phone": phone_in_words(clinic_page(complaint.clinic).phone),
    }
    queue_message(
        clinic=complaint.clinic, channel="email", template=f"complaints/{event}", context=facts,
        to=complaint.contact_email, to_name=complaint.name, about=complaint, by=by, at=at,
    )  # fmt: skip
