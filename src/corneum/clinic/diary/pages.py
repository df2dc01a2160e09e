"""What the desk's day shows, for its own pages and for those of areas that stand above and change appointments."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest

from corneum.clinic.complaints import queries as complaints
from corneum.clinic.diary import queries
from corneum.clinic.diary.actions import UNDO_WITHIN
from corneum.clinic.diary.forms import CancelForm, MoveForm
from corneum.clinic.diary.history import history_lines
from corneum.clinic.diary.models import Appointment
from corneum.clinic.patients import queries as patients
from corneum.clinic.patients.models import Patient
from corneum.clinic.writing import queries as writing
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit import queries as audit
from corneum.platform.audit.reads import saw
from corneum.platform.messages import queries as message_queries

MOST_FOUND = 8  # patients to choose from beside a form
ONE_DAY = timedelta(days=1)
UNDOING = {
    "diary.cancel_appointment": ("cancellation", "booking.cancel_at_desk"),
    "diary.decline_request": ("cancellation", "booking.decline_request"),
    "diary.move_appointment": ("move", "booking.move_at_desk"),
}


def frame(user: User, clinic: Clinic, shown: date, *, at: datetime, view: str) -> dict[str, Any]:
    """
    Gather what every view of the diary has around it.

    :param view: day, week, list, clinics or print
    """
    if not 2000 <= shown.year < 2100:
        raise Http404
    today = today_at(clinic, at)
    return {
        "place": "diary",
        "view": view,
        "day": shown,
        "day_before": shown - ONE_DAY,
        "day_after": shown + ONE_DAY,
        "today": today,
        "is_today": shown == today,
        "now": minute_of(at),
        "may_change": may(user, Right.CHANGE_DIARY, clinic),
    }


def day_context(
    user: User, clinic: Clinic, shown: date, *, at: datetime, moving: Appointment | None = None, by: str = "people"
) -> dict[str, Any]:
    """
    Gather one day of a clinic for this person.

    :param moving: the visit that is being moved: the day shows where it can go
    :param by: people or rooms, whichever have the wide columns
    """
    return frame(user, clinic, shown, at=at, view="day") | {
        "book": queries.day_of(user, clinic, shown, at=at, moving=moving),
        "asked": queries.requests_waiting(user, clinic).count(),
        "pages_raised": writing.raised_count(user, clinic, shown) if shown == today_at(clinic, at) else 0,
        "complaints_raised": complaints.raised_count(user, clinic, shown) if shown == today_at(clinic, at) else 0,
        "unreached": unreached_on(user, clinic, shown),
        "by": by,
        "moving": moving,
        "moving_day": local(moving.starts, clinic.zone).date() if moving else None,
        "move_form": MoveForm() if moving else None,
    }


def peek_context(
    user: User, clinic: Clinic, chosen: Appointment, *, at: datetime, form: CancelForm | None = None
) -> dict[str, Any]:
    """
    Gather a day with one of its appointments opened beside it.

    :param form: the reason that was typed for cancelling or declining it, to be shown again
    """
    known = day_context(user, clinic, local(chosen.starts, clinic.zone).date(), at=at)
    events = list(audit.history_of(chosen))
    sent = message_queries.messages_about(user, clinic, kind="diary.appointment", ref=chosen.ref)
    return known | {
        "chosen": chosen,
        "in_doubt": [message for message in sent if message.state in message_queries.IN_DOUBT],
        "has_begun": chosen.starts <= known["now"],
        "is_of_today": known["is_today"],
        "lines": history_lines(
            events, changes=audit.changes_of(chosen), sent=list(sent.order_by("id")), zone=clinic.zone
        ),
        "undo": undo_of(events, at=at),
        "form": form,
        "cancel_form": form or CancelForm(),
    }


def unreached_on(user: User, clinic: Clinic, shown: date) -> int:
    """Count the visits of a day of whose messages one has failed, or may not have arrived."""
    refs = queries.appointments_on(user, clinic, shown).order_by().values("ref")
    return len(message_queries.unreached(user, clinic, kind="diary.appointment", refs=refs))


def undo_of(events: list[Any], *, at: datetime) -> str:
    """
    Say what can still be undone: a cancellation, a move, or nothing.

    Only what was done by itself, at the desk: a change that came with a course or an outage has its
    letter there, which an undo here would leave on its way.
    """
    place = next((place for place in reversed(range(len(events))) if events[place].action.startswith("diary.")), None)
    if place is None or events[place].actor_kind != "staff" or at - events[place].at > UNDO_WITHIN:
        return ""
    name, by_itself = UNDOING.get(events[place].action, ("", ""))
    return name if any(event.action == by_itself for event in events[place + 1 :]) else ""


def chosen_patient(request: HttpRequest) -> Patient | None:
    """Find the patient whom a page of the desk was asked about by their ref, and note that they were looked at."""
    sent = request.POST if request.method == "POST" else request.GET
    ref = sent.get("whom", sent.get("patient", ""))  # a button that was pressed goes before what the form had
    if not ref:
        return None
    try:
        found = patients.patient_for(request.user, request.clinic, ref)  # type: ignore[attr-defined]
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.ref)
    return found


def finding_patients(request: HttpRequest) -> dict[str, Any]:
    """Gather whom somebody at the desk looks for beside a form: what was typed, and the first few it may mean."""
    typed = request.POST.get("q", "").replace("\x00", "")[:100].strip()  # never in an address: those are kept in logs
    if not typed:
        return {"q": "", "found": []}
    found = patients.find(request.user, request.clinic, typed, most=MOST_FOUND)  # type: ignore[attr-defined]
    return {"q": typed, "found": found}


def today_at(clinic: Clinic, at: datetime) -> date:
    """Say which day it is on the clinic's own calendar."""
    return local(minute_of(at), clinic.zone).date()
