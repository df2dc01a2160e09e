"""Reading the waiting list: who stands in line, what is free for them, and what was offered to whom."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import dropwhile
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Lower

from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.premises import queries as premises
from corneum.clinic.treatments.models import Offer
from corneum.clinic.waiting.eligibility import Barred, barred
from corneum.clinic.waiting.models import FreedOffer, PassedOver, Wait, WaitWindow
from corneum.clinic.waiting.words import SUITS, window_in_words
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import day_window, instant_of, local, minute_of
from corneum.domain.waiting import Chosen, Freed, Waiter, Window, freed_at, next_in_line, time_to_answer
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within
from corneum.platform.messages.models import Message

State = Wait.State
MOST_A_DAY = 3  # offers to one person: whoever did not answer three of them is not at their telephone
SHOWN = ("waiting", "offers", "ended")
MOST_SHOWN = 200
LIVE = (Appointment.Status.PENDING, Appointment.Status.BOOKED, Appointment.Status.ARRIVED)
Gone = frozenset[tuple[int, int]]
M = TypeVar("M", Wait, FreedOffer)


# --- one wait, one offer ------------------------------------------------------------------------


def wait_at(clinic: Clinic, code: str) -> Wait:
    """
    Find the wait that a secret link names at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    return _first(_waits(clinic).filter(code=code))


def wait_called(clinic: Clinic, ref: str) -> Wait:
    """
    Find the wait that an event of the trail is about.

    :raises NotFound: it has been deleted since
    """
    return _first(_waits(clinic).filter(ref=ref))


def offer_at(clinic: Clinic, code: str) -> FreedOffer:
    """
    Find the offer that a secret link names at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    return _first(_offers(clinic).filter(code=code))


def open_offer_of(wait: Wait, at: datetime) -> FreedOffer | None:
    """Find what is kept for somebody at this moment, once they have been told."""
    return wait.offers.filter(state=FreedOffer.State.OPEN, tells_at__lte=at, expires_at__gt=at).first()


def locked_line(clinic: Clinic) -> None:
    """
    Wait until nobody else moves this clinic's line, and keep them out until the transaction ends.

    Everything that changes who is offered what takes this first, and always before any diary: so a
    time goes to one person, an offer is answered once, and nobody waits for anybody in a circle.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)


# --- the line -----------------------------------------------------------------------------------


def clinics_waited_at() -> list[Clinic]:
    """Find the clinics at which somebody waits, or is asked."""
    waiting = Wait.objects.filter(state=State.WAITING).values("clinic")
    offered = FreedOffer.objects.filter(state=FreedOffer.State.OPEN).values("clinic")
    return list(Clinic.objects.filter(Q(pk__in=waiting) | Q(pk__in=offered)).order_by("pk"))


def clinic_called(ref: str) -> Clinic:
    """Find the clinic that a job is about."""
    return Clinic.objects.get(ref=ref)


def next_offer(clinic: Clinic, *, at: datetime, gone: Gone = frozenset()) -> Chosen | None:
    """
    Find who is to be offered what next, and who is passed over for it: None when there is nothing to offer.

    :param gone: treatment and start of times that were free a moment ago, and could not be kept
    """
    waits = list(_waits(clinic).filter(state=State.WAITING).order_by("joined_at", "pk"))
    if not waits:
        return None
    today = local(minute_of(at), clinic.zone).date()
    free = _free(clinic, waits, gone, at=at)
    return next_in_line(_waiters(clinic, waits, free, at=at), free, today)


def answering(clinic: Clinic, treatment: int, starts: int, *, at: datetime) -> Interval | None:
    """Say from when until when a time can be kept for one person; None if it is too near, or gone at night."""
    offer = Offer.objects.get(clinic=clinic, treatment=treatment)
    return time_to_answer(_whole(at), starts=starts, notice=offer.notice_minutes, zone=clinic.zone)


