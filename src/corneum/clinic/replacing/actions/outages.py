"""Taking out, proposing, shortening and closing."""

from collections.abc import Mapping
from datetime import datetime

from corneum.clinic.diary import actions as diary
from corneum.clinic.diary.models import Block, Owner
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device, Room
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.clinic.replacing.proposing import Option
from corneum.clinic.replacing.queries import OPEN, TO_DECIDE, missing_from, touched_by
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.interval import Interval
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record

State = Replacement.State


class NoTimeTaken(ClinicError):
    """Choose an end that is after the start, and still to come."""


class OutageClosed(ClinicError):
    """This has been closed already."""


class VisitsLeft(ClinicError):
    """There are visits that nobody has decided about yet."""


@action
def take_out(
    *, clinic: Clinic, what: Practitioner | Room | Device, kind: str, starts: int, ends: int, by: Actor, at: datetime,
    press: str = "",
) -> Outage:  # fmt: skip
    """
    Take a practitioner, room or device out for a time: block their diaries, and list every visit this touches.

    Nothing moves by this. At each other clinic where somebody's visits are touched, that clinic's desk
    gets an outage of its own.

    :param kind: why, as the kind of a block; it stays with the desk
    :raises NoTimeTaken: the time is empty, or over
    """
    if ends <= max(starts, minute_of(at)):
        raise NoTimeTaken
    outage = Outage(clinic=clinic, kind=kind, starts=starts, ends=ends, created_at=at, created_by_id=by.user_id)
    setattr(outage, _field(what), what)
    outage.series = diary.block_time(
        clinic=clinic, owners=outage.owners(), kind=kind, spans=[Interval(starts, ends)], by=by, at=at
    )
    outage.save(force_insert=True)
    _list(outage, at=at)
    if outage.practitioner is not None:
        _take_out_elsewhere(outage, at=at)
    record("replacing.take_out", entity=outage, by=by, at=at, clinic=clinic, press=press, series=outage.series)
    return outage


@action
def propose(*, outage: Outage, proposals: Mapping[str, Option | None], by: Actor, at: datetime) -> int:
    """
    Write down a proposal for each visit that nobody has decided about, and say how many have one.

    What has slipped in since is listed, and what needs nothing any more is settled.

    :param proposals: by the replacement's ref, as `queries.work_out` gives them
    :raises OutageClosed: it has been closed
    """
    outage = _locked(outage)
    _list(outage, at=at)
    _settle(outage, by=by, at=at)
    for row in Replacement.objects.select_for_update().filter(outage=outage, ref__in=proposals.keys(), state__in=OPEN):
        option = proposals[str(row.ref)]
        row.state = State.OPEN if option is None else State.PROPOSED
        row.starts = option.starts if option else None
        row.practitioner_id = option.practitioner_id if option else None
        row.lanes = [list(owner) for owner in option.owners if owner.what != "patient"] if option else []
        row.save(update_fields=["state", "starts", "practitioner", "lanes"])
    found = outage.replacements.filter(state=State.PROPOSED).count()
    record("replacing.propose", entity=outage, by=by, at=at, clinic=outage.clinic, found=found)
    return found


@action
def shorten_outage(*, outage: Outage, ends: int, by: Actor, at: datetime, press: str = "") -> Outage:
    """
    Let an outage end earlier, or now: the time is free again, and visits nobody has decided about fit again.

    What was placed anew stays where it is.

    :param ends: the new end; at the start or before, the whole outage is lifted
    :raises OutageClosed: it has been closed
    :raises NoTimeTaken: the end is not earlier than it was
    """
    everywhere = _locked_everywhere(outage)
    outage = next(each for each in everywhere if each.pk == outage.pk)
    if outage.closed_at is not None:
        raise OutageClosed
    if ends >= outage.ends:
        raise NoTimeTaken
    ends = max(ends, outage.starts)
    _cut_blocks(outage, ends, by=by, at=at)
    for each in everywhere:
        each.ends = max(ends, each.starts)
        each.save(update_fields=["ends"])
        _settle(each, by=by, at=at)
    record("replacing.shorten_outage", entity=outage, by=by, at=at, clinic=outage.clinic, press=press, ends=ends)
    return outage


