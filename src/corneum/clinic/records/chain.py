"""A clinic's chain of what was signed: adding to it, and finding where it is broken."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from corneum.clinic.records.models import Amendment, Countersignature, Link, VisitRecord
from corneum.db.sealed import SealBroken
from corneum.domain.records import GENESIS, link_of
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.models import AuditEvent

Signed = VisitRecord | Amendment | Countersignature
SIGNED_BY = {
    "visit": "records.sign_record",
    "amendment": "records.amend_record",
    "countersignature": "records.countersign_record",
}


def add_link(clinic: Clinic, signed: Signed) -> Link:
    """
    Link what was just signed to what was signed before it at this clinic.

    Whoever signs waits here for whoever signed a moment ago; foreign keys to the clinic do not wait.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    last = Link.objects.filter(clinic=clinic).order_by("-number").first()
    before, name = last.mac if last else GENESIS, next(iter(settings.SEALING_KEYS))
    return Link.objects.create(
        clinic=clinic, number=last.number + 1 if last else 1, kind=_kind(signed), signed_ref=signed.ref, key=name,
        before=before, mac=link_of(before, _facts(signed), key=settings.SEALING_KEYS[name]),
    )  # fmt: skip


def breaks() -> Iterator[str]:
    """Say what in any clinic's chain is not as it was signed, each in a sentence; nothing when all is well."""
    for clinic in Clinic.objects.order_by("pk"):
        yield from _breaks_at(clinic)


def _breaks_at(clinic: Clinic) -> Iterator[str]:
    signed = {each.ref: each for each in _all_signed(clinic)}
    before, number = GENESIS, 0
    for link in Link.objects.filter(clinic=clinic).order_by("number").iterator():
        number += 1
        where = f"{clinic.name}: number {link.number} of what was signed"
        if link.number != number or link.before != before:
            yield f"{where} does not follow the one before it. Something was taken out. Restore the last backup."
            return
        found = signed.pop(link.signed_ref, None)
        if found is None:
            yield f"{where} is gone. Restore the last backup."
        elif (key := settings.SEALING_KEYS.get(link.key)) is None:
            yield f"{where} was linked with the key “{link.key}”, which CORNEUM_SEALING_KEYS does not hold."
        elif link.mac != _mac(before, found, key):
            yield f"{where} was changed after it was signed. Restore the last backup."
        before = link.mac
    if signed:
        yield f"{clinic.name}: {len(signed)} signed entries are in no chain. They were not written by Corneum."
    if (last := _last_told(clinic)) > number:
        yield f"{clinic.name}: the trail tells of {last} signatures, and {number} are there. Restore the last backup."


def _mac(before: str, signed: Signed | None, key: bytes) -> str:
    if signed is None:
        return ""
    return link_of(before, _facts(signed), key=key)


def _last_told(clinic: Clinic) -> int:
    """Read from the trail how many were signed, so that the end of the chain cannot be cut off unseen."""
    told = AuditEvent.objects.filter(clinic=clinic, action__in=SIGNED_BY.values()).order_by("-pk").first()
    return int(told.detail["link"]) if told else 0


def _all_signed(clinic: Clinic) -> Iterator[Signed]:
    """Read everything that was signed; what does not open any more is told by `corneum check` as changed."""
    for rows in (
        VisitRecord.objects.filter(clinic=clinic).select_related(
            "clinic", "patient", "appointment", "practitioner", "device"
        ),
        Amendment.objects.filter(record__clinic=clinic).select_related("record"),
        Countersignature.objects.filter(record__clinic=clinic).select_related("record", "practitioner"),
    ):
        yield from _opened(rows)


def _opened(rows: Any) -> Iterator[Signed]:
    try:
        yield from rows
    except SealBroken:
        for key in rows.values_list("pk", flat=True):
            try:
                yield rows.get(pk=key)
            except SealBroken:
                continue  # its link then finds it gone


def _kind(signed: Signed) -> str:
    return {VisitRecord: "visit", Amendment: "amendment", Countersignature: "countersignature"}[type(signed)]


def _facts(signed: Signed) -> Mapping[str, Any]:
    """Write everything that was signed as JSON can hold it."""
    known = {"kind": _kind(signed), "ref": signed.ref, "at": _moment(signed.signed_at), "by": signed.signed_by_id}
    if isinstance(signed, VisitRecord):
        return known | {
            "clinic": signed.clinic.ref, "patient": signed.patient.ref, "appointment": signed.appointment.ref,
            "treatment": signed.treatment_id, "practitioner": signed.practitioner.ref,
            "device": signed.device.ref if signed.device else "", "protocol": signed.protocol,
            "version": signed.protocol_version, "visited": _moment(signed.visited_at),
            "countersigner": signed.countersigner_id, "content": signed.content,
        }  # fmt: skip
    if isinstance(signed, Amendment):
        return known | {
            "record": signed.record.ref, "number": signed.number, "reason": signed.reason, "text": signed.text,
        }  # fmt: skip
    return known | {"record": signed.record.ref, "practitioner": signed.practitioner.ref, "note": signed.note}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
