"""Why not: what stands in the way of a visit at a certain time, said by the search itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corneum.clinic.diary.models import Appointment, Block, Owner, Slot
from corneum.clinic.diary.queries.limits import has_enough_to_come, needs_consultation
from corneum.clinic.diary.queries.search import PATIENT, Search, search
from corneum.clinic.diary.queries.standing import DEVICE, PRACTITIONER, Sought
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.suitability.words import in_a_sentence, standing
from corneum.clinic.treatments.models import Treatment
from corneum.domain.scheduling.busy import span_of
from corneum.domain.scheduling.rules import Rule
from corneum.domain.scheduling.timeline import Timeline
from corneum.domain.scheduling.wall import local
from corneum.domain.suitability import Standing
from corneum.platform.accounts.models import Clinic


class Cause(StrEnum):
    """What can stand in the way."""

    NOT_OFFERED = "not offered"
    PAST = "past"
    NOTICE = "notice"
    HORIZON = "horizon"
    WEEKDAY = "weekday"
    STEP = "step"
    DAY_FULL = "day full"
    CLOSED = "closed"
    NOBODY_QUALIFIED = "nobody qualified"
    NOT_QUALIFIED = "not qualified"
    OFF_SHIFT = "off shift"
    BLOCKED = "blocked"
    BUSY = "busy"
    KEPT = "kept"
    BUFFER = "buffer"
    NONE_OF_KIND = "none of the kind"
    SERVICE_DUE = "service due"
    NOT_TOGETHER = "not together"
    PATIENT_BUSY = "patient busy"
    ENOUGH_TO_COME = "enough to come"
    CONSULTATION_FIRST = "consultation first"
    SPACING = "spacing"
    NOT_CLEARED = "not cleared"


_RULES = {
    Rule.PAST: "This time is over.",
    Rule.NOTICE: "It is sooner than the notice that this treatment asks for.",
    Rule.HORIZON: "It is further ahead than this treatment can be booked.",
    Rule.WEEKDAY: "This treatment is not given on this weekday.",
    Rule.STEP: "Visits do not begin at this minute.",
    Rule.DAY_FULL: "This day has as many of these visits as it takes.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: what, whose, and in a sentence for staff."""

    cause: Cause
    sentence: str
    owner: Owner | None = None
    appointment: str = ""  # the ref of the visit that is there already


def why_not(
    *,
    clinic: Clinic,
    treatment: Treatment,
    starts: int,
    at: datetime,
    practitioner: Practitioner | None = None,
    patient: Patient | None = None,
    ignoring: Appointment | None = None,
) -> list[Reason]:
    """
    List in order why a visit is not offered then: the rules, the hours, the people, the things, the patient.

    The list is empty exactly when the time is offered. For staff: it names what others have booked by
    its reference.
    """
    day = local(starts, clinic.zone).date()
    found = search(
        clinic=clinic, treatment=treatment, first=day, last=day, at=at, practitioner=practitioner, patient=patient,
        ignoring=ignoring, exactly=True,
    )  # fmt: skip
    if found is None:
        return [Reason(Cause.NOT_OFFERED, "This clinic does not offer this treatment.")]
    if practitioner is not None and not found.sought[0].owners:
        sentence = f"{practitioner.name} does not work here, or was never trained in this treatment."
        return [
            *_of_the_rules(found, starts),
            Reason(Cause.NOT_QUALIFIED, sentence, Owner(PRACTITIONER, practitioner.pk)),
        ]
    reasons = [
        *_of_the_rules(found, starts),
        *(reason for need in found.sought for reason in _of_a_need(found, need, starts, ignoring)),
        *_of_the_gap(found, starts),
        *_of_the_clearance(found, starts),
    ]
    if not reasons and found.openings().at(starts) is None:
        reasons.append(Reason(Cause.NOT_TOGETHER, "Everything is free by itself, but not what has to go together."))
    return [*reasons, *_of_the_patient(found, patient, starts, ignoring)]


