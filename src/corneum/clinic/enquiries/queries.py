"""Reading the inbox: every way in starts from which enquiries this person may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from corneum.clinic.enquiries.models import Enquiry, Entry, Presence, SavedReply
from corneum.clinic.enquiries.presence import STILL_THERE
from corneum.clinic.patients.models import Patient
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, roles_with, within

State = Enquiry.State
SHOWN = ("new", "mine", "waiting", "booked", "snoozed", "done", "quarantine")
FEW = 3  # answers; a mean of fewer says nothing
MOST = 200  # a page of an inbox; older ones are found by searching


@dataclass(frozen=True, slots=True)
class Inbox:
    """What one queue of the inbox shows, in its groups, and what the page says of itself."""

    groups: list[tuple[str, list[Enquiry]]]
    counts: dict[str, int]
    minutes_to_answer: int | None
    answered_this_week: int
    in_time_this_week: int


def enquiries_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Enquiry]:
    """Find a clinic's enquiries, if this person may answer them; otherwise none."""
    return Enquiry.objects.filter(within(user, Right.ANSWER_ENQUIRIES), clinic=clinic)


def enquiry_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Enquiry:
    """
    Find one conversation, with everything said in it.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    visible = enquiries_visible_to(user, clinic).select_related("clinic", "assigned_to", "patient")
    enquiry = visible.prefetch_related("entries__by").filter(ref=ref).first()
    if enquiry is None:
        raise NotFound
    return enquiry


def inbox(user: User | AnonymousUser, clinic: Clinic, *, show: str, text: str, at: datetime) -> Inbox:
    """
    Find what the inbox shows: who waits for us first, the oldest first.

    :param show: one of SHOWN
    :param text: words to look for in names, addresses and what was said; finds in every queue but the quarantine
    :raises NotFound: there is no such queue
    """
    if show not in SHOWN:
        raise NotFound
    visible = enquiries_visible_to(user, clinic)
    shown = visible.select_related("assigned_to").annotate(**_said_last()).prefetch_related(_here(at))
    week = visible.filter(received_at__gt=at - timedelta(days=7))
    took = week.filter(answered_at__isnull=False).values_list("received_at", "answered_at", "answered_in_time")
    answers = [(answered - received, in_time) for received, answered, in_time in took if answered is not None]
    minutes = [waited.total_seconds() / 60 for waited, _in_time in answers]
    return Inbox(
        groups=_found(shown, " ".join(text.split())) if text.strip() else _groups(shown, user, show, at),
        counts=_counts(visible, user, at),
        minutes_to_answer=round(sum(minutes) / len(minutes)) if len(minutes) >= FEW else None,
        answered_this_week=len(answers),
        in_time_this_week=sum(bool(in_time) for _waited, in_time in answers),
    )


def waiting_count(user: User | AnonymousUser, clinic: Clinic, *, at: datetime) -> int:
    """Count who waits for an answer of ours, without what is snoozed."""
    return enquiries_visible_to(user, clinic).filter(_awake(at), state=State.OPEN).count()


def overdue(user: User | AnonymousUser, clinic: Clinic, *, at: datetime) -> QuerySet[Enquiry]:
    """Find who was promised an answer by now and has none, the longest first."""
    late = enquiries_visible_to(user, clinic).filter(_awake(at), state=State.OPEN, due_at__lt=at)
    return late.order_by("due_at", "pk")


def colleagues(clinic: Clinic) -> list[User]:
    """Find who answers questions at a clinic, by name."""
    roles = roles_with(Right.ANSWER_ENQUIRIES)
    members = User.objects.filter(is_active=True, memberships__clinic=clinic, memberships__role__in=roles)
    return list(members.distinct().order_by("name"))


def colleague_by_ref(clinic: Clinic, ref: str) -> User:
    """
    Find one of them.

    :raises NotFound: nobody here is that
    """
    found = next((user for user in colleagues(clinic) if user.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def saved_replies(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[SavedReply]:
    """Find a clinic's saved replies, if this person may answer questions there."""
    return SavedReply.objects.filter(within(user, Right.ANSWER_ENQUIRIES), clinic=clinic).select_related("changed_by")


