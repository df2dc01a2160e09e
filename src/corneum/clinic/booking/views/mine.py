"""A patient's own appointment, behind its secret link: see it, move it, cancel it, put it in a calendar."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.booking import actions, ics, letters, queries, words
from corneum.clinic.booking.forms import CancelForm
from corneum.clinic.booking.queries import Wish
from corneum.clinic.booking.standing import standing_of
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, pressed, see_other
from corneum.clinic.booking.views.showing import Lost, board_context, lost_time, wish_in
from corneum.clinic.booking.views.times import chosen_in
from corneum.clinic.diary.actions import (
    AlreadyCancelled,
    AlreadyOver,
    BeyondLimits,
    NotAnsweredYet,
    PatientBusy,
    TimeRefused,
    TooLate,
)
from corneum.clinic.diary.queries import may_still_change
from corneum.clinic.premises.queries import clinic_page
from corneum.clinic.suitability import queries as suitability
from corneum.clinic.suitability.actions import begin_screening
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT
from corneum.platform.accounts.limits import allow
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.practitioners.models import Practitioner

# Each move writes to an address that nobody has proven to be theirs.
MOST_MOVES_A_DAY = 8
CONFIRMED_WITHIN = timedelta(days=7)  # "I'll be there" said earlier than that says little
# Pressed twice, changed at the desk, or too late by a moment: the page of the appointment shows how it stands.
CHANGED_MEANWHILE = (AlreadyDone, AlreadyCancelled, AlreadyOver, TooLate, NotAnsweredYet, actions.OnlyByTelephone)


@access.link
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """Show when, where and with whom; never what for, and of the patient only the first name."""
    appointment = _appointment_in(request, code)
    return render(request, "booking/mine.html", _context(appointment, at=datetime.now(UTC)))


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Show the times that the appointment can move to; move it to the one that is pressed."""
    at = datetime.now(UTC)
    appointment = _appointment_in(request, code)
    # What is only asked for is taken back and asked for anew, not moved.
    if appointment.status == "pending" or not standing_of(appointment, at=at).may_change:
        return _too_late(request, appointment, at=at)
    with missing_is_404():
        offer = queries.offer_called(appointment.clinic, appointment.treatment.slug)
        people = queries.people_for(offer, at)
        asked = request.POST if request.method == "POST" else request.GET
        wish = wish_in(asked, people, kindly=request.method != "POST")
    if request.method != "POST":
        return _board(request, appointment, people, _same_person(request, wish, appointment, people), at=at)
    starts = chosen_in(request)
    if not allow(scope="booking.move", key=appointment.ref, per=timedelta(days=1), most=MOST_MOVES_A_DAY, at=at):
        return render(request, "booking/too_late.html", _context(appointment, at=at) | {"too_often": True}, status=429)
    try:
        actions.move_booking(
            appointment=appointment,
            starts=starts,
            practitioner=wish.practitioner,
            by=PATIENT,
            at=at,
            press=pressed(request, starts),
        )
    except CHANGED_MEANWHILE:
        return see_other("booking:mine", appointment.code)
    except (TimeRefused, PatientBusy, BeyondLimits) as refused:
        lost = lost_time(offer, starts, practitioner=wish.practitioner, at=at, refused=refused, ignoring=appointment)
        return _board(request, appointment, people, wish, at=at, lost=lost, status=409)
    return see_other("booking:mine", appointment.code)


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once whether it is to be cancelled, and cancel it."""
    at = datetime.now(UTC)
    appointment = _appointment_in(request, code)
    if not standing_of(appointment, at=at).may_change:
        return _too_late(request, appointment, at=at)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = _context(appointment, at=at) | {"form": form, "press": new_press()}
        return render(request, "booking/cancel.html", context, status=422 if form.errors else 200)
    with suppress(*CHANGED_MEANWHILE):
        actions.cancel_booking(
            appointment=appointment, reason=form.cleaned_data["reason"], by=PATIENT, at=at, press=pressed(request)
        )
    return see_other("booking:mine", appointment.code)


@access.link
@require_POST
def questions(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the questions about health before this appointment, or go on with them."""
    appointment = _appointment_in(request, code)
    treatment = suitability.asked_about(appointment.clinic, appointment.treatment)
    if treatment is None or appointment.status not in {"booked", "pending"}:
        return see_other("booking:mine", appointment.code)
    # Whoever has this link has not shown who they are: an appointment is booked in any name that is typed.
    begun = begin_screening(
        clinic=appointment.clinic, patient=appointment.patient, treatment=treatment, purpose="full", is_proven=False,
        visit=appointment.ref, by=PATIENT, at=datetime.now(UTC),
    )  # fmt: skip
    return see_other("suitability:form", begun.code)


@access.link
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Give the appointment as a calendar file; what is only asked for is marked so."""
    appointment = _appointment_in(request, code)
    with missing_is_404():
        entry = letters.entry_of(appointment, clinic_page(appointment.clinic))
    file = ics.calendar_file(entry, method=ics.PUBLISH, at=datetime.now(UTC))
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"'},
    )


def _appointment_in(request: HttpRequest, code: str) -> "Appointment":
    with missing_is_404():
        return queries.appointment_at(clinic_in(request), code)


def _context(appointment: "Appointment", *, at: datetime) -> dict[str, object]:
    with missing_is_404():
        place = clinic_page(appointment.clinic)
    standing = standing_of(appointment, at=at)
    return {
        "appointment": appointment,
        "zone": appointment.zone,
        "first_name": words.first_name(appointment.patient.name),
        "reached_by": [
            way
            for way, contact in (("email", appointment.patient.email), ("text", appointment.patient.phone))
            if contact
        ],
        "standing": standing,
        "may_change": standing.may_change,
        "is_request": appointment.status == "pending",
        "is_over": at >= appointment.ends_at,
        "may_confirm": may_still_change(appointment, at) and appointment.starts_at - at <= CONFIRMED_WITHIN,
        "press": new_press(),
        "place": place,
        "asks": suitability.asked_about(appointment.clinic, appointment.treatment) is not None,
        "screening": suitability.asked_before(appointment.ref, "full"),
    }


def _same_person(
    request: HttpRequest, wish: Wish, appointment: "Appointment", people: "Sequence[Practitioner]"
) -> Wish:
    """Begin with the person they are booked with: nobody changes hands without asking to."""
    if "with" in request.GET or appointment.practitioner not in people:
        return wish
    return replace(wish, practitioner=appointment.practitioner)


def _board(
    request: HttpRequest,
    appointment: "Appointment",
    people: "Sequence[Practitioner]",
    wish: Wish,
    *,
    at: datetime,
    lost: Lost | None = None,
    status: int = 200,
) -> HttpResponse:
    with missing_is_404():
        offer = queries.offer_called(appointment.clinic, appointment.treatment.slug)
    here = reverse("booking:move", args=[appointment.code])
    board = queries.board_for(offer, wish, at=at, ignoring=appointment)
    context = board_context(offer, people, wish, board) | _context(appointment, at=at)
    context |= {"lost": lost, "choose_url": here, "board_url": here}
    return render(request, "booking/move.html", context, status=status)


def _too_late(request: HttpRequest, appointment: "Appointment", *, at: datetime) -> HttpResponse:
    """Say kindly why nothing can be changed, and what can be done instead."""
    if appointment.status in {"cancelled", "pending"}:
        return see_other("booking:mine", appointment.code)
    return render(request, "booking/too_late.html", _context(appointment, at=at))
