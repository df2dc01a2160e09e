"""Signing a visit, and what may be added to it afterwards: an amendment with its reason, a countersignature."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from corneum.clinic.diary.actions import finish_appointment
from corneum.clinic.diary.models import Appointment
from corneum.clinic.diary.queries import locked_appointment
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.premises.models import Device
from corneum.clinic.records.chain import add_link
from corneum.clinic.records.drafts import DraftMoved, SignedAlready, draft_of
from corneum.clinic.records.following import followers
from corneum.clinic.records.models import Amendment, Countersignature, Lot, LotUse, VisitRecord
from corneum.clinic.records.queries import (
    bounds_of,
    countersigner_of,
    last_signed,
    practitioner_of,
    protocol_of,
    register_of,
)
from corneum.clinic.records.readying import ready_for
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.domain.records import (
    Kind,
    Problem,
    Protocol,
    Ready,
    Values,
    beyond_expected,
    changed_since,
    in_brief,
    in_words,
    problems_of,
)
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import User
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import action, record

Status = Appointment.Status
NOT_SEEN = (Status.PENDING, Status.BOOKED, Status.CANCELLED, Status.NOSHOW)
READINESS = "readiness"  # the reason for treating although something was missing


class NotAPractitioner(ClinicError):
    """Only somebody who treats signs. Your sign-in belongs to no practitioner; the owner can link the two."""


class NotSeen(ClinicError):
    """This patient has not been marked as arrived, so there is nothing to sign yet."""


class NotTheSupervisor(ClinicError):
    """This waits for somebody else's countersignature."""


class AlreadyCountersigned(ClinicError):
    """This has been countersigned already."""


class NotYetComplete(ClinicError):
    """Something is missing before this can be signed."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep what is missing, field by field."""
        super().__init__()
        self.problems = problems