def offers_due(clinic: Clinic, at: datetime) -> list[FreedOffer]:
    """Find the offers that nobody answered in time, or whose time is kept no longer for another cause."""
    unkept = Q(hold=None) | Q(hold__slots=None)
    found = FreedOffer.objects.filter(clinic=clinic, state=FreedOffer.State.OPEN)
    return list(found.filter(Q(expires_at__lte=at) | unkept).select_related("hold__clinic", "wait").order_by("pk"))


def waits_due(clinic: Clinic, at: datetime) -> list[Wait]:
    """Find those whose last day is over, unless a time is kept for them into the morning after."""
    today = local(minute_of(at), clinic.zone).date()
    is_open = FreedOffer.objects.filter(state=FreedOffer.State.OPEN).values("wait")
    return list(Wait.objects.filter(clinic=clinic, state=State.WAITING, expires_on__lt=today).exclude(pk__in=is_open))


def waits_to_forget(*, ended_before: datetime) -> list[Wait]:
    """Find the waits that ended some time ago."""
    return list(Wait.objects.filter(ended_at__lt=ended_before).select_related("clinic").order_by("pk"))


def live_waits_of(clinic: Clinic, person: str) -> int:
    """Count how often somebody stands on a clinic's list."""
    return Wait.objects.filter(clinic=clinic, person=person, state=State.WAITING).count()


def _waiters(clinic: Clinic, waits: Sequence[Wait], free: dict[int, list[Freed]], *, at: datetime) -> list[Waiter]:
    """Gather of each wait all that decides, in a fixed number of queries unless what they wait for has limits."""
    offers: dict[int, list[FreedOffer]] = {wait.pk: [] for wait in waits}
    for offer in FreedOffer.objects.filter(wait__in=waits):
        offers[offer.wait_id].append(offer)
    theirs = FreedOffer.objects.filter(clinic=clinic, person__in={wait.person for wait in waits})
    open_for = set(theirs.filter(state=FreedOffer.State.OPEN).values_list("person", flat=True))
    midnight = instant_of(day_window(_today(clinic, at), _today(clinic, at), clinic.zone).starts)
    today = Counter(theirs.filter(offered_at__gte=midnight).values_list("person", flat=True))
    unreached, busy = _unreached(waits, offers), _busy(clinic, waits, at)
    limits = _limits(clinic, waits, free, at=at)
    return [
        Waiter(
            ref=wait.ref,
            joined=int(wait.joined_at.timestamp()),
            treatment=wait.treatment_id,
            windows=tuple(map(window_of, wait.windows.all())),
            expires_on=wait.expires_on,
            practitioner=wait.practitioner_id,
            is_urgent=wait.is_urgent,
            is_reachable=wait.pk not in unreached,
            has_open_offer=wait.person in open_for,
            has_had_enough=today[wait.person] >= MOST_A_DAY,
            has_enough_to_come=limits[wait.pk].has_enough_to_come,
            consulted_from=limits[wait.pk].consulted_from,
            too_near=limits[wait.pk].too_near,
            not_cleared=limits[wait.pk].not_cleared,
            sooner_than=_sooner_than(wait),
            offered=tuple(Interval(offer.starts, offer.ends) for offer in offers[wait.pk]),
            busy=tuple(busy[wait.pk]),
        )
        for wait in waits
    ]


def _limits(clinic: Clinic, waits: Iterable[Wait], free: dict[int, list[Freed]], *, at: datetime) -> dict[int, Barred]:
    """Find what the clinic's limits keep from each of them."""
    offered = Offer.objects.filter(clinic=clinic, treatment__in=list(free)).select_related("clinic", "treatment")
    offers = {offer.treatment_id: offer for offer in offered}
    return {
        wait.pk: barred(wait, offers[wait.treatment_id], free[wait.treatment_id], at=at)
        if wait.treatment_id in offers
        else Barred()
        for wait in waits
    }


def _free(clinic: Clinic, waits: Iterable[Wait], gone: Gone, *, at: datetime) -> dict[int, list[Freed]]:
    """Find what is free for each treatment that somebody waits for, and can still be thought over."""
    reach = WaitWindow.objects.filter(wait__in=[wait.pk for wait in waits])
    spans = reach.values_list("wait__treatment").annotate(first=Min("first"), last=Max("last"))
    offers = Offer.objects.filter(clinic=clinic).select_related("treatment")
    of_treatment = {offer.treatment_id: offer for offer in offers}
    free: dict[int, list[Freed]] = {}
    for treatment, first, last in spans:
        if offer := of_treatment.get(treatment):
            free[treatment] = [
                one for one in _times(clinic, offer, first, last, at) if (treatment, one.starts) not in gone
            ]
    return free


