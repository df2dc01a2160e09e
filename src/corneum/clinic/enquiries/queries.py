"""Reading the inbox: every way in starts from which enquiries this person may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery

from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.clinic.patients.models import Patient
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

State = Enquiry.State
SHOWN = ("open", "mine", "closed", "spam")
MOST = 200  # a page of an inbox; older ones are found by searching


@dataclass(frozen=True, slots=True)
class Inbox:
    """What one view of the inbox shows, in its groups, and what the page says of itself."""

    groups: list[tuple[str, list[Enquiry]]]
    spam_this_week: int
    minutes_to_answer: int | None


def enquiries_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Enquiry]:
    """Find a clinic's enquiries, if this person may answer them; otherwise none."""
    return Enquiry.objects.filter(within(user, Right.ANSWER_ENQUIRIES), clinic=clinic)


def enquiry_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Enquiry:
    """
    Find one conversation, with everything said in it.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    visible = enquiries_visible_to(user, clinic).select_related("clinic", "assigned_to")
    enquiry = visible.prefetch_related("entries__by").filter(ref=ref).first()
    if enquiry is None:
        raise NotFound
    return enquiry


def inbox(user: User | AnonymousUser, clinic: Clinic, *, show: str, text: str, at: datetime) -> Inbox:
    """
    Find what the inbox shows: who waits for us first, the oldest first.

    :param show: one of SHOWN
    :param text: words to look for in names, addresses and what was said; finds in every state but spam
    :raises NotFound: there is no such view
    """
    if show not in SHOWN:
        raise NotFound
    visible = enquiries_visible_to(user, clinic).select_related("assigned_to").annotate(last_said=_last_said())
    return Inbox(
        groups=_groups(visible, user, show=show, text=" ".join(text.split())),
        spam_this_week=_this_week(enquiries_visible_to(user, clinic).filter(state=State.SPAM), at).count(),
        minutes_to_answer=_minutes_to_answer(_this_week(enquiries_visible_to(user, clinic), at)),
    )


def waiting_count(user: User | AnonymousUser, clinic: Clinic) -> int:
    """Count who waits for an answer of ours."""
    return enquiries_visible_to(user, clinic).filter(state=State.OPEN).count()


def earlier_from(enquiry: Enquiry) -> QuerySet[Enquiry]:
    """Find other conversations with the same address or number at the same clinic, the newest first."""
    return (
        Enquiry.objects.filter(_same_contact(enquiry.email, enquiry.phone), clinic=enquiry.clinic)
        .exclude(pk=enquiry.pk)
        .exclude(state=State.SPAM)
        .order_by("-received_at")[:5]
    )


def patients_with_contact(enquiry: Enquiry) -> QuerySet[Patient]:
    """Find patients of the same clinic who are reached at the same address or number."""
    return Patient.objects.filter(_same_contact(enquiry.email, enquiry.phone), clinic=enquiry.clinic)[:5]


def _same_contact(email: str, phone: str) -> Q:
    same = Q(pk__in=[])
    if email:
        same |= Q(email__iexact=email)
    if phone:
        same |= Q(phone=phone)
    return same


def _last_said() -> Subquery:
    said = Entry.objects.filter(enquiry=OuterRef("pk")).exclude(kind=Entry.Kind.NOTE).order_by("-at", "-id")
    return Subquery(said.values("text")[:1])


def _groups(
    visible: QuerySet[Enquiry], user: User | AnonymousUser, *, show: str, text: str
) -> list[tuple[str, list[Enquiry]]]:
    if text:
        words = Q(name__icontains=text) | Q(email__icontains=text) | Q(entries__text__icontains=text)
        if digits := "".join(letter for letter in text if letter.isdigit()).removeprefix("0"):
            words |= Q(phone__contains=digits)
        found = visible.filter(words).exclude(state=State.SPAM).distinct().order_by("-received_at")
        return [("Found", list(found[:MOST]))]
    if show == "spam":
        return [("Kept apart as spam", list(visible.filter(state=State.SPAM).order_by("-received_at")[:MOST]))]
    if show == "closed":
        return [("Closed", list(visible.filter(state=State.CLOSED).order_by("-received_at")[:MOST]))]
    mine = visible.filter(assigned_to=user.pk) if show == "mine" else visible
    return [
        ("Waiting for us", list(mine.filter(state=State.OPEN).order_by("received_at")[:MOST])),
        ("Waiting for them", list(mine.filter(state=State.ANSWERED).order_by("-answered_at")[:MOST])),
    ]


def _this_week(enquiries: QuerySet[Enquiry], at: datetime) -> QuerySet[Enquiry]:
    return enquiries.filter(received_at__gte=at - timedelta(days=7))


def _minutes_to_answer(enquiries: QuerySet[Enquiry]) -> int | None:
    """The mean time to a first answer; nothing is said before there are three of them."""
    took = [
        (answered - received).total_seconds() / 60
        for received, answered in enquiries.values_list("received_at", "answered_at")
        if answered is not None
    ]
    return round(sum(took) / len(took)) if len(took) >= 3 else None
