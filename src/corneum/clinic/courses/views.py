"""The desk's pages of courses: asking for one, the plan, the course itself, and planning its rest anew."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from corneum.clinic.courses import actions, queries
from corneum.clinic.courses.forms import EndForm, WishForm
from corneum.clinic.courses.planning import Answer, NoPlan, Proposal, Wish
from corneum.clinic.courses.proposing import Pairs, lines_of, others_of, read_times
from corneum.clinic.patients import queries as patients
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit import queries as audit
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.messages import queries as messages
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.courses.models import Course
    from corneum.clinic.patients.models import Patient
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.CHANGE_DIARY)
@require_GET
def plan(request: "DeskRequest", patient: str) -> HttpResponse:
    found, at = _patient(request, patient), datetime.now(UTC)
    today = local(minute_of(at), request.clinic.zone).date()
    known: dict[str, Any] = {"place": "patients", "patient": found, "courses": queries.courses_of(found)}
    if "treatment" not in request.GET:
        form = WishForm(clinic=request.clinic, today=today, initial={"first": today + timedelta(days=1)})
        return render(request, "courses/wish.html", known | {"form": form})
    form = WishForm(request.GET, clinic=request.clinic, today=today)
    if not form.is_valid() or "edit" in request.GET:
        show = render if form.is_valid() else render_invalid
        return show(request, "courses/wish.html", known | {"form": form})
    wish = form.wish(found)
    chosen = read_times(request.GET.getlist("time"))
    answer = queries.plan_around(wish, chosen, at=at) if chosen else None
    if answer is None or isinstance(answer, NoPlan):
        planned = queries.earliest_course if form.cleaned_data["soonest"] else queries.plan_course
        answer = planned(wish, at=at)
    page = reverse("courses:plan", args=[found.ref])
    asked = _asked(request.GET)
    shown = _shown(request, answer, wish, stays=(), page=page, asked=asked)
    back = f"{page}?{urlencode([*asked, ('edit', '1')])}"
    return render(request, "courses/plan.html", known | shown | {"wish": wish, "back_url": back})


@access.staff(Right.CHANGE_DIARY)
@require_POST
def book(request: "DeskRequest", patient: str) -> HttpResponse:
    found, at = _patient(request, patient), datetime.now(UTC)
    today = local(minute_of(at), request.clinic.zone).date()
    form = WishForm(request.POST, clinic=request.clinic, today=today)
    if not form.is_valid():
        return render_invalid(request, "courses/wish.html", {"place": "patients", "patient": found, "form": form})
    chosen = read_times(request.POST.getlist("time"))
    times = [chosen[number] for number in sorted(chosen)]
    try:
        booked = actions.book_course(
            wish=form.wish(found),
            times=times,
            by=Actor.staff(request.user),
            at=at,
            press=request.POST.get("press", ""),
        )
    except AlreadyDone as done:
        return redirect("courses:course", done.event.entity_ref)
    except ClinicError as refusal:
        tell(request, str(refusal))
        asked = [*_asked(request.POST), *(("time", each) for each in request.POST.getlist("time"))]
        return redirect(f"{reverse('courses:plan', args=[found.ref])}?{urlencode(asked)}")
    tell(request, f"{booked.visits} visits are booked, and {found.name} is told of all of them in one message.")
    return redirect("courses:course", booked.ref)


@access.staff(Right.SEE_PATIENTS)
@require_GET
def course(request: "DeskRequest", course: str) -> HttpResponse:
    return render(request, "courses/course.html", _course_page(request, _course(request, course)))


@access.staff(Right.CHANGE_DIARY)
@require_GET
def rest(request: "DeskRequest", course: str) -> HttpResponse:
    found, at = _course(request, course), datetime.now(UTC)
    number = _number(request.GET)
    visits = queries.visits_of(found, at)
    anew = {one.number for one in queries.rest_from(visits, number)}
    if not anew or found.state != "active":
        tell(request, "There is nothing left of this course to plan.")
        return redirect("courses:course", found.ref)
    chosen = read_times(request.GET.getlist("time"))
    answer = queries.replan_rest(found, number, at=at, chosen=chosen)
    if chosen and isinstance(answer, NoPlan):
        answer = queries.replan_rest(found, number, at=at)
    shown = _shown(
        request,
        answer,
        queries.wish_of(found, at),
        stays={one.number for one in visits} - anew,
        page=reverse("courses:rest", args=[found.ref]),
        asked=[("from", str(number))],
    )
    known = {"place": "patients", "course": found, "patient": found.patient, "number": number}
    return render(request, "courses/rest.html", known | shown)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def move_rest(request: "DeskRequest", course: str) -> HttpResponse:
    found, number = _course(request, course), _number(request.POST)
    written = request.POST.getlist("time")
    try:
        actions.move_rest(
            course=found,
            number=number,
            times=read_times(written),
            by=Actor.staff(request.user),
            at=datetime.now(UTC),
            press=request.POST.get("press", ""),
        )
    except AlreadyDone:
        pass
    except ClinicError as refusal:
        tell(request, str(refusal))
        asked = urlencode([("from", str(number)), *(("time", each) for each in written)])
        return redirect(f"{reverse('courses:rest', args=[found.ref])}?{asked}")
    else:
        tell(request, f"The new times are kept, and {found.patient.name} is told of them in one message.")
    return redirect("courses:course", found.ref)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def end(request: "DeskRequest", course: str) -> HttpResponse:
    found, form = _course(request, course), EndForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "courses/course.html", _course_page(request, found, form=form))
    try:
        actions.end_course_early(
            course=found, reason=form.cleaned_data["reason"], by=Actor.staff(request.user), at=datetime.now(UTC)
        )
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        name = found.patient.name
        told = f"{name} is told" if queries.is_to_be_told(found) else f"no message goes to {name}"
        tell(request, f"The course is ended, what was left of it is cancelled, and {told}.")
    return redirect("courses:course", found.ref)


def _course_page(request: "DeskRequest", found: "Course", form: EndForm | None = None) -> dict[str, Any]:
    visits = queries.visits_of(found, datetime.now(UTC))
    mend_from = queries.first_to_mend(visits)
    # Where it was moved on purpose it stays, and what follows is planned after it.
    after = [one.number for one in visits if mend_from and one.number == mend_from + 1]
    stays_from = after[0] if mend_from and after and not visits[mend_from - 1].is_lost else None
    about = {"kind": "courses.course", "ref": found.ref}
    return {
        "place": "patients",
        "course": found,
        "patient": found.patient,
        "visits": visits,
        "mend_from": mend_from,
        "stays_from": stays_from,
        "left": [one for one in visits if not one.is_settled],
        "may_change": may(request.user, Right.CHANGE_DIARY, request.clinic),
        "history": list(audit.history_of(found)[:12]),
        "sent": list(messages.messages_about(request.user, request.clinic, **about)[:5]),
        "form": form or EndForm(),
    }


def _shown(
    request: "DeskRequest", answer: Answer, wish: Wish, *, stays: Any, page: str, asked: Pairs
) -> dict[str, Any]:
    """Say what a page shows of a plan, or of what stood in its way."""
    if not isinstance(answer, Proposal):
        return {"in_the_way": answer.sentences, "asked": asked}
    staying = set(stays)
    lines = lines_of(answer, wish, stays=staying, page=page, asked=asked)
    changing = next((line for line in lines if line.change_url and str(line.number) == request.GET.get("change")), None)
    others = changing and others_of(answer, wish, changing.number, stays=staying, page=page, asked=asked)
    return {"lines": lines, "changing": changing, "others": others, "asked": asked, "press": new_press()}


def _asked(sent: QueryDict) -> list[tuple[str, str]]:
    """List what was asked for, to be asked again by the next page."""
    return [(name, each) for name in WishForm.base_fields for each in sent.getlist(name)]


def _number(sent: QueryDict) -> int:
    written = sent.get("from", "1")
    if not (written.isascii() and written.isdigit() and len(written) < 3):
        raise Http404
    return int(written)


def _patient(request: "DeskRequest", ref: str) -> "Patient":
    try:
        found = patients.patient_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.ref)
    return found


def _course(request: "DeskRequest", ref: str) -> "Course":
    try:
        found = queries.course_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing
    saw(request, found.patient.ref)
    return found
