"""Offering a freed time to one person after the other, and what they answer."""

from datetime import datetime, timedelta

from django.db import transaction

from corneum.clinic.booking import actions as booking
from corneum.clinic.booking import letters as booking_letters
from corneum.clinic.booking.queries import asked_until
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.contact import Contact
from corneum.clinic.patients.models import Patient
from corneum.clinic.waiting import letters, queries
from corneum.clinic.waiting.closing import ask_for_offers, close
from corneum.clinic.waiting.eligibility import may_let_go
from corneum.clinic.waiting.models import FreedOffer, PassedOver, Wait
from corneum.clinic.waiting.queries import locked_line
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import instant_of
from corneum.domain.waiting import Chosen
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import withdraw_messages

State = FreedOffer.State
MOST_AT_ONCE = 20  # offers of one run; the next minute has another
MINUTE = timedelta(minutes=1)


class OfferOver(ClinicError):
    """This time is no longer kept for you. You are still on the list, and we ask you again when another opens."""


class _AskedMeanwhile(ClinicError):
    """Somebody else has just made this offer, or another to the same person."""


_TWICE = dict.fromkeys(
    ("waiting_offer_one_open_a_wait", "waiting_offer_one_open_a_person", "waiting_offer_never_the_same_twice"),
    _AskedMeanwhile,
)


@action
def offer_freed_times(*, clinic: Clinic, by: Actor, at: datetime) -> list[FreedOffer]:
    """
    Offer what is free to those who wait for it, each time to the first in line for whom it is.

    A time is kept for whoever is asked, and who was passed over for them is written down with the
    reason. A time that somebody takes in this very moment is left to them.
    """
    locked_line(clinic)
    offers: list[FreedOffer] = []
    gone: set[tuple[int, int]] = set()
    while len(offers) + len(gone) < MOST_AT_ONCE:
        chosen = queries.next_offer(clinic, at=at, gone=frozenset(gone))
        if chosen is None:
            break
        try:
            with transaction.atomic():
                offers.append(_offer(clinic, chosen, by=by, at=at))
        except (diary.TimeRefused, _AskedMeanwhile):
            gone.add((chosen.time.treatment, chosen.time.starts))
    if offers:
        refs = [offer.ref for offer in offers]
        record("waiting.offer_freed_times", entity=clinic, by=by, at=at, clinic=clinic, offers=refs)
    return offers


