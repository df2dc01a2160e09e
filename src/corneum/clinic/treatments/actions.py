"""Saying what a clinic offers, and on what evidence."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from corneum.clinic.treatments.models import Choice, Concern, Evidence, Need, Offer, Treatment
from corneum.clinic.treatments.wording import keep_to_what_is_known
from corneum.domain.scheduling.gap import Gap
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record


@dataclass(frozen=True, slots=True)
class Needed:
    """What a treatment occupies: `what` is practitioner, room or device; buffers in minutes."""

    what: str
    kind: str = ""
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing to do about a concern: `who` is that of `models.Choice`, the treatment its slug where it is one."""

    who: str
    title: str
    says: str
    treatment: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a treatment for one concern, by its slug; `strength` is that of `models.Evidence`."""

    concern: str
    strength: str
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How a treatment can be booked at one clinic; what each means stands with the table (Offer)."""

    notice_minutes: int
    horizon_days: int
    step_minutes: int
    weekdays: int
    most_per_day: int | None
    most_open_per_patient: int | None
    consultation_first: bool
    screening_first: bool
    is_by_request: bool
    request_hours: int
    free_cancel_hours: int
    grace_minutes: int
    late_fee_pence: int


@action
def add_treatment(
    *,
    slug: str,
    name: str,
    short_name: str,
    kind: str,
    family: str,
    summary: str,
    minutes: int,
    needs: Iterable[Needed],
    feels_like: str = "",
    afterwards: str = "",
    time_off: str = "",
    course: str = "",
    order: int = 0,
    is_bookable_online: bool = False,
    gap: Gap = Gap(),  # noqa: B008 -- it is frozen
    by: Actor,
    at: datetime,
) -> Treatment:
    """
    Add something that can be booked, and what it occupies.

    :raises SaysTooMuch: its facts say more than is known
    """
    keep_to_what_is_known(summary, feels_like, afterwards, time_off, course)
    treatment = Treatment.objects.create(
        slug=slug,
        name=name,
        short_name=short_name,
        kind=kind,
        family=family,
        summary=summary,
        minutes=minutes,
        feels_like=feels_like,
        afterwards=afterwards,
        time_off=time_off,
        course=course,
        order=order,
        is_bookable_online=is_bookable_online,
        gap_days=gap.least,
        longest_gap_days=gap.longest,
    )
    Need.objects.bulk_create(
        Need(treatment=treatment, what=need.what, kind=need.kind, before=need.before, after=need.after)
        for need in needs
    )
    record("treatments.add_treatment", entity=treatment, by=by, at=at, clinic=None)
    return treatment


@action
def offer_treatment(
    *,
    clinic: Clinic,
    treatment: Treatment,
    price_pence: int,
    price_note: str = "",
    notice_minutes: int = 120,
    horizon_days: int = 60,
    step_minutes: int = 15,
    free_cancel_hours: int = 24,
    by: Actor,
    at: datetime,
) -> Offer:
    """Offer a treatment at a clinic, at a price and under rules of booking; offering it again changes them."""
    offer, _ = Offer.objects.update_or_create(
        clinic=clinic,
        treatment=treatment,
        defaults={
            "price_pence": price_pence,
            "price_note": price_note,
            "notice_minutes": notice_minutes,
            "horizon_days": horizon_days,
            "step_minutes": step_minutes,
            "free_cancel_hours": free_cancel_hours,
        },
    )
    record("treatments.offer_treatment", entity=treatment, by=by, at=at, clinic=clinic, price_pence=price_pence)
    return offer


@action
def set_rules(*, offer: Offer, rules: Rules, by: Actor, at: datetime) -> Offer:
    """Say under which rules a treatment can be booked at a clinic; what is booked already stays as it is."""
    offer = Offer.objects.select_for_update(of=("self",)).select_related("clinic", "treatment").get(pk=offer.pk)
    changed = _change(offer, asdict(rules))
    record("treatments.set_rules", entity=offer.treatment, by=by, at=at, clinic=offer.clinic, **changed)
    return offer


@action
def set_length(
    *,
    treatment: Treatment,
    minutes: int,
    buffers: Mapping[int, tuple[int, int]],
    gap: Gap | None = None,
    by: Actor,
    at: datetime,
) -> Treatment:
    """
    Say how long a treatment takes, at every clinic, the set-up and clean-down of what it needs, and how far apart.

    What is booked already keeps its length and its day.

    :param buffers: minutes before and after, by the key of the need
    :param gap: how many days lie between two sessions of one patient; None for as it is
    """
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    apart = {"gap_days": gap.least, "longest_gap_days": gap.longest} if gap else {}
    changed = _change(treatment, {"minutes": minutes, **apart})
    for need in Need.objects.select_for_update().filter(treatment=treatment, pk__in=buffers):
        before, after = buffers[need.pk]
        theirs = _change(need, {"before": before, "after": after})
        what = f"{need.kind} {need.what}".strip()
        for side, values in theirs.items():
            changed[side] |= {f"{what}, {name}": value for name, value in values.items()}
    record("treatments.set_length", entity=treatment, by=by, at=at, clinic=None, **changed)
    return treatment


