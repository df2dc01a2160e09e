"""The desk's own changes that patients hear of: moving, cancelling, answering requests, and undoing it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.booking import actions, queries, words
from corneum.clinic.booking.views.asking import missing_is_404, pressed
from corneum.clinic.booking.views.showing import board_context, lost_time, wish_in
from corneum.clinic.booking.views.times import chosen_in
from corneum.clinic.diary import pages
from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.actions import BeyondLimits, PatientBusy, TimeRefused
from corneum.clinic.diary.forms import CancelForm, MoveForm
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.SEE_DIARY)
@require_GET
def requests(request: "DeskRequest") -> HttpResponse:
    """Show what patients have asked for, the most pressing first."""
    known = {
        "place": "diary",
        "asked": list(diary.requests_waiting(request.user, request.clinic)),
        "may_change": may(request.user, Right.CHANGE_DIARY, request.clinic),
        "press": new_press(),
    }
    return render(request, "booking/desk_requests.html", known)


@access.staff(Right.CHANGE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Show the times that an appointment can move to; move it to the one that is pressed."""
    at, found = datetime.now(UTC), _found(request, appointment)
    saw(request, found.patient.ref)
    if request.method != "POST":
        return _board(request, found, at=at)
    form = MoveForm(request.POST)
    form.is_valid()  # what is no reason of the list is none
    starts = chosen_in(request)
    told = form.cleaned_data["tell"]
    with missing_is_404():
        offer = queries.offer_called(found.clinic, found.treatment.slug)
        # The diary's own buttons name the person in the address that they send to, the board in a field.
        with_whom = request.POST if "with" in request.POST else request.GET
        wish = wish_in(with_whom, queries.people_for(offer, at), kindly=False)
    try:
        moved = actions.move_at_desk(
            appointment=found,
            starts=starts,
            practitioner=wish.practitioner,
            why=form.cleaned_data.get("why", ""),
            tell=told,
            by=Actor.staff(request.user),
            at=at,
            press=pressed(request, starts),
        )
    except AlreadyDone:
        return redirect("diary:appointment", appointment)
    except (TimeRefused, PatientBusy, BeyondLimits) as refused:
        return _board(request, found, at=at, refused=refused, starts=starts, form=form)
    except ClinicError as refused:
        tell(request, str(refused))
        return redirect("diary:appointment", appointment)
    advice = words.advice(queries.days_too_long(moved), moved.treatment.gap.longest)
    sentence = f"{found.patient.name} is moved to {words.moment(moved.starts, moved.zone)}. {_heard(told)} {advice}"
    tell(request, sentence.strip(), undo=reverse("booking:undo_move", args=[appointment]))
    return redirect("diary:appointment", appointment)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def undo_move(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Put it back where it was."""
    return _do(request, appointment, actions.undo_move, "{name} is back at the time before.")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def cancel(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Cancel it, and tell the patient unless the desk does so."""
    sentence = "The appointment of {name} is cancelled, and the time is free."
    return _end(request, appointment, actions.cancel_at_desk, sentence)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def undo_cancellation(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Take it back, if nobody has the time by now."""
    return _do(request, appointment, actions.undo_cancellation, "Taken back: {name} is as before.")


@access.staff(Right.CHANGE_DIARY)
@require_POST
def accept(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Say yes to a request."""
    return _do(request, appointment, actions.accept_request, "{name} is booked, and is told now.", is_pressed=True)


@access.staff(Right.CHANGE_DIARY)
@require_POST
def decline(request: "DeskRequest", appointment: str) -> HttpResponse:
    """Say no to a request."""
    sentence = "The request of {name} is declined, and the time is free."
    return _end(request, appointment, actions.decline_request, sentence)


def _end(request: "DeskRequest", ref: str, act: Callable[..., object], sentence: str) -> HttpResponse:
    """Cancel or decline, for a reason."""
    found, form, at = _found(request, ref), CancelForm(request.POST), datetime.now(UTC)
    if not form.is_valid():
        saw(request, found.patient.ref)
        known = pages.peek_context(request.user, request.clinic, found, at=at, form=form)
        return render_invalid(request, "diary/day.html", known)
    told = form.cleaned_data["tell"]

    def end(**known: Any) -> object:
        return act(reason=form.cleaned_data["reason"], tell=told, **known)

    return _do(request, ref, end, f"{sentence} {_heard(told)}", undo="undo_cancellation", is_pressed=True)


def _do(
    request: "DeskRequest",
    ref: str,
    act: Callable[..., object],
    sentence: str,
    *,
    undo: str = "",
    is_pressed: bool = False,
) -> HttpResponse:
    """Do one thing to an appointment and come back to it; a refusal says why, and which times are nearest."""
    found, at = _found(request, ref), datetime.now(UTC)
    press = {"press": pressed(request, ref)} if is_pressed else {}
    try:
        act(appointment=found, by=Actor.staff(request.user), at=at, **press)
    except AlreadyDone:
        pass  # the page shows how it stands
    except TimeRefused as refused:
        near = [words.beside(each, refused.wanted.starts, found.zone) for each in _nearest(found, refused, at=at)]
        tell(request, f"{refused} {'The nearest free times are ' + ' and '.join(near) + '.' if near else ''}".strip())
    except ClinicError as refused:
        tell(request, str(refused))
    else:
        address = reverse(f"booking:{undo}", args=[ref]) if undo else ""
        tell(request, sentence.format(name=found.patient.name), undo=address)
    return redirect("diary:appointment", ref)


def _nearest(found: "Appointment", refused: TimeRefused, *, at: datetime) -> list[int]:
    with missing_is_404():
        offer = queries.offer_called(found.clinic, found.treatment.slug)
    wanted = refused.wanted
    return queries.nearest(offer, wanted.starts, practitioner=wanted.practitioner, at=at, ignoring=found)[0]


def _heard(told: bool) -> str:
    return "They are told in three minutes." if told else "No message leaves: let them know."


def _found(request: "DeskRequest", ref: str) -> "Appointment":
    with missing_is_404():
        return diary.appointment_for(request.user, request.clinic, ref)


def _board(
    request: "DeskRequest",
    found: "Appointment",
    *,
    at: datetime,
    refused: ClinicError | None = None,
    starts: int = 0,
    form: MoveForm | None = None,
) -> HttpResponse:
    """Show the times, from the appointment's own day and person on; a refusal stands above with the nearest."""
    here = reverse("booking:desk_move", args=[found.ref])
    with missing_is_404():
        offer = queries.offer_called(found.clinic, found.treatment.slug)
    people = queries.people_for(offer, at)
    asked = request.GET
    wish = wish_in(asked, people, kindly=True)
    same = found.practitioner if "with" not in asked and found.practitioner in people else wish.practitioner
    wish = queries.Wish(same, wish.part, wish.first or local(found.starts, found.zone).date())
    board = queries.board_for(offer, wish, at=at, ignoring=found, every=True)
    lost = None
    if isinstance(refused, TimeRefused):
        lost = lost_time(offer, starts, practitioner=wish.practitioner, at=at, refused=refused, ignoring=found)
    context = board_context(offer, people, wish, board) | {
        "place": "diary",
        "appointment": found,
        "desk_form": form or MoveForm(),
        "lost": lost,
        "refused": str(refused) if refused and lost is None else "",
        "choose_url": here,
        "board_url": here,
    }
    return render(request, "booking/desk_move.html", context, status=409 if refused else 200)