def _times(clinic: Clinic, offer: Offer, first: date, last: date, at: datetime) -> Iterable[Freed]:
    found = diary.openings_for(clinic=clinic, treatment=offer.treatment, first=first, last=last, at=at)

    def is_too_near(time: Freed) -> bool:
        notice = offer.notice_minutes
        return time_to_answer(_whole(at), starts=time.starts, notice=notice, zone=clinic.zone) is None

    times = (freed_at(offer.treatment_id, time.starts, time.ends, time.practitioner_ids, clinic.zone) for time in found)
    return dropwhile(is_too_near, times)  # whoever can answer for one can answer for all later ones


def _sooner_than(wait: Wait) -> int | None:
    if wait.later is None or wait.later.status == Appointment.Status.CANCELLED:
        return None
    return wait.later.starts


def _unreached(waits: Iterable[Wait], offers: dict[int, list[FreedOffer]]) -> set[int]:
    """Find those whose last message of ours came to nothing."""
    of_ref = {offer.ref: key for key, theirs in offers.items() for offer in theirs}
    of_ref |= {wait.ref: wait.pk for wait in waits}
    kinds = [Wait._meta.label_lower, FreedOffer._meta.label_lower]
    sent = Message.objects.filter(about_kind__in=kinds, about_ref__in=list(of_ref)).order_by("created_at", "pk")
    last = {of_ref[ref]: state for ref, state in sent.values_list("about_ref", "state")}
    return {key for key, state in last.items() if state == Message.State.FAILED}


def _busy(clinic: Clinic, waits: Sequence[Wait], at: datetime) -> dict[int, list[Interval]]:
    """Find what each of them has in the diary already: the same name with the same contact is the same person."""
    to_come = Appointment.objects.filter(clinic=clinic, status__in=LIVE, ends__gt=minute_of(at))
    emails = {wait.email.lower() for wait in waits if wait.email}
    phones = {wait.phone for wait in waits if wait.phone}
    patients = {wait.patient_id for wait in waits if wait.patient_id}
    theirs = to_come.alias(email=Lower("patient__email")).filter(
        Q(patient__in=patients) | Q(email__in=emails) | Q(patient__phone__in=phones)
    )
    found: dict[int, list[Interval]] = {wait.pk: [] for wait in waits}
    for visit in theirs.select_related("patient"):
        for wait in waits:
            if visit.pk != wait.later_id and _is_theirs(visit, wait):
                found[wait.pk].append(Interval(visit.starts, visit.ends))
    return found


def _is_theirs(visit: Appointment, wait: Wait) -> bool:
    patient = visit.patient
    if wait.patient_id is not None:
        return patient.pk == wait.patient_id
    reached = (patient.email.lower() == wait.email.lower()) if wait.email else (patient.phone == wait.phone)
    return reached and patient.name.casefold() == wait.name.casefold()


# --- what the desk sees -------------------------------------------------------------------------


def waits_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Wait]:
    """Find a clinic's waiting list, if this person may see its patients; otherwise nobody."""
    return _waits(clinic).filter(within(user, Right.SEE_PATIENTS))


def wait_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Wait:
    """
    Find one wait for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    return _first(waits_visible_to(user, clinic).filter(ref=ref))


def offer_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> FreedOffer:
    """
    Find one offer for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    return _first(_offers(clinic).filter(within(user, Right.SEE_PATIENTS), ref=ref))