def _change(row: Offer | Treatment | Need, to: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is different, and say what it was and what it is."""
    different = {name: value for name, value in to.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in different}
    for name, value in different.items():
        setattr(row, name, value)
    if different:
        row.save(update_fields=[*different])
    return {"before": before, "after": different}


@action
def add_concern(*, slug: str, name: str, seen_as: str, order: int = 0, by: Actor, at: datetime) -> Concern:
    """Add something that readers see in the mirror."""
    concern = Concern.objects.create(slug=slug, name=name, seen_as=seen_as, order=order)
    record("treatments.add_concern", entity=concern, by=by, at=at, clinic=None)
    return concern


@action
def note_evidence(
    *,
    treatment: Treatment,
    concern: Concern,
    says: str,
    strength: str,
    source: str,
    reviewed_on: date,
    order: int = 0,
    by: Actor,
    at: datetime,
) -> Evidence:
    """
    Note what a treatment can and cannot do for a concern, how sure we are, and who says so.

    :raises SaysTooMuch: it says more than is known
    """
    keep_to_what_is_known(says)
    evidence, _ = Evidence.objects.update_or_create(
        treatment=treatment,
        concern=concern,
        defaults={
            "says": says,
            "strength": strength,
            "source": source,
            "reviewed_on": reviewed_on,
            "order": order,
        },
    )
    record("treatments.note_evidence", entity=treatment, by=by, at=at, clinic=None, concern=concern.slug)
    return evidence


@action
def put_evidence_in_order(
    *,
    treatment: Treatment,
    notes: Iterable[Noted],
    reviewed_on: date,
    answered: Collection[str] = (),
    by: Actor,
    at: datetime,
) -> None:
    """
    Say all that is known of what a treatment can and cannot do; what was said before is replaced.

    :param answered: words for which the copy check was given a reason
    :raises SaysTooMuch: it says more than is known
    """
    notes = list(notes)
    keep_to_what_is_known(*(note.says for note in notes), answered=answered)
    concerns = {concern.slug: concern for concern in Concern.objects.all()}
    treatment.evidence.all().delete()
    Evidence.objects.bulk_create(
        Evidence(
            treatment=treatment, concern=concerns[note.concern], strength=note.strength, says=note.says,
            source=note.source, reviewed_on=reviewed_on, order=order,
        )
        for order, note in enumerate(notes, start=1)
    )  # fmt: skip
    record("treatments.put_evidence_in_order", entity=treatment, by=by, at=at, clinic=None, notes=len(notes))


@action
def describe_concern(
    *, concern: Concern, name: str, seen_as: str, answered: Collection[str] = (), by: Actor, at: datetime
) -> Concern:
    """
    Say how a concern is called and what somebody sees in the mirror.

    :raises SaysTooMuch: it says more than is known
    """
    keep_to_what_is_known(name, seen_as, answered=answered)
    concern.name, concern.seen_as = name, seen_as
    concern.save(update_fields=["name", "seen_as"])
    record("treatments.describe_concern", entity=concern, by=by, at=at, clinic=None)
    return concern


@action
def put_choices_in_order(
    *, concern: Concern, choices: Iterable[Chosen], answered: Collection[str] = (), by: Actor, at: datetime
) -> None:
    """
    Say what to do about a concern, the first thing worth trying first; what was said before is replaced.

    A choice that names a treatment which does not exist is kept without it: it is still worth knowing.

    :raises SaysTooMuch: it says more than is known
    """
    choices = list(choices)
    said = (text for choice in choices for text in (choice.title, choice.says))
    keep_to_what_is_known(*said, answered=answered)
    known = {treatment.slug: treatment for treatment in Treatment.objects.all()}
    concern.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(
            concern=concern,
            order=order,
            who=choice.who,
            title=choice.title,
            says=choice.says,
            source=choice.source,
            treatment=known.get(choice.treatment),
        )
        for order, choice in enumerate(choices, start=1)
    )
    record("treatments.put_choices_in_order", entity=concern, by=by, at=at, clinic=None, choices=len(choices))