def _of_the_rules(found: Search, starts: int) -> Iterator[Reason]:
    offended = found.rules.offended(starts, at=found.at, zone=found.standing.zone, full=found.full)
    yield from (Reason(Cause(rule.value), _RULES[rule]) for rule in offended)
    span = span_of(found.weeks)
    if starts not in Timeline.of(span, found.standing.open_in(found.weeks)).starts_for(found.treatment.minutes):
        yield Reason(Cause.CLOSED, "The clinic is not open for the whole of the visit.")


def _of_a_need(found: Search, need: Sought, starts: int, ignoring: Appointment | None) -> Iterator[Reason]:
    """Say of everybody or everything that would do why it will not, unless one of them will."""
    if any(_is_free(found, need, owner, starts) for owner in need.owners):
        return
    if not need.owners:
        yield _nobody(need)
    for owner in need.owners:
        yield from _of_a_lane(found, need, owner, starts, ignoring)


def _is_free(found: Search, need: Sought, owner: Owner, starts: int) -> bool:
    if need.what != PRACTITIONER:
        return starts in found.starts_of(need, owner, found.busy)
    # Opening hours are said once, of the clinic, and not of everybody who works there.
    return not _off_duty(found, owner, starts) and found.is_clear(need, owner, starts)


def _nobody(need: Sought) -> Reason:
    if need.what == PRACTITIONER:
        return Reason(Cause.NOBODY_QUALIFIED, "Nobody who works here may give this treatment.")
    return Reason(Cause.NONE_OF_KIND, f"The clinic has no {need.kind.replace('-', ' ')} {need.what} in use.")


def _of_a_lane(
    found: Search, need: Sought, owner: Owner, starts: int, ignoring: Appointment | None
) -> Iterator[Reason]:
    name = _name(found, owner)
    if need.what == PRACTITIONER:
        yield from _off_duty(found, owner, starts)
    elif need.what == DEVICE and starts not in found.starts_of(need, owner, {}):
        yield Reason(Cause.SERVICE_DUE, f"{name} may not be used before it has been serviced.", owner)
    if not found.is_clear(need, owner, starts):
        yield from _taken_by(found, need, owner, starts, ignoring)


def _off_duty(found: Search, owner: Owner, starts: int) -> list[Reason]:
    standing, name = found.standing, _name(found, owner)
    works = standing.works_in(owner.key, found.weeks)
    if starts not in Timeline.of(span_of(found.weeks), works).starts_for(found.treatment.minutes):
        return [Reason(Cause.OFF_SHIFT, f"{name} does not work for the whole of the visit.", owner)]
    # Whether somebody may give it is asked of the day on which their hours begin, as the search does.
    may = [span for span in works if standing.may_give(found.treatment.pk, owner.key, _day(found, span.starts))]
    if starts not in Timeline.of(span_of(found.weeks), may).starts_for(found.treatment.minutes):
        return [Reason(Cause.NOT_QUALIFIED, f"{name} may not give this treatment on this day.", owner)]
    return []


def _taken_by(found: Search, need: Sought, owner: Owner, starts: int, ignoring: Appointment | None) -> Iterator[Reason]:
    """Say with what somebody or something is busy, and whether only the time around the visit is too short."""
    name, ends = _name(found, owner), starts + found.treatment.minutes
    reach = {"schedule__" + owner.what: owner.key, "schedule__number": owner.number}
    blocks = Block.objects.filter(**reach, lifted_at=None, starts__lt=ends + need.after, ends__gt=starts - need.before)
    for block in blocks.order_by("starts"):
        yield Reason(Cause.BLOCKED, f"{name} is not available {_clock(found, block.starts, block.ends)}.", owner)
    slots = Slot.objects.filter(**reach, is_live=True, starts__lt=ends + 240, ends__gt=starts - 240)
    if ignoring is not None:
        slots = slots.exclude(appointment=ignoring)
    for slot in slots.select_related("appointment", "hold").order_by("starts"):
        is_clear = (slot.clear_until <= starts or slot.starts >= ends + need.after) and (
            slot.ends <= starts - need.before or slot.clear_from >= ends
        )
        if is_clear or (slot.hold is not None and slot.hold.expires_at <= found.at):
            continue
        yield _because_of(found, slot, owner, name, overlaps=slot.starts < ends and slot.ends > starts)