def shown(
    user: User | AnonymousUser, clinic: Clinic, *, show: str, treatment: str = "", practitioner: str = ""
) -> list[Wait]:
    """
    Find the people whom a view of the list shows: those in line in their order, or those who left it, latest first.

    :raises NotFound: there is no such view
    """
    if show not in SHOWN:
        raise NotFound
    found = waits_visible_to(user, clinic)
    if treatment:
        found = found.filter(treatment__slug=treatment)
    if practitioner:
        found = found.filter(practitioner__slug=practitioner)
    if show == "waiting":
        found = found.filter(state=State.WAITING).order_by("-is_urgent", "joined_at", "ref")
    else:
        found = found.exclude(state=State.WAITING).order_by("-ended_at", "pk")
    return list(found[:MOST_SHOWN])


def offers_shown(user: User | AnonymousUser, clinic: Clinic) -> list[FreedOffer]:
    """Find the latest offers, each with how many were passed over."""
    visible = _offers(clinic).filter(within(user, Right.SEE_PATIENTS))
    return list(visible.annotate(passed=Count("passed_over")).order_by("-offered_at", "-pk")[:MOST_SHOWN])


def open_offers(waits: Iterable[Wait]) -> dict[int, FreedOffer]:
    """Find what is kept for each of these people now."""
    rows = FreedOffer.objects.filter(wait__in=[wait.pk for wait in waits], state=FreedOffer.State.OPEN)
    return {row.wait_id: row for row in rows.select_related("practitioner")}


def offers_of(wait: Wait) -> list[FreedOffer]:
    """Find everything that somebody was offered, the latest first."""
    return list(_offers(wait.clinic).filter(wait=wait).order_by("-offered_at", "-pk"))


def passed_over_for(offer: FreedOffer) -> list[PassedOver]:
    """Find who stood before the one who was offered this, in the line's order, and why they were passed over."""
    return list(offer.passed_over.select_related("wait__treatment", "wait__practitioner", "wait__patient"))


def passed_over(wait: Wait) -> list[PassedOver]:
    """Find what was offered to people behind somebody, and why not to them, the latest first."""
    return list(wait.passed_over.select_related("offer__practitioner").order_by("-offer__offered_at", "-pk")[:20])


def suits_at(clinic: Clinic, at: datetime) -> list[tuple[str, str]]:
    """Find which parts of the week may be ticked at a clinic: those in which it is ever open."""
    today = _today(clinic, at)
    spans = premises.opening_hours(clinic, today, today + timedelta(days=27))
    open_at = [(local(span.starts, clinic.zone), local(span.ends, clinic.zone)) for span in spans]
    hours = [(1 << opens.weekday(), _clock(opens), _clock(closes) or 24 * 60) for opens, closes in open_at]
    return [
        (key, name)
        for key, name, days, begins, ends in SUITS
        if any(day & days and max(opens, begins) < min(closes, ends) for day, opens, closes in hours)
    ]


def window_of(row: WaitWindow) -> Window:
    """Read a window as the line knows it."""
    return Window(row.first, row.last, row.weekdays, row.opens, row.closes)


def windows_in_words(wait: Wait) -> list[str]:
    """Say when somebody could come."""
    since = _today(wait.clinic, wait.joined_at)
    return [window_in_words(window_of(row), since=since, until=wait.expires_on) for row in wait.windows.all()]


def _waits(clinic: Clinic) -> QuerySet[Wait]:
    related = ("clinic", "treatment", "practitioner", "later__clinic", "later__patient", "patient", "appointment")
    return Wait.objects.filter(clinic=clinic).select_related(*related).prefetch_related("windows")


def _offers(clinic: Clinic) -> QuerySet[FreedOffer]:
    related = (
        "clinic",
        "practitioner",
        "appointment",
        "hold__clinic",
        "hold__treatment",
        "hold__practitioner",
        "wait__clinic",
        "wait__treatment",
    )
    people = ("wait__patient", "wait__later__clinic", "wait__later__patient")
    return FreedOffer.objects.filter(clinic=clinic).select_related(*related, *people)


def _first(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def _today(clinic: Clinic, at: datetime) -> date:
    return local(minute_of(at), clinic.zone).date()


def _clock(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def _whole(at: datetime) -> int:
    """Count a begun minute whole: what is kept until a minute is kept no longer than that."""
    return minute_of(at) + (at > instant_of(minute_of(at)))
