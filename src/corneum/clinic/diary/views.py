"""The desk's diary: the day, one appointment beside it, and the patients."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.diary import actions, pages, queries
from corneum.clinic.diary.cleared import clearance_context
from corneum.clinic.diary.forms import WhyNotForm
from corneum.clinic.patients import queries as patient_queries
from corneum.clinic.practitioners.queries import shown_at
from corneum.clinic.treatments.queries import offers_at
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of, span_on
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, clinics_of
from corneum.platform.audit import queries as audit
from corneum.platform.audit.reads import saw
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.patients.models import Patient
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PATIENTS_A_PAGE = 50
ONE_WEEK = timedelta(days=7)
VIEW = "diary_view"  # a cookie: which view this browser had last
REMEMBERED = ("day", "week", "list")
A_YEAR = 365 * 24 * 60 * 60
AHEAD = frozenset({"pending", "booked", "arrived"})


@access.staff(Right.SEE_DIARY)
@require_GET
def today(request: "DeskRequest") -> HttpResponse:
    """Go to today, in the view that this browser had last."""
    view = request.COOKIES.get(VIEW, "day")
    return redirect(f"diary:{view if view in REMEMBERED else 'day'}", pages.today_at(request.clinic, datetime.now(UTC)))


@access.staff(Right.SEE_DIARY)
@require_GET
def day(request: "DeskRequest", day: date) -> HttpResponse:
    """Show a day by people or by rooms; while a visit is being moved, with the times that it can move to."""
    at, asked = datetime.now(UTC), request.GET
    moving = _found(request, asked["move"]) if "move" in asked else None
    if moving is not None and (moving.status != "booked" or moving.starts <= minute_of(at)):
        return redirect("diary:appointment", moving.ref)
    by = "rooms" if asked.get("by") == "rooms" else "people"
    known = pages.day_context(request.user, request.clinic, day, at=at, moving=moving, by=by)
    return _remembered(render(request, "diary/day.html", known), "day")


@access.staff(Right.SEE_DIARY)
@require_GET
def week(request: "DeskRequest", week: date) -> HttpResponse:
    """Show a week, of everybody or of one person."""
    at, clinic = datetime.now(UTC), request.clinic
    known = pages.frame(request.user, clinic, week, at=at, view="week")
    known |= {"week": queries.week_of(request.user, clinic, week, at=at, who=request.GET.get("who", ""))}
    last = week + ONE_WEEK - pages.ONE_DAY
    heading = (
        f"{week.day} to {last.day} {last:%B}"
        if week.month == last.month
        else f"{week.day} {week:%B} to {last.day} {last:%B}"
    )
    known |= {"day_before": week - ONE_WEEK, "day_after": week + ONE_WEEK, "heading": heading}
    return _remembered(render(request, "diary/week.html", known), "week")


@access.staff(Right.SEE_DIARY)
@require_GET
def as_list(request: "DeskRequest", day: date) -> HttpResponse:
    """Show the same day as a table, or what of earlier days nobody has settled yet."""
    at, clinic = datetime.now(UTC), request.clinic
    known = pages.frame(request.user, clinic, day, at=at, view="list")
    show = request.GET.get("show", "")
    if show == "unconfirmed":
        known["found"] = queries.unconfirmed_after(request.user, clinic, at)
    elif show == "unsettled":
        known["found"] = queries.unsettled_before(request.user, clinic, day)
    else:
        known["found"] = list(queries.appointments_on(request.user, clinic, day))
    return _remembered(render(request, "diary/list.html", known | {"show": show}), "list")


@access.staff(Right.SEE_DIARY)
@require_GET
def at_clinics(request: "DeskRequest", day: date) -> HttpResponse:
    """Show a day at every clinic of the group whose diary this person may see; patients are named under their own."""
    at = datetime.now(UTC)
    known = pages.frame(request.user, request.clinic, day, at=at, view="clinics")
    known["found"] = queries.day_at_clinics(request.user, list(clinics_of(request.user)), day, at=at)
    return render(request, "diary/clinics.html", known)


@access.staff(Right.SEE_DIARY, is_doing=False)
@require_GET
def version(_request: "DeskRequest") -> HttpResponse:
    """Answer with a number that rises with everything that is done, so that an open diary knows when to read itself anew."""
    return HttpResponse(str(audit.latest_event()), content_type="text/plain")


@access.staff(Right.SEE_DIARY)
@require_GET
def pack(request: "DeskRequest", day: date) -> HttpResponse:
    """Show a day as sheets of paper: each person's and each room's, with telephone numbers and room to write."""
    at = datetime.now(UTC)
    known = pages.frame(request.user, request.clinic, day, at=at, view="print")
    known["book"] = queries.day_of(request.user, request.clinic, day, at=at)
    return render(request, "diary/print.html", known)


@access.staff(Right.SEE_DIARY)
@require_GET
def appointment(request: "DeskRequest", appointment: str) -> HttpResponse:
    found = _found(request, appointment)
    saw(request, found.patient.ref)
    known = pages.peek_context(request.user, request.clinic, found, at=datetime.now(UTC))
    return render(request, "diary/day.html", known)


@access.staff(Right.SEE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def why_not(request: "DeskRequest") -> HttpResponse:
    """Say what stands in the way of a visit at some time: the search that offers times says it itself."""
    at, clinic = datetime.now(UTC), request.clinic
    who = pages.chosen_patient(request)
    form = WhyNotForm(
        request.GET if "time" in request.GET else None,
        initial={"day": request.GET.get("day", "")[:10], "patient": who.ref if who else ""},
        treatments=[offer.treatment for offer in offers_at(clinic)],
        people=shown_at(clinic, local(minute_of(at), clinic.zone).date()),
    )
    context: dict[str, object] = {"place": "diary", "form": form, "patient": who, **pages.finding_patients(request)}
    if form.is_valid():
        chosen = form.cleaned_data
        starts = span_on(chosen["day"], chosen["time"], time(0), clinic.zone).starts
        treatment, person = form.treatments[chosen["treatment"]], form.people.get(chosen["practitioner"])
        context["asked"] = {"treatment": treatment, "starts": starts}
        context["reasons"] = queries.why_not(
            clinic=clinic, treatment=treatment, starts=starts, practitioner=person, patient=who, at=at
        )
    return render(request, "diary/why_not.html", context, status=422 if form.errors else 200)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def arrive(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.arrive_appointment, "{name} is here.", undo="undo_arrival")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def undo_arrival(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.undo_arrival, "{name} is not here yet.", undo="arrive")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def confirm(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Note that somebody said on the telephone that they will come, at the time that stood on the page."""
    starts = whole(request.POST.get("starts", ""))
    act = partial(actions.confirm_visit, how="telephone", starts=starts)
    answer = _do(request, appointment, act, "{name} will come.")
    if request.GET.get("back") == "unconfirmed":
        on = pages.today_at(request.clinic, datetime.now(UTC))
        return redirect(reverse("diary:list", args=[on]) + "?show=unconfirmed")
    return answer


