"""What a patient hears of an outage: all their changes in one message, when they are final, and never why."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from corneum.clinic.booking import ics, words
from corneum.clinic.booking.letters import entry_of, take_back_waiting
from corneum.clinic.diary.actions import UNDO_WITHIN
from corneum.clinic.diary.models import Appointment
from corneum.clinic.premises.models import Premises
from corneum.clinic.premises.queries import clinic_page
from corneum.clinic.replacing.models import Replacement
from corneum.clinic.replacing.queries import is_seen_changed
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message, withdraw_messages
from corneum.platform.messages.models import Message
from corneum.platform.messages.queries import states_of, waiting_about
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import phone as phone_in_words

DECIDED = (Replacement.State.ACCEPTED, Replacement.State.CANCELLED)
TAKEN_BACK = "withdrawn"


def tell_together(replacement: Replacement, *, by: Actor, at: datetime) -> list[str]:
    """
    This will write to a patient of a change, in one message with their others that have not left yet.

    What waits to be sent about any of these visits is taken back: it says what is no longer so.
    """
    mates = [replacement, *_not_left(replacement, by=by, at=at)]
    for mate in mates:
        take_back_waiting(mate.appointment, by=by, at=at)
    changed = sorted((mate for mate in mates if is_seen_changed(mate)), key=lambda mate: mate.promised_starts)
    refs = _write(changed, by=by, at=at) if changed else []
    for mate in mates:
        mate.letters = refs if mate in changed else []
        mate.told_sequence = mate.appointment.sequence
        mate.save(update_fields=["letters", "told_sequence"])
    return refs


def note_declined(replacement: Replacement, *, by: Actor, at: datetime) -> list[str]:  # noqa: ARG001 -- asked like the other letters
    """This will keep with a declined request the letters that booking wrote of it; they stand for themselves."""
    visit = replacement.appointment
    refs = replacement.letters = waiting_about(kind=visit._meta.label_lower, ref=visit.ref)
    replacement.told_sequence = visit.sequence
    replacement.save(update_fields=["letters", "told_sequence"])
    return refs


def take_back_shared(*, appointment: Appointment, by: Actor, at: datetime) -> list[str]:
    """This will take back letters about several visits when one of those changes, and write anew of the others."""
    gone: list[str] = []
    for row in _told().filter(appointment=appointment):
        if not withdraw_messages(about=row.outage, only=row.letters, by=by, at=at):
            continue
        mates = _told().filter(outage=row.outage_id, appointment__patient=appointment.patient_id).exclude(pk=row.pk)
        left = [mate for mate in mates.order_by("promised_starts") if set(mate.letters) & set(row.letters)]
        gone += row.letters
        row.letters = []
        refs = _write(left, by=by, at=at) if left else []
        for mate in left:
            mate.letters = refs
        Replacement.objects.bulk_update([row, *left], ["letters"])
    return gone


def _told() -> QuerySet[Replacement]:
    related = ("outage__clinic", "appointment__clinic", "appointment__patient", "appointment__practitioner")
    rows = Replacement.objects.filter(state__in=DECIDED).exclude(letters=[])
    return rows.select_related(*related, "appointment__treatment", "promised_practitioner")


def _not_left(replacement: Replacement, *, by: Actor, at: datetime) -> list[Replacement]:
    """Take back what waits to be sent to the same patient about this outage, and say about which visits it was."""
    patient = replacement.appointment.patient_id
    others = _told().filter(outage=replacement.outage_id, appointment__patient=patient).exclude(pk=replacement.pk)
    found = []
    for other in others:
        if Message.objects.filter(ref__in=other.letters, template__startswith="booking/").exists():
            continue  # a declined request, which was told as one
        for about in (other.outage, other.appointment):
            withdraw_messages(about=about, only=other.letters, by=by, at=at)
        states = states_of(other.letters)
        if states and all(state == TAKEN_BACK for state in states.values()):
            found.append(other)
    return found


def _write(changed: Sequence[Replacement], *, by: Actor, at: datetime) -> list[str]:
    """Queue it by each way in which the patient can be reached; about the visit, or the outage when it is several."""
    visit = changed[0].appointment
    place, patient = clinic_page(visit.clinic), visit.patient
    facts, queued = _facts(changed, place), []
    about: Any = visit if len(changed) == 1 else changed[0].outage
    send_at = at + UNDO_WITHIN
    if patient.email:
        queued.append(queue_message(
            clinic=visit.clinic, channel="email", template="replacing/changed", context=facts, to=patient.email,
            to_name=patient.name, about=about, by=by, at=at, send_at=send_at,
            attachments=_files(changed, place, patient.email, at=at),
        ))  # fmt: skip
    if patient.phone:
        template = "replacing/changed_text"
        queued.append(queue_message(
            clinic=visit.clinic, channel="text", template=template, context=_fitting(template, facts),
            to=patient.phone, to_name=patient.name, about=about, by=by, at=at, send_at=send_at,
        ))  # fmt: skip
    return [str(message.ref) for message in queued]


def _files(changed: Sequence[Replacement], place: Premises, to: str, *, at: datetime) -> list[dict[str, str]]:
    """Write one calendar file for each visit, so that each changes its own entry."""
    files = []
    for number, one in enumerate(changed, 1):
        method = ics.CANCEL if one.state == Replacement.State.CANCELLED else ics.REQUEST
        text = ics.calendar_file(entry_of(one.appointment, place, attendee=to), method=method, at=at)
        name = "appointment.ics" if len(changed) == 1 else f"appointment-{number}.ics"
        files.append({"name": name, "type": f"text/calendar; method={method}", "text": text})
    return files


def _facts(changed: Sequence[Replacement], place: Premises) -> dict[str, Any]:
    """Say what may stand in a message: when, where and with whom; never what for, and never why it changes."""
    visit = changed[0].appointment
    zone = visit.clinic.zone
    visits = [_visit(one, zone) for one in changed]
    return {
        "first_name": words.first_name(visit.patient.name),
        "clinic_name": visit.clinic.name,
        "visits": visits,
        "count": len(visits),
        "are_all_cancelled": all(one["is_cancelled"] for one in visits),
        "address_lines": [line for line in (place.line1, place.line2, f"{place.town} {place.postcode}") if line],
        "phone": phone_in_words(place.phone),
        "again_url": address(visit.clinic, "booking:what"),
        "times": [
            f"{one['short_was']} is {'cancelled' if one['is_cancelled'] else 'now ' + one['short_is']}"
            for one in visits
        ],
        "all_shown": True,
    }


def _visit(one: Replacement, zone: str) -> dict[str, Any]:
    visit = one.appointment
    is_same_time = visit.starts == one.promised_starts
    clock, was = words.clock(visit.starts, zone), words.clock(one.promised_starts, zone)
    return {
        "was": words.moment(one.promised_starts, zone),
        "day": words.day_of(visit.starts, zone),
        "time": clock,
        "practitioner": visit.practitioner.name,
        "is_same_time": is_same_time,
        "is_other_person": visit.practitioner_id != one.promised_practitioner_id,
        "is_cancelled": one.state == Replacement.State.CANCELLED,
        "url": address(visit.clinic, "booking:mine", visit.code),
        "short_was": f"{words.short_day_of(one.promised_starts, zone)} {was}",
        "short_is": (
            f"with {visit.practitioner.name}" if is_same_time else f"{words.short_day_of(visit.starts, zone)} {clock}"
        ),
    }


def _fitting(template: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a text what it can do without, until it is one text and not two."""
    shorter = facts
    for shorter in _ever_shorter(facts):
        if gsm.length(gsm.simplified(text_words(template, shorter).text)) <= gsm.LONGEST:
            break
    return shorter


def _ever_shorter(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield facts
    facts = facts | {"first_name": ""}
    yield facts
    for shown in range(len(facts["times"]) - 1, 0, -1):
        yield facts | {"times": facts["times"][:shown], "all_shown": False}
    last = facts | {"times": facts["times"][:1], "all_shown": facts["count"] == 1}
    yield last | {"clinic_name": ""}
