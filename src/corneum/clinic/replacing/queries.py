"""Reading outages: which there are, which visits each touches, and how far each is dealt with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from corneum.clinic.diary.models import Appointment, Block, Owner, Slot
from corneum.clinic.practitioners import queries as practitioners
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises import queries as premises
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.clinic.replacing.proposing import Option, options_for, propose_for
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may, within
from corneum.platform.messages.queries import states_of

State = Replacement.State
OPEN = (State.OPEN, State.PROPOSED)
TO_DECIDE = (*OPEN, State.LEFT)  # somebody still has to do something about it
TOUCHED = (Appointment.Status.PENDING, Appointment.Status.BOOKED)
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of an outage, as the desk sees it."""

    replacement: Replacement
    changes: list[str] = field(default_factory=list)  # in what it differs from what was promised
    things: str = ""  # rooms and devices of its new place, in words
    is_changed_elsewhere: bool = False
    is_told: bool = False


def outages_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Outage]:
    """Find the outages of a clinic that this person may see, the latest first."""
    related = ("clinic", "practitioner", "room", "device", "created_by", "closed_by")
    return (
        Outage.objects.filter(within(user, Right.SEE_DIARY), clinic=clinic)
        .select_related(*related)
        .order_by("-starts", "-pk")
    )


def outages_shown(user: User | AnonymousUser, clinic: Clinic) -> list[Outage]:
    """Find the latest outages, each with how many visits it touches and how many are still to be decided."""
    live = Block.objects.filter(series=OuterRef("series"), lifted_at=None)
    rows = outages_visible_to(user, clinic).annotate(
        touched=Count("replacements"),
        left=Count("replacements", filter=Q(replacements__state__in=TO_DECIDE)),
        is_out=Exists(live),
    )
    shown: list[Outage] = list(rows[:MOST_SHOWN])
    sees_why = may(user, Right.CHANGE_CLINIC, clinic)
    for outage in shown:
        outage.why = kind_in_words(outage, sees_why=sees_why)  # type: ignore[attr-defined]
    return shown


def outage_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Outage:
    """
    Find one outage for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    found = outages_visible_to(user, clinic).filter(ref=ref).first()
    if found is None:
        raise NotFound
    return found


def replacement_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Replacement:
    """
    Find what becomes of one visit, for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    visible = outages_visible_to(user, clinic).order_by()
    found = _rows(Replacement.objects.filter(outage__in=visible, ref=ref)).first()
    if found is None:
        raise NotFound
    return found


def replacements_of(outage: Outage) -> list[Replacement]:
    """Find what becomes of each visit that an outage touches, in the order of their times."""
    return list(_rows(outage.replacements.all()).order_by("promised_starts", "pk"))


def lines_of(outage: Outage) -> list[Line]:
    """List the visits of an outage for the desk, with what is different about each new place."""
    rows = replacements_of(outage)
    names = _names(rows)
    touched = set(touched_by(outage).values_list("pk", flat=True))
    states = states_of([ref for row in rows for ref in row.letters])
    return [
        Line(
            row,
            changes=_changes(row),
            things=" and ".join(names[owner] for owner in row.owners if owner in names),
            is_changed_elsewhere=row.state in TO_DECIDE and row.appointment_id not in touched,
            is_told=any(states.get(ref) == "sent" for ref in row.letters),
        )
        for row in rows
    ]


def progress_of(lines: Sequence[Line]) -> Counter[str]:
    """Count the visits of an outage by what has become of each."""
    return Counter(str(line.replacement.state) for line in lines)


def touched_by(outage: Outage) -> QuerySet[Appointment]:
    """Find the visits at the outage's clinic that its time touches, set-up and clean-down too, and only on its diaries."""
    whose = Q()
    for what, key, number in outage.owners():
        whose |= Q(**{f"schedule__{what}": key}, schedule__number=number)
    slots = Slot.objects.filter(
        whose, is_live=True, clear_from__lt=outage.ends, clear_until__gt=outage.starts, appointment__status__in=TOUCHED
    )
    if is_lifted(outage):
        slots = slots.none()
    return Appointment.objects.filter(clinic=outage.clinic_id, pk__in=slots.values("appointment")).order_by("starts")


def is_lifted(outage: Outage) -> bool:
    """Say whether all of its time was given back, here or among the clinic's blocked times."""
    return outage.starts >= outage.ends or not Block.objects.filter(series=outage.series, lifted_at=None).exists()


def kind_in_words(outage: Outage, *, sees_why: bool) -> str:
    """Say why it is out; of a person only to somebody who may know."""
    if outage.practitioner_id and not sees_why:
        return str(Block.Kind.OTHER.label)
    return outage.get_kind_display()


def missing_from(outage: Outage, *, at: datetime) -> list[Appointment]:
    """Find the visits that an outage touches and that are not listed yet: when it begins, and what slipped in since."""
    listed = outage.replacements.values("appointment")
    return list(touched_by(outage).filter(ends__gt=minute_of(at)).exclude(pk__in=listed))


