"""Receiving a question. Nothing is ever discarded."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.enquiries.promised import answer_due_at
from corneum.clinic.enquiries.verdict import Verdict
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.audit.trail import action, record

State = Enquiry.State
SAME_WORDS_WITHIN = timedelta(minutes=10)


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
    source: str = Enquiry.Source.FORM,
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
        source=source,
        name=name,
        email=email,
        phone=phone,
        page=page[:120],
        about=about[:80],
        state=State.SPAM if verdict.is_spam else State.OPEN,
        verdict=list(verdict.reasons),
        fingerprint=fingerprint,
        received_at=at,
        waits_since=at,
        due_at=answer_due_at(clinic, at),
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
def write_down_call(
    *,
    clinic: Clinic,
    name: str,
    email: str,
    phone: str,
    text: str,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> Enquiry:
    """Write down who rang and what they want, so that it is answered like every other question."""
    enquiry = Enquiry.objects.create(
        clinic=clinic,
        source=Enquiry.Source.CALL,
        name=name,
        email=email,
        phone=phone,
        fingerprint=_fingerprint(email or phone, text),
        received_at=at,
        waits_since=at,
        due_at=answer_due_at(clinic, at),
    )
    Entry.objects.create(enquiry=enquiry, kind=Entry.Kind.THEIRS, text=text, at=at, by=user)
    record("enquiries.write_down_call", entity=enquiry, by=by, at=at, clinic=clinic, press=press)
    return enquiry


def _fingerprint(contact: str, text: str) -> str:
    words = " ".join(text.casefold().split())
    return salted_hmac("corneum.enquiries", f"{contact.casefold()}\n{words}", algorithm="sha256").hexdigest()