@access.staff(Right.CHANGE_DIARY)
@require_POST
def late(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Note how late somebody will be: what is no number of minutes is refused as too many."""
    minutes = whole(request.POST.get("minutes", ""))
    said = f"{{name}} will be {minutes} minutes late." if minutes else "{name} will be in time."
    return _do(request, appointment, partial(actions.note_late, minutes=minutes), said)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def room(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.enter_room, "{name} is in the room.", undo="step_back", seen="in-room")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def treating(request: "DeskRequest", appointment: str) -> HttpResponse:
    sentence = "The treatment of {name} has begun."
    return _do(request, appointment, actions.begin_treatment, sentence, undo="step_back", seen="treating")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def left(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.leave_clinic, "{name} has left.", undo="step_back", seen="left")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def step_back(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Take back the step that the page showed."""
    seen = (request.GET.get("seen") or request.POST.get("seen", ""))[:12]
    return _do(request, appointment, partial(actions.step_back, seen=seen), "Taken back: {name} is as before.")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def done(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.finish_appointment, "{name}: done.", undo="undo_outcome")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def noshow(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.mark_noshow, "{name} did not attend.", undo="undo_outcome")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def undo_outcome(request: "DeskRequest", appointment: str) -> HttpResponse:
    return _do(request, appointment, actions.undo_outcome, "Taken back: {name} is as before.")


@access.staff(Right.SEE_DIARY)
@require_GET
def consents(request: "DeskRequest") -> HttpResponse:
    """Show the visits to come for which consent does not stand, and what is missing."""
    found = queries.visits_without_consent(request.user, request.clinic, at=datetime.now(UTC))
    saw(request, *{one.appointment.patient.ref for one in found})
    return render(request, "diary/consents.html", {"place": "diary", "found": found})


@access.staff(Right.SEE_PATIENTS)
@require_GET
def patients(request: "DeskRequest") -> HttpResponse:
    """List everybody in the clinic's care, by name; finding somebody has a page of its own."""
    visible = patient_queries.patients_visible_to(request.user, request.clinic)
    page = Paginator(visible, PATIENTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "diary/patients.html", {"place": "patients", "page": page})


@access.staff(Right.SEE_PATIENTS)
@require_GET
def patient(request: "DeskRequest", patient: str) -> HttpResponse:
    found: Patient
    try:
        found = patient_queries.patient_for(request.user, request.clinic, patient)
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.ref)
    now = minute_of(datetime.now(UTC))
    visits = queries.appointments_of(found)
    ahead = [one for one in reversed(visits) if one.ends > now and one.status in AHEAD]
    known = {
        "place": "patients",
        "patient": found,
        "ahead": list(zip(ahead, queries.consent_of(ahead), strict=True)),
        "past": [one for one in visits if not (one.ends > now and one.status in AHEAD)],
        "history": audit.history_of(found)[:20],
        **clearance_context(request.user, request.clinic, found, at=datetime.now(UTC)),
    }
    return render(request, "diary/patient.html", known)


def _remembered(answer: HttpResponse, view: str) -> HttpResponse:
    """Let this browser come back to the view that it has now."""
    answer.set_cookie(VIEW, view, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)
    return answer


def whole(typed: str) -> int:
    """Read a number that a page wrote or somebody typed; what is none is larger than anything asked for here."""
    return int(typed) if re.fullmatch(r"\d{1,9}", typed.strip(), re.ASCII) else 10**9


def _found(request: "DeskRequest", ref: str) -> "Appointment":
    try:
        return queries.appointment_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _do(
    request: "DeskRequest", ref: str, act: Callable[..., object], sentence: str, *, undo: str = "", seen: str = ""
) -> HttpResponse:
    """Do one thing to an appointment and come back to it; a stale one says what has changed."""
    found = _found(request, ref)
    try:
        act(appointment=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        address = reverse(f"diary:{undo}", args=[ref]) + (f"?seen={seen}" if seen else "") if undo else ""
        tell(request, sentence.format(name=found.patient.name), undo=address)
    return redirect("diary:appointment", ref)
