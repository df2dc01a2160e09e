"""Offering times in a reply, choosing one of them, and letting them go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from corneum.clinic.booking import letters
from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries.actions import reply_to_enquiry, settle_enquiry
from corneum.clinic.enquiries.latest import locked
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.holding.models import HeldTime, HeldTimes
from corneum.clinic.holding.queries import each_of, kept_until, locked_times, open_times_of, still_kept
from corneum.clinic.holding.words import chosen_in_words, with_times
from corneum.clinic.patients import actions as patients
from corneum.clinic.patients.contact import Contact
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import instant_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.audit.trail import action, record

State = HeldTimes.State
MOST = 3
MINUTE = timedelta(minutes=1)


class WrongNumber(ClinicError):
    """Choose one, two or three times."""


class TimesOver(ClinicError):
    """This time is no longer kept for you. Choose another one, or see which times are free."""


@action
def offer_times(
    *,
    enquiry: Enquiry,
    treatment: Treatment,
    starts: Sequence[int],
    practitioner: Practitioner | None,
    text: str,
    seen: str,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> HeldTimes:
    """
    Answer somebody with up to three times that are kept for them until the next day's closing.

    What was offered in this conversation before and is not answered goes back first, so that nobody
    is kept more than three. All of them can be kept, or nothing is sent.

    :param starts: the UTC minutes at which they start
    :param practitioner: with whom; None for whoever is free
    :param text: the reply; the times and the link stand where it says {times}, or at its end
    :param seen: the ref of the last entry that was read
    :raises WrongNumber: none, or more than three
    :raises TimeRefused: one of them has gone; its `wanted` says which
    :raises OnlyByTelephone: they can only be rung
    :raises ChangedMeanwhile: more was said in the conversation since
    """
    wanted = sorted(set(starts))
    if not 1 <= len(wanted) <= MOST:
        raise WrongNumber
    enquiry = locked(enquiry, seen=seen)  # first of all: two who answer at once do not both keep times
    before = open_times_of(enquiry)
    if before is not None:
        _let_go(before, State.WITHDRAWN, by=by, at=at)
    until = kept_until(enquiry.clinic, at)
    times = HeldTimes.objects.create(
        clinic=enquiry.clinic, enquiry=enquiry, treatment=treatment, offered_at=at, offered_by=user, expires_at=until
    )
    for start in wanted:
        minutes = (min(until, instant_of(start)) - at) // MINUTE
        hold = diary.hold_time(
            clinic=enquiry.clinic, treatment=treatment, starts=start, practitioner=practitioner, by=by, at=at,
            minutes=minutes,
        )  # fmt: skip
        HeldTime.objects.create(
            times=times, practitioner=hold.practitioner, starts=hold.starts, ends=hold.ends, hold=hold
        )
    reply_to_enquiry(enquiry=enquiry, text=with_times(text, times, each_of(times)), seen=seen, user=user, by=by, at=at)
    record("holding.offer_times", entity=times, by=by, at=at, clinic=times.clinic, press=press, starts=wanted)
    return times


@action
def choose_time(*, times: HeldTimes, ref: str, by: Actor, at: datetime, press: str = "") -> Appointment:
    """
    Book one of the times that are kept for somebody, and give the others back. Again, it answers with the same.

    Whoever asked becomes a patient with it, and the conversation is done. The clinic offered the time
    itself, so it is booked and not asked for.

    :param ref: of the time that is chosen
    :raises TimesOver: it is not kept any more, or was not one of them
    :raises TimeRefused: somebody has it, whatever was kept
    :raises PatientBusy: the patient has another appointment at that time
    :raises EnoughToCome: they have as many of these to come as one may have
    :raises ConsultationFirst: they have had no consultation
    """
    times = locked_times(times)
    if times.appointment is not None:
        record("holding.choose_time_again", entity=times, by=by, at=at, clinic=times.clinic, press=press)
        return times.appointment
    chosen = next((time for time in still_kept(times, at=at) if time.ref == ref), None)
    if chosen is None or chosen.hold is None:
        raise TimesOver
    enquiry = times.enquiry
    patient = enquiry.patient or patients.welcome_patient(
        clinic=times.clinic, name=enquiry.name, email=enquiry.email, phone=enquiry.phone, by=by, at=at
    )
    appointment = diary.book_held_time(hold=chosen.hold, patient=patient, note="", by=by, at=at)
    letters.tell_booked(appointment, to=Contact(email=enquiry.email, phone=enquiry.phone), by=by, at=at)
    times.appointment = appointment
    _let_go(times, State.TAKEN, by=by, at=at)
    settle_enquiry(
        enquiry=enquiry, text=chosen_in_words(chosen, times.clinic), patient=patient, is_booked=True, by=by, at=at
    )
    record("holding.choose_time", entity=times, by=by, at=at, clinic=times.clinic, press=press)
    return appointment


@action
def decline_times(*, times: HeldTimes, by: Actor, at: datetime) -> None:
    """Say that none of them suits: they go back, and the conversation waits for us. Again, or too late: no harm."""
    times = locked_times(times)
    if times.state == State.OPEN:
        _let_go(times, State.DECLINED, by=by, at=at)
        settle_enquiry(
            enquiry=times.enquiry, text="None of the times that we kept suits them.", patient=None, is_booked=False,
            by=by, at=at,
        )  # fmt: skip
    record("holding.decline_times", entity=times, by=by, at=at, clinic=times.clinic)


@action
def withdraw_times(*, times: HeldTimes, by: Actor, at: datetime) -> None:
    """Take back what was offered; the link then says so. What is booked already stays booked."""
    times = locked_times(times)
    if times.state == State.OPEN:
        _let_go(times, State.WITHDRAWN, by=by, at=at)
    record("holding.withdraw_times", entity=times, by=by, at=at, clinic=times.clinic)


def _let_go(times: HeldTimes, state: HeldTimes.State, *, by: Actor, at: datetime) -> None:
    """Close what was offered, and give back whatever is still kept of it."""
    for time in each_of(times):
        if time.hold is not None:
            diary.release_hold(hold=time.hold, by=by, at=at)
    times.state, times.closed_at = state, at
    times.save(update_fields=["state", "closed_at", "appointment"])