def _because_of(found: Search, slot: Slot, owner: Owner, name: str, *, overlaps: bool) -> Reason:
    when = _clock(found, slot.starts, slot.ends)
    if owner.what == PATIENT:
        return Reason(Cause.PATIENT_BUSY, f"The patient has another appointment {when}.", owner, _ref(slot))
    if not overlaps:
        return Reason(Cause.BUFFER, f"{name} needs more time beside the visit {when}.", owner, _ref(slot))
    if slot.appointment is None:
        return Reason(Cause.KEPT, f"{name} is being kept for somebody {when}.", owner)
    return Reason(Cause.BUSY, f"{name} has {slot.appointment.reference} {when}.", owner, _ref(slot))


def _of_the_patient(
    found: Search, patient: Patient | None, starts: int, ignoring: Appointment | None
) -> Iterator[Reason]:
    if patient is None:
        return
    offer = found.standing.offers[found.treatment.pk]
    if has_enough_to_come(patient, offer, at=found.at, ignoring=ignoring):
        yield Reason(Cause.ENOUGH_TO_COME, "The patient has as many of these visits to come as one may have.")
    if needs_consultation(patient, offer, starts=starts, ignoring=ignoring):
        yield Reason(Cause.CONSULTATION_FIRST, "The patient has had no consultation before this.")


def _of_the_gap(found: Search, starts: int) -> Iterator[Reason]:
    """Say that another session of theirs is too near, and from when it is far enough."""
    if Rule.SPACING not in found.rules.offended(starts, at=found.at, zone=found.standing.zone, sessions=found.sessions):
        return
    least = found.rules.gap.least
    first = found.rules.gap.first_from(_day(found, starts), found.sessions)
    yield Reason(
        Cause.SPACING,
        f"At least {least} {'day lies' if least == 1 else 'days lie'} between two of these for one patient: "
        f"it is possible from {first:%A} {first.day} {first:%B} on.",
    )


def _of_the_clearance(found: Search, starts: int) -> Iterator[Reason]:
    """Say that the patient is not cleared for the day: who has to look or how long it is, and never why."""
    day, clearance = _day(found, starts), found.clearance
    if clearance.allows(day):
        return
    if clearance.to_day is not None and clearance.to_day < day:
        last = clearance.to_day
        sentence = f"By what they answered it is possible until {last:%A} {last.day} {last:%B}: ask them again."
    elif clearance.standing is Standing.CLEARED and clearance.from_day is not None:
        first = clearance.from_day
        sentence = f"By what they answered it is possible from {first:%A} {first.day} {first:%B} on."
    else:
        sentence = f"The patient is not cleared for this: {in_a_sentence(standing(clearance))}."
    yield Reason(Cause.NOT_CLEARED, sentence)


def _ref(slot: Slot) -> str:
    return slot.appointment.ref if slot.appointment is not None else ""


def _name(found: Search, owner: Owner) -> str:
    standing = found.standing
    if owner.what == PATIENT:
        return "The patient"
    if owner.what == PRACTITIONER:
        return standing.people[owner.key].name
    thing = (standing.devices if owner.what == DEVICE else standing.rooms)[owner.key]
    return thing.name if thing.places == 1 else f"{thing.name}, place {owner.number}"


def _day(found: Search, minute: int) -> date:
    return local(minute, found.standing.zone).date()


def _clock(found: Search, starts: int, ends: int) -> str:
    zone = found.standing.zone
    return f"from {local(starts, zone):%H:%M} to {local(ends, zone):%H:%M}"