def work_out(outage: Outage, *, at: datetime, only: Replacement | None = None) -> dict[str, Option | None]:
    """
    Work out a proposal for each visit that nobody has decided about, by its replacement's ref.

    Nothing is written and nothing is kept: this may take a second, and others go on booking meanwhile.

    :param only: for this one alone, whatever is proposed for the others
    """
    rows = [
        row
        for row in replacements_of(outage)
        if (row == only if only is not None else row.state in OPEN)
        and row.appointment.status == Appointment.Status.BOOKED
        and row.appointment.ends > minute_of(at)
    ]
    found = propose_for([row.appointment for row in rows], at=at)
    return {str(row.ref): option for row, option in zip(rows, found, strict=True)}


def times_to_choose(replacement: Replacement, *, at: datetime) -> list[Option]:
    """List other places for one visit, one for each time and person, the nearest first."""
    seen: dict[tuple[int, int], Option] = {}
    for option in options_for(replacement.appointment, at=at):
        seen.setdefault((option.starts, option.practitioner_id), option)
    return list(seen.values())


def person_free(replacement: Replacement, starts: int, key: int, *, at: datetime) -> Practitioner | None:
    """Find somebody by their key, if they are among those free for a visit at this time."""
    options = times_to_choose(replacement, at=at)
    if any((option.starts, option.practitioner_id) == (starts, key) for option in options):
        return Practitioner.objects.get(pk=key)
    return None


def names_of(options: Sequence[Option]) -> dict[int, str]:
    """Name the people in some options."""
    keys = {option.practitioner_id for option in options}
    return dict(Practitioner.objects.filter(pk__in=keys).values_list("pk", "name"))


def who_and_what(clinic: Clinic, at: datetime) -> dict[str, list[tuple[str, str]]]:
    """List whoever and whatever can be taken out at a clinic, by kind, as a form's choices."""
    today = local(minute_of(at), clinic.zone).date()
    people = practitioners.shown_at(clinic, today).prefetch_related(None)
    return {
        "People": [(f"practitioner-{one.ref}", one.name) for one in people],
        "Rooms": [(f"room-{one.pk}", one.name) for one in premises.rooms_of(clinic)],
        "Devices": [(f"device-{one.pk}", one.name) for one in premises.devices_of(clinic)],
    }


def thing_called(clinic: Clinic, name: str, at: datetime) -> Practitioner | Room | Device:
    """
    Find who or what a choice of `who_and_what` names.

    :raises NotFound: there is no such at this clinic
    """
    what, _, key = name.partition("-")
    today = local(minute_of(at), clinic.zone).date()
    things = {
        "practitioner": [(one.ref, one) for one in practitioners.shown_at(clinic, today).prefetch_related(None)],
        "room": [(str(one.pk), one) for one in premises.rooms_of(clinic)],
        "device": [(str(one.pk), one) for one in premises.devices_of(clinic)],
    }
    for ref, one in things.get(what, []):  # type: ignore[attr-defined]
        if ref == key:
            return one  # type: ignore[no-any-return]
    raise NotFound


def is_seen_changed(replacement: Replacement) -> bool:
    """Say whether a patient has anything to be told: another time or person than they were promised, or none."""
    visit = replacement.appointment
    was = (replacement.promised_starts, replacement.promised_practitioner_id)
    return replacement.state == State.CANCELLED or was != (visit.starts, visit.practitioner_id)


def _rows(rows: QuerySet[Replacement]) -> QuerySet[Replacement]:
    related = ("clinic", "patient", "treatment", "practitioner")
    return rows.select_related(
        "outage__clinic", "outage__practitioner", "outage__room", "outage__device", "promised_practitioner",
        "practitioner", "decided_by", *(f"appointment__{name}" for name in related),
    )  # fmt: skip


def _changes(row: Replacement) -> list[str]:
    if row.starts is None or row.practitioner is None:
        return []
    zone = row.outage.clinic.zone
    was, is_ = local(row.promised_starts, zone), local(row.starts, zone)
    found = []
    if was.date() != is_.date():
        found.append("another day")
    elif was != is_:
        found.append("another time")
    if row.practitioner_id != row.promised_practitioner_id:
        found.append("another person" if found else "same time, another person")
    return found


def _names(rows: Sequence[Replacement]) -> dict[Owner, str]:
    """Name the rooms and devices of new places."""
    owners = {owner for row in rows for owner in row.owners}
    rooms = Room.objects.in_bulk([owner.key for owner in owners if owner.what == "room"])
    devices = Device.objects.in_bulk([owner.key for owner in owners if owner.what == "device"])
    known = {"room": rooms, "device": devices}
    return {owner: known[owner.what][owner.key].name for owner in owners if owner.what in known}  # type: ignore[index]
