"""What became of an appointment, line by line: what was done, by whom, why, and what its patient was sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from corneum.domain.scheduling.wall import local
from corneum.platform.audit.models import AuditEvent, Change
from corneum.platform.messages.models import Message

# Why the desk moves somebody: one of a list, because the trail keeps it for good.
WHY = {
    "patient": "The patient asked",
    "practitioner": "The practitioner cannot",
    "place": "Room or device",
    "mistake": "Our mistake",
    "other": "Another reason",
}
DONE = {
    "diary.book_held_time": "Booked",
    "diary.book_appointment": "Booked",
    "diary.request_held_time": "Asked for",
    "diary.accept_request": "Request accepted",
    "diary.decline_request": "Request declined",
    "diary.expire_request": "Request expired",
    "diary.cancel_appointment": "Cancelled",
    "diary.undo_cancellation": "Cancellation undone",
    "diary.confirm_visit": "Confirmed",
    "diary.arrive_appointment": "Arrived",
    "diary.undo_arrival": "Not here after all",
    "diary.note_late": "Will be late",
    "diary.enter_room": "In the room",
    "diary.begin_treatment": "Treatment begun",
    "diary.leave_clinic": "Left",
    "diary.step_back": "Taken back",
    "diary.finish_appointment": "Done",
    "diary.mark_noshow": "Did not attend",
    "diary.undo_outcome": "Outcome taken back",
    "reminders.remind_patient": "Reminded",
}
REMINDS = frozenset({"reminders.remind_patient"})
MOVES = {"diary.move_appointment": "Moved", "diary.undo_move": "Move undone:"}
ENDED = frozenset({"diary.cancel_appointment", "diary.decline_request", "diary.expire_request"})
UNSAID = ("booking.", "messages.", "reminders.")  # what they add is which messages went with it


@dataclass(slots=True)
class Line:
    """One thing that happened."""

    at: datetime
    words: str
    who: str
    reason: str = ""
    messages: list[Message] = field(default_factory=list)


def history_lines(
    events: Iterable[AuditEvent], *, changes: Iterable[Change], sent: Sequence[Message], zone: str
) -> list[Line]:
    """
    This will tell what happened, the earliest first, each with the messages that went with it.

    :param changes: what the database saw in the appointment's row: there the reasons are kept
    :param sent: the messages about it that whoever reads may see
    """
    reasons = [str(new.get("cancel_reason", "")) for new in _endings(changes)]
    by_ref = {str(message.ref): message for message in sent}
    lines: list[Line] = []
    for event in events:
        reminds = event.action in REMINDS and bool(event.detail.get("messages"))
        if reminds or not event.action.startswith(UNSAID):
            lines.append(Line(event.at, _words(event, zone), event.actor_name, _reason(event, reasons)))
        if lines and event.action.startswith(UNSAID):
            claimed = [by_ref.pop(ref) for ref in event.detail.get("messages", []) if ref in by_ref]
            lines[-1].messages.extend(claimed)
    for message in by_ref.values():  # written without a change of its own, such as a confirmation
        before = [line for line in lines if line.at <= message.created_at]
        if before:
            before[0 if message.created_at == before[0].at else -1].messages.append(message)
    return lines


def _endings(changes: Iterable[Change]) -> Iterable[dict[str, Any]]:
    for change in changes:
        new: dict[str, Any] = change.new or {}
        if change.operation == "update" and new.get("status") == "cancelled":
            yield new


def _reason(event: AuditEvent, reasons: list[str]) -> str:
    if event.action in ENDED:
        return reasons.pop(0) if reasons else ""
    return str(event.detail.get("in_spite", "")) or WHY.get(str(event.detail.get("why", "")), "")


def _words(event: AuditEvent, zone: str) -> str:
    if event.action in MOVES:
        detail = event.detail
        return f"{MOVES[event.action]} from {_when(detail, 'from', zone)} to {_when(detail, 'to', zone)}"
    if event.action == "diary.note_late":
        minutes = event.detail.get("minutes")
        return f"Will be {minutes} minutes late" if minutes else "Will be in time after all"
    said = DONE.get(event.action, event.words)
    return f"{said} against the rules" if event.detail.get("in_spite") else said


def _when(detail: dict[str, Any], end: str, zone: str) -> str:
    on = local(int(detail[end]), zone)
    name = detail.get(f"{end}_name", "")
    return f"{on:%a} {on.day} {on:%b}, {on:%H:%M}" + (f" with {name}" if name else "")
