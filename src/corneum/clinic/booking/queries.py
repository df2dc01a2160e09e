"""Reading for the journey: what can be booked, the board of times, somebody's draft, somebody's appointment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from corneum.clinic.booking.board import Board, lay_out
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients.contact import Contact
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import queries as premises
from corneum.clinic.suitability.models import Screening
from corneum.clinic.treatments import queries as treatments
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic

# What nobody's reason lifts (docs/adr/0014).
NEVER_LIFTED = frozenset(
    {
        diary.Cause.NOT_OFFERED, diary.Cause.NOBODY_QUALIFIED, diary.Cause.NONE_OF_KIND, diary.Cause.NOT_TOGETHER
    }
)  # fmt: skip
MOST_ELSEWHERE = 3
ASKED_WITHIN = timedelta(hours=48)  # how long before a session what may have changed is asked anew
MOST_ASKED = 200  # in one go of the clock, which comes again
DAY = (8, 20)  # hours of the clinic's clock in which anybody may be sent anything by it
ENOUGH_TO_CHOOSE_FROM = 100  # times around one that has gone: two of them that do not overlap


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for on the board: with whom, in which part of the day, from which day on."""

    practitioner: Practitioner | None = None
    part: str = ""
    first: date | None = None


def draft_at(clinic: Clinic, code: str) -> Draft:
    """
    Find a draft by its secret address at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    draft = (
        Draft.objects.filter(clinic=clinic, code=code)
        .select_related("clinic", "treatment", "practitioner", "hold", "appointment")
        .first()
    )
    if draft is None:
        raise NotFound
    return draft


def draft_called(ref: str) -> Draft:
    """
    Find the draft that an event of the trail is about.

    :raises NotFound: it has been deleted since
    """
    draft = Draft.objects.filter(ref=ref).first()
    if draft is None:
        raise NotFound
    return draft


def locked_draft(draft: Draft) -> Draft:
    """
    Read the draft again, so that nobody else changes it until this is done.

    Alone, and what belongs to it afterwards: PostgreSQL waits for the row and then reads it as it
    is now, but what was joined to it as it was before the wait.
    """
    return Draft.objects.select_for_update().get(pk=draft.pk)


def drafts_to_forget(*, unfinished_before: datetime, any_before: datetime) -> list[Draft]:
    """Find the drafts that led nowhere, and the empty ones whose appointment was made some time ago."""
    nowhere = Draft.objects.filter(appointment=None, created_at__lt=unfinished_before)
    return list((nowhere | Draft.objects.filter(created_at__lt=any_before)).order_by("pk"))


def is_kept(draft: Draft, at: datetime) -> bool:
    """Say whether the draft's time is still kept for whoever is filling it in."""
    return draft.hold is not None and diary.hold_is_live(draft.hold, at)