class NotReady(ClinicError):
    """Not everything was as it should be before treating. Say why the treatment was given all the same."""

    def __init__(self, missing: list[Ready], *, may_say: bool) -> None:
        """Keep what was missing, and whether this person may treat regardless at all."""
        said = "" if may_say else "Your supervisor has to decide whether this treatment was right to give."
        super().__init__(*[said] if said else [])
        self.missing, self.may_say = missing, may_say


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything that is signed together."""

    appointment: Appointment
    protocol: Protocol
    values: Values
    device: Device | None
    practitioner: Practitioner
    ready: list[Ready]
    supervisor: Practitioner | None


@action
def sign_record(
    *,
    appointment: Appointment,
    values: Values,
    device: Device | None,
    version: int,
    user: User,
    by: Actor,
    at: datetime,
    press: str = "",
) -> VisitRecord:
    """
    Sign what was done and found at a visit, and lock it: in one transaction with its link and all that follows.

    :param version: of the draft that whoever signs has seen; 0 when there was none
    :raises SignedAlready: it was signed meanwhile
    :raises DraftMoved: somebody else has typed meanwhile
    :raises NotSeen: the patient has not arrived, or did not come
    :raises NotAPractitioner: whoever is signed in does not treat
    :raises NotYetComplete: something is missing or out of bounds without a reason
    :raises NotReady: something was not as it should be before treating, and no reason is given
    """
    appointment = _locked(appointment)
    draft = draft_of(appointment)
    if (draft.version if draft else 0) != version:
        raise DraftMoved(draft)
    sheet = _sheet(appointment, values, device, user)
    signed = _write(sheet, user, at)
    _use_lots(signed, sheet, at)
    link = add_link(signed.clinic, signed)
    if draft is not None:
        draft.delete()
    if appointment.status == Status.ARRIVED and at >= appointment.starts_at:
        finish_appointment(appointment=appointment, by=by, at=at)
    for _, follow in followers():
        follow(signed, by, at)
    record(
        "records.sign_record", entity=signed, by=by, at=at, clinic=signed.clinic, press=press, link=link.number,
        regardless=[each.key for each in sheet.ready if not each.is_so],
    )  # fmt: skip
    return signed


@action
def amend_record(
    *, signed: VisitRecord, reason: str, text: str, user: User, by: Actor, at: datetime, press: str = ""
) -> Amendment:
    """
    Add what is to be read beside a signed record, and why; the original stays as it was.

    :raises NotAPractitioner: whoever is signed in does not treat
    """
    if practitioner_of(user) is None:
        raise NotAPractitioner
    VisitRecord.objects.select_for_update(of=("self",)).get(pk=signed.pk)
    number = signed.amendments.count() + 1
    added = Amendment.objects.create(
        record=signed, number=number, reason=reason, text=text, signed_at=at, signed_by=user
    )
    link = add_link(signed.clinic, added)
    record(
        "records.amend_record", entity=signed, by=by, at=at, clinic=signed.clinic, press=press, link=link.number,
        number=number,
    )  # fmt: skip
    return added


@action
def countersign_record(
    *, signed: VisitRecord, note: str, user: User, by: Actor, at: datetime, press: str = ""
) -> Countersignature:
    """
    Say as the supervisor that one has read what was signed.

    :raises NotTheSupervisor: it waits for somebody else, or for nobody
    :raises AlreadyCountersigned: it was done meanwhile
    """
    supervisor = practitioner_of(user)
    if supervisor is None or supervisor.pk != signed.countersigner_id:
        raise NotTheSupervisor
    with refusing({"records_countersignature_record_id_key": AlreadyCountersigned}):
        added = Countersignature.objects.create(
            record=signed, practitioner=supervisor, note=note, signed_at=at, signed_by=user
        )
    link = add_link(signed.clinic, added)
    record(
        "records.countersign_record", entity=signed, by=by, at=at, clinic=signed.clinic, press=press, link=link.number
    )
    return added


def _locked(appointment: Appointment) -> Appointment:
    locked = locked_appointment(appointment)
    if VisitRecord.objects.filter(appointment=locked).exists():
        raise SignedAlready
    if locked.status in NOT_SEEN:
        raise NotSeen
    return locked


def _sheet(appointment: Appointment, values: Values, device: Device | None, user: User) -> _Sheet:
    """Look at everything that is to be signed, and refuse what cannot be."""
    practitioner = practitioner_of(user)
    if practitioner is None:
        raise NotAPractitioner
    protocol = protocol_of(appointment.treatment)
    if problems := problems_of(protocol, values, bounds_of(device)):
        raise NotYetComplete(problems)
    supervisor = countersigner_of(practitioner, appointment.treatment, _day(appointment))
    ready = ready_for(appointment, practitioner, device)
    may_say = supervisor is None and may(user, Right.TREAT_REGARDLESS, appointment.clinic)
    if (missing := [each for each in ready if not each.is_so]) and not (
        may_say and values.reasons.get(READINESS, "").strip()
    ):
        raise NotReady(missing, may_say=may_say)
    return _Sheet(appointment, protocol, values, device, practitioner, ready, supervisor)


def _write(sheet: _Sheet, user: User, at: datetime) -> VisitRecord:
    """Write the record, with how it reads today."""
    visit, protocol, values, device = sheet.appointment, sheet.protocol, sheet.values, sheet.device
    last = last_signed(visit.patient, protocol, device, before=visit.starts_at)
    before = Values.from_data(last.content) if last else None
    content: Any = values.as_data() | {
        "words": [list(line) for line in in_words(protocol, values)],
        "brief": [list(line) for line in in_brief(protocol, values)],
        "changed": [[each.label, each.was, each.now] for each in changed_since(protocol, before, values)] if before else [],
        "filled_from": last.ref if last else "",
        "ready": [asdict(each) for each in sheet.ready],
        "beyond": beyond_expected(protocol, values),
        "by": {
            "name": sheet.practitioner.name, "profession": sheet.practitioner.profession,
            "register": register_of(sheet.practitioner, _day(visit)),
        },
        "device": {"name": device.name, "kind": device.kind, "serial": device.serial,
                   "service_due": device.service_due.isoformat() if device.service_due else ""} if device else {},
    }  # fmt: skip
    return VisitRecord.objects.create(
        clinic=visit.clinic, appointment=visit, patient=visit.patient, treatment=visit.treatment,
        practitioner=sheet.practitioner, device=device, protocol=protocol.key, protocol_version=protocol.version,
        content=content, visited_at=visit.starts_at, signed_at=at, signed_by=user, countersigner=sheet.supervisor,
    )  # fmt: skip


def _use_lots(signed: VisitRecord, sheet: _Sheet, at: datetime) -> None:
    """Note of which lots something was used, so that everybody treated with one can be found."""
    for each in sheet.protocol.fields:
        number = str(sheet.values.said.get(each.key, "")).strip() if each.kind == Kind.LOT else ""
        if number:
            lot, _ = Lot.objects.get_or_create(
                clinic=signed.clinic, kind=each.key, number=number[:60], defaults={"added_at": at}
            )
            LotUse.objects.create(lot=lot, record=signed)


def _day(appointment: Appointment) -> date:
    return local(appointment.starts, appointment.zone).date()