@action
def accept_offer(*, offer: FreedOffer, keeps_later: bool, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Book the time that is kept for somebody, and let the later appointment go unless they keep it.

    Where the clinic answers each wish itself, it is a request. A later appointment that only the
    clinic can cancel now is kept. What we asked is not sent any more if it has not left.
    All or nothing: if the time cannot be booked, the later appointment stays. Again, it answers with
    the appointment that was made.

    :raises OfferOver: it was declined, passed on or taken back, or the time to answer is over
    :raises TimeRefused: somebody has it, whatever was kept
    :raises PatientBusy: the patient has another appointment at that time, such as the later one that they keep
    :raises EnoughToCome: they have as many of these to come as one may have
    :raises ConsultationFirst: they have had no consultation
    :raises TooNear: they have another session of this treatment too near to it
    """
    locked_line(offer.clinic)
    offer = queries.offer_at(offer.clinic, offer.code)
    if offer.appointment is not None:
        record("waiting.accept_offer_again", entity=offer, by=by, at=at, clinic=offer.clinic, press=press)
        return offer.appointment
    if offer.state != State.OPEN or offer.hold is None or offer.expires_at <= at:
        raise OfferOver
    wait = offer.wait
    contact = Contact(email=wait.email, phone=wait.phone)
    patient = _patient_of(wait, by=by, at=at)
    if wait.later is not None and not keeps_later and may_let_go(wait, at):
        booking.cancel_booking(appointment=wait.later, reason="Took a sooner time from the waiting list", by=by, at=at)
    until = asked_until(offer.clinic, wait.treatment, at)
    appointment = diary.book_held_time(hold=offer.hold, patient=patient, note="", by=by, at=at, asked_until=until)
    tell = booking_letters.tell_requested if until else booking_letters.tell_booked
    tell(appointment, to=contact, by=by, at=at)
    withdraw_messages(about=offer, by=by, at=at)
    FreedOffer.objects.filter(pk=offer.pk).update(
        state=State.ACCEPTED, closed_at=at, hold=None, appointment=appointment
    )
    # They have what they waited for, however often they stood on the list for it.
    same = Wait.objects.filter(
        clinic=wait.clinic, person=wait.person, name=wait.name, treatment=wait.treatment, state=Wait.State.WAITING
    )
    same.update(state=Wait.State.BOOKED, ended_at=at, appointment=appointment)
    ask_for_offers(offer.clinic, key=offer.ref, at=at)
    record("waiting.accept_offer", entity=offer, by=by, at=at, clinic=offer.clinic, press=press)
    return appointment


@action
def decline_offer(*, offer: FreedOffer, by: Actor, at: datetime) -> FreedOffer:
    """Pass a time on to the next in line; whoever declines it stays on the list. Again, or too late: no harm."""
    locked_line(offer.clinic)
    offer = queries.offer_at(offer.clinic, offer.code)
    if offer.state == State.OPEN:
        close(offer, State.DECLINED, by=by, at=at)
        ask_for_offers(offer.clinic, key=offer.ref, at=at)
    record("waiting.decline_offer", entity=offer, by=by, at=at, clinic=offer.clinic)
    return offer


@action
def expire_offers(*, clinic: Clinic, by: Actor, at: datetime) -> int:
    """Close the offers that nobody answered in time and the waits whose last day is over, and count the offers."""
    locked_line(clinic)
    due, over = queries.offers_due(clinic, at), []
    for offer in due:
        close(offer, State.EXPIRED, by=by, at=at)
    for wait in queries.waits_due(clinic, at):
        over.append(wait.ref)
        Wait.objects.filter(pk=wait.pk).update(state=Wait.State.EXPIRED, ended_at=at)
    if due or over:
        refs = [offer.ref for offer in due]
        record("waiting.expire_offers", entity=clinic, by=by, at=at, clinic=clinic, offers=refs, waits=over)
    return len(due)


def _offer(clinic: Clinic, chosen: Chosen, *, by: Actor, at: datetime) -> FreedOffer:
    """Keep a time for whoever is next, write down whom it passed over, and queue the message."""
    refs = {chosen.waiter.ref, *(passed.ref for passed in chosen.passed)}
    waits = {
        wait.ref: wait
        for wait in Wait.objects.filter(ref__in=refs).select_related("clinic", "practitioner", "treatment")
    }
    wait, time = waits[chosen.waiter.ref], chosen.time
    kept = queries.answering(clinic, time.treatment, time.starts, at=at)
    if kept is None:
        raise _AskedMeanwhile
    minutes = (instant_of(kept.ends) - at) // MINUTE
    hold = diary.hold_time(
        clinic=clinic, treatment=wait.treatment, starts=time.starts, practitioner=wait.practitioner, by=by, at=at,
        minutes=minutes,
    )  # fmt: skip
    with refusing(_TWICE):
        offer = FreedOffer.objects.create(
            wait=wait, clinic=clinic, person=wait.person, practitioner=hold.practitioner, starts=hold.starts,
            ends=hold.ends, hold=hold, offered_at=at, tells_at=_when_awake(instant_of(kept.starts), at),
            expires_at=hold.expires_at,
        )  # fmt: skip
    PassedOver.objects.bulk_create(
        PassedOver(offer=offer, wait=waits[passed.ref], place=place, reason=passed.reason)
        for place, passed in enumerate(chosen.passed, 1)
    )
    letters.tell_offered(offer, by=by, at=at)
    return offer


def _when_awake(begins: datetime, at: datetime) -> datetime:
    """Say when to tell somebody: at once, unless the clock stands still until the morning."""
    return at if begins - at < MINUTE else begins


def _patient_of(wait: Wait, *, by: Actor, at: datetime) -> Patient:
    """Find whose appointment it will be: known by the later appointment, or by name and contact."""
    if wait.patient is not None:
        return wait.patient
    return patients.welcome_patient(
        clinic=wait.clinic, name=wait.name, email=wait.email, phone=wait.phone, by=by, at=at
    )