def minutes_kept(draft: Draft, at: datetime) -> int:
    """Count the minutes for which the time is still kept, begun ones whole."""
    if draft.hold is None:
        return 0
    return max(0, -((at - draft.hold.expires_at) // timedelta(minutes=1)))


def appointment_at(clinic: Clinic, code: str) -> Appointment:
    """
    Find the appointment that a patient's link names at this clinic.

    :raises NotFound: there is none; another clinic's looks the same
    """
    appointment = diary.appointment_by_code(code)
    if appointment.clinic_id != clinic.pk:
        raise NotFound
    return appointment


def open_bookings_of(contact: Contact, *, clinic: Clinic, at: datetime) -> int:
    """Count the appointments still to come that were booked with this e-mail address or telephone number."""
    to_come = Appointment.objects.filter(
        clinic=clinic,
        status__in=[Appointment.Status.PENDING, Appointment.Status.BOOKED],
        starts__gt=minute_of(at),
    )
    if contact.email:
        return to_come.filter(patient__email__iexact=contact.email).count()
    return to_come.filter(patient__phone=contact.phone).count()


def online_offers(clinic: Clinic) -> list[Offer]:
    """Find what anybody may book here by themselves."""
    offers = list(treatments.bookable_online(clinic))
    for offer in offers:
        offer.clinic = clinic  # known already: no query for it
    return offers


def offer_called(clinic: Clinic, slug: str) -> Offer:
    """
    Find what the clinic offers under this name, bookable online or not.

    :raises NotFound: it offers nothing of that name
    """
    offer = treatments.offer_at(clinic, slug)
    offer.clinic = clinic
    return offer


def visits_to_ask_before(at: datetime) -> list[Appointment]:
    """Find the sessions of the next two days before which nobody has asked yet, where the clock says that it is day."""
    sessions = Appointment.objects.filter(
        status=Appointment.Status.BOOKED, starts__gt=minute_of(at + timedelta(hours=2)),
        starts__lte=minute_of(at + ASKED_WITHIN), treatment__offers__clinic=F("clinic"),
        treatment__offers__screening_first=True,
    ).exclude(ref__in=Screening.objects.exclude(visit="").values("visit"))  # fmt: skip
    found = sessions.select_related("clinic", "patient", "treatment").order_by("starts", "pk")[:MOST_ASKED]
    return [visit for visit in found if DAY[0] <= local(minute_of(at), visit.clinic.zone).hour < DAY[1]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same at another clinic of the group: how far away that is, and its next free time."""

    clinic: Clinic
    town: str
    miles: float | None
    next_free: int


def elsewhere(offer: Offer, *, at: datetime) -> list[Elsewhere]:
    """
    Find the nearest other clinics at which the same can be booked, each with its next free time.

    At most three, whatever the number of clinics: nobody chooses among hundreds, and each costs a search.
    """
    found: list[Elsewhere] = []
    offering = {other.clinic_id: other for other in treatments.offers_elsewhere(offer)}
    for other in premises.others_near(offer.clinic):
        if other.clinic.pk not in offering:
            continue
        days = diary.next_openings(clinic=other.clinic, treatment=offer.treatment, at=at, days=1, per_day=1)
        if days:
            found.append(Elsewhere(other.clinic, other.town, other.miles, days[0].times[0].starts))
        if len(found) == MOST_ELSEWHERE:
            break
    return found


def people_for(offer: Offer, at: datetime) -> list[Practitioner]:
    """Find whom a visitor may ask for, in the clinic's own order."""
    today = local(minute_of(at), offer.clinic.zone).date()
    able = practitioners.may_give(offer.treatment, today).values("pk")
    return list(practitioners.shown_at(offer.clinic, today).filter(pk__in=able).prefetch_related(None))


def person_called(slug: str, people: Iterable[Practitioner]) -> Practitioner:
    """
    Find the person that an address or a form names among those who may be asked for.

    :raises NotFound: nobody of that name is among them
    """
    for person in people:
        if person.slug == slug:
            return person
    raise NotFound


def board_for(
    offer: Offer, wish: Wish, *, at: datetime, ignoring: Appointment | None = None, every: bool = False
) -> Board:
    """
    Lay out the times that can be booked, five days of them, from the diary's own list.

    The whole horizon is read at once, in the same few queries whatever is in it: so the page knows
    the first free day, and whether there is anything at all.

    :param ignoring: the appointment that is to be moved, which may move over its own old time; what else its
        patient has is in the way
    :param every: show times that overlap too, as the desk wants them
    """
    clinic = offer.clinic
    today = local(minute_of(at), clinic.zone).date()
    last = today + timedelta(days=offer.horizon_days)
    offered: Sequence[diary.TimeOffered] = diary.openings_for(
        clinic=clinic,
        treatment=offer.treatment,
        first=today,
        last=last,
        at=at,
        practitioner=wish.practitioner,
        patient=ignoring.patient if ignoring else None,
        ignoring=ignoring,
    )
    if ignoring is not None and wish.practitioner in {None, ignoring.practitioner}:
        offered = [time for time in offered if time.starts != ignoring.starts]  # moving there moves nothing
    open_days = _open_days(offer, today, last, at)
    return lay_out(offered, open_days=open_days, zone=clinic.zone, part=wish.part, first=wish.first, every=every)


def nearest(
    offer: Offer,
    starts: int,
    *,
    practitioner: Practitioner | None,
    at: datetime,
    patient: Patient | None = None,
    ignoring: Appointment | None = None,
) -> tuple[list[int], Practitioner | None]:
    """
    Find the two times nearest to one that has gone: with the same person, or, when they have none, with anyone.

    The two do not overlap: whoever cannot come at the one has no use for a quarter of an hour beside it.

    :param patient: whose other visits are in the way; of an appointment that is to be moved it is known
    """
    patient = ignoring.patient if ignoring else patient
    found = diary.nearest_openings(
        clinic=offer.clinic,
        treatment=offer.treatment,
        at=at,
        starts=starts,
        practitioner=practitioner,
        patient=patient,
        count=ENOUGH_TO_CHOOSE_FROM,
        ignoring=ignoring,
    )
    if not found and practitioner is not None:
        return nearest(offer, starts, practitioner=None, at=at, patient=patient, ignoring=ignoring)
    by_distance = sorted((time.starts for time in found), key=lambda time: abs(time - starts))
    apart = [time for time in by_distance if abs(time - by_distance[0]) >= offer.treatment.minutes]
    return sorted(by_distance[:1] + apart[:1]), practitioner


def days_too_long(appointment: Appointment) -> int | None:
    """Count the days since the session before, when they are more than is sensible: advice, and no more."""
    zone, treatment = appointment.zone, appointment.treatment
    day = local(appointment.starts, zone).date()
    around = Interval(appointment.starts, appointment.ends)
    sessions = diary.sessions_near(appointment.patient, treatment, around, zone=zone, ignoring=[appointment])
    return treatment.gap.days_too_long(day, sessions)


def nearest_to(appointment: Appointment, *, at: datetime) -> list[int]:
    """Find the two free times nearest to an appointment that cannot be, with the same person if they have any."""
    try:
        offer = offer_called(appointment.clinic, appointment.treatment.slug)
    except NotFound:
        return []
    return nearest(
        offer, appointment.starts, practitioner=appointment.practitioner, patient=appointment.patient, at=at
    )[0]


def can_be_lifted(reasons: Sequence[diary.Reason]) -> bool:
    """
    Say whether somebody with the right may book in spite of all of this.

    Rules, hours and a practitioner's diary give way; a room, a device, the patient, and who may give
    the treatment that day never do. Rooms and devices are among the reasons only when none is free.
    """
    who = [(reason.owner, reason.cause) for reason in reasons if reason.owner]
    if any(owner.what != "practitioner" for owner, _ in who):
        return False
    if any(reason.cause in NEVER_LIFTED for reason in reasons):
        return False
    unfit = {owner for owner, cause in who if cause == diary.Cause.NOT_QUALIFIED}
    return not who or {owner for owner, _ in who} != unfit


def _open_days(offer: Offer, first: date, last: date, at: datetime) -> Sequence[date]:
    """List the days on which the clinic is still open after the notice that it asks for."""
    earliest = minute_of(at) + offer.notice_minutes
    zone = offer.clinic.zone
    hours = premises.opening_hours(offer.clinic, first, last)
    return sorted({local(span.starts, zone).date() for span in hours if span.ends > earliest})


def asked_until(clinic: Clinic, treatment: Treatment, at: datetime) -> datetime | None:
    """Say by when the clinic answers, where it answers each wish itself; None where it is booked at once."""
    try:
        offer = treatments.offer_at(clinic, treatment.slug)
    except NotFound:
        return None
    return at + timedelta(hours=offer.request_hours) if offer.is_by_request else None