@action
def close_outage(*, outage: Outage, by: Actor, at: datetime) -> Outage:
    """
    Put an outage away, once there is nothing left to decide. The time stays taken out.

    :raises OutageClosed: somebody has done so already
    :raises VisitsLeft: there are visits that nobody has decided about
    """
    outage = _locked(outage)
    _list(outage, at=at)
    _settle(outage, by=by, at=at)
    if outage.replacements.filter(state__in=TO_DECIDE).exists():
        raise VisitsLeft
    outage.closed_at, outage.closed_by_id = at, by.user_id
    outage.save(update_fields=["closed_at", "closed_by"])
    record("replacing.close_outage", entity=outage, by=by, at=at, clinic=outage.clinic)
    return outage


def _locked(outage: Outage) -> Outage:
    """Read the outage anew and lock it, so that two desks change it one after the other."""
    locked = Outage.objects.select_for_update().get(pk=outage.pk)
    if locked.closed_at is not None:
        raise OutageClosed
    return locked


def _locked_everywhere(outage: Outage) -> list[Outage]:
    """
    Read and lock the outages of all clinics for the same time, and then their visits; diaries are locked after these.

    Always in this order, so that two clinics wait for each other and neither waits for ever.
    """
    everywhere = list(Outage.objects.select_for_update().filter(series=outage.series).order_by("pk"))
    list(Replacement.objects.select_for_update().filter(outage__in=[each.pk for each in everywhere]).order_by("pk"))
    return everywhere


def _cut_blocks(outage: Outage, ends: int, *, by: Actor, at: datetime) -> None:
    """Let what is still blocked end by then; what somebody has given back meanwhile stays given back."""
    live = Block.objects.filter(series=outage.series, lifted_at=None).select_related("schedule")
    spans: dict[Owner, list[Interval]] = {owner: [] for owner in outage.owners()}
    for block in live.order_by("starts"):
        if block.starts < ends and block.schedule.owner in spans:
            spans[block.schedule.owner].append(Interval(block.starts, min(block.ends, ends)))
    for owner, left in spans.items():
        diary.set_blocks(owner=owner, kind=outage.kind, series=outage.series, spans=left, by=by, at=at)


def _field(what: Practitioner | Room | Device) -> str:
    return "practitioner" if isinstance(what, Practitioner) else "room" if isinstance(what, Room) else "device"


def _list(outage: Outage, *, at: datetime) -> None:
    """List what the outage touches and what is not listed yet, with what its patients were promised."""
    Replacement.objects.bulk_create(
        Replacement(
            outage=outage, appointment=visit, promised_starts=visit.starts,
            promised_practitioner_id=visit.practitioner_id,
        )
        for visit in missing_from(outage, at=at)
    )  # fmt: skip


def _take_out_elsewhere(outage: Outage, *, at: datetime) -> None:
    """Give each other clinic where this touches visits an outage of its own."""
    for clinic in Clinic.objects.exclude(pk=outage.clinic_id).order_by("pk"):
        other = Outage(
            clinic=clinic, series=outage.series, practitioner=outage.practitioner, kind=outage.kind,
            starts=outage.starts, ends=outage.ends, created_at=at, created_by=outage.created_by,
        )  # fmt: skip
        if touched_by(other).filter(ends__gt=minute_of(at)).exists():
            other.save(force_insert=True)
            _list(other, at=at)


def _settle(outage: Outage, *, by: Actor, at: datetime) -> None:
    """Settle what the outage does not touch any more: it is shorter, or the visit was moved or cancelled elsewhere."""
    left = outage.replacements.filter(state__in=TO_DECIDE).exclude(appointment__in=touched_by(outage))
    left.update(state=State.SETTLED, decided_at=at, decided_by=by.user_id, starts=None, practitioner=None, lanes=[])