def saved_reply_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> SavedReply:
    """
    Find one saved reply.

    :raises NotFound: there is none, or it is another clinic's
    """
    saved = saved_replies(user, clinic).filter(ref=ref).first()
    if saved is None:
        raise NotFound
    return saved


def earlier_from(enquiry: Enquiry) -> QuerySet[Enquiry]:
    """Find other conversations with the same address, number or patient at the same clinic, the newest first."""
    same = _same_contact(enquiry.email, enquiry.phone)
    if enquiry.patient_id:
        same |= Q(patient=enquiry.patient_id)
    return (
        Enquiry.objects.filter(same, clinic=enquiry.clinic)
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


def _awake(at: datetime) -> Q:
    return Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at)


def _said_last() -> dict[str, Subquery]:
    said = (
        Entry.objects.filter(enquiry=OuterRef("pk"))
        .exclude(kind__in=[Entry.Kind.NOTE, Entry.Kind.AUTO])
        .order_by("-at", "-id")
    )
    return {"last_said": Subquery(said.values("text")[:1]), "last_at": Subquery(said.values("at")[:1])}


def _here(at: datetime) -> "Prefetch[str]":
    there = Presence.objects.filter(seen_at__gt=at - STILL_THERE).select_related("user")
    return Prefetch("presences", queryset=there, to_attr="here")


def _counts(visible: QuerySet[Enquiry], user: User | AnonymousUser, at: datetime) -> dict[str, int]:
    """Count what stands in the queues that ask for something, in one question."""
    awake, a_week_ago = _awake(at), at - timedelta(days=7)
    counted = Q(state__in=[State.OPEN, State.ANSWERED]) | Q(state=State.SPAM, received_at__gte=a_week_ago)
    found: dict[str, int] = visible.filter(counted).aggregate(
        new=Count("id", filter=awake & Q(state=State.OPEN, assigned_to__isnull=True)),
        mine=Count("id", filter=awake & Q(state=State.OPEN, assigned_to=user.pk)),
        colleagues=Count("id", filter=awake & Q(state=State.OPEN, assigned_to__isnull=False) & ~Q(assigned_to=user.pk)),
        waiting=Count("id", filter=awake & Q(state=State.ANSWERED)),
        snoozed=Count("id", filter=Q(snoozed_until__gt=at)),
        spam_this_week=Count("id", filter=Q(state=State.SPAM)),
    )
    return found


def _found(shown: QuerySet[Enquiry], text: str) -> list[tuple[str, list[Enquiry]]]:
    words = Q(name__icontains=text) | Q(email__icontains=text) | Q(entries__text__icontains=text)
    if digits := "".join(letter for letter in text if letter.isdigit()).removeprefix("0"):
        words |= Q(phone__contains=digits)
    found = shown.filter(words).exclude(state=State.SPAM).distinct().order_by("-received_at")
    return [("Found", list(found[:MOST]))]


def _groups(
    shown: QuerySet[Enquiry], user: User | AnonymousUser, show: str, at: datetime
) -> list[tuple[str, list[Enquiry]]]:
    awake = shown.filter(_awake(at))
    ours, theirs = awake.filter(state=State.OPEN).order_by("waits_since"), awake.filter(state=State.ANSWERED)
    groups: dict[str, list[tuple[str, QuerySet[Enquiry]]]] = {
        "new": [
            ("Waiting for us", ours.filter(assigned_to__isnull=True)),
            ("With a colleague", ours.filter(assigned_to__isnull=False).exclude(assigned_to=user.pk)),
        ],
        "mine": [
            ("Waiting for you", ours.filter(assigned_to=user.pk)),
            ("Waiting for them", theirs.filter(assigned_to=user.pk).order_by(F("last_at").desc())),
        ],
        "waiting": [("Waiting for them", theirs.order_by(F("last_at").desc()))],
        "booked": [("Booked", shown.filter(state=State.BOOKED).order_by(F("last_at").desc()))],
        "snoozed": [("Snoozed", shown.filter(snoozed_until__gt=at).order_by("snoozed_until"))],
        "done": [("Done", shown.filter(state=State.CLOSED).order_by(F("last_at").desc()))],
        "quarantine": [("In quarantine", shown.filter(state=State.SPAM).order_by("-received_at"))],
    }
    return [(title, list(group[:MOST])) for title, group in groups[show]]
