"""Joining the list, leaving it, and answering an offer. Looking at a page never answers anything."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.booking import queries as booking
from corneum.clinic.booking import words as say
from corneum.clinic.booking.queries import asked_until
from corneum.clinic.booking.views.asking import clinic_in, missing_is_404, pressed, see_other
from corneum.clinic.diary.actions import BeyondLimits, PatientBusy, TimeRefused
from corneum.clinic.diary.queries import may_still_change
from corneum.clinic.patients.contact import Contact
from corneum.clinic.waiting import actions, queries
from corneum.clinic.waiting.eligibility import may_let_go
from corneum.clinic.waiting.forms import JoinForm, SoonerForm
from corneum.domain.errors import ClinicError, NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT, VISITOR, Actor
from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.limits import allow
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Treatment
    from corneum.clinic.waiting.models import FreedOffer, Wait
    from corneum.platform.accounts.models import Clinic

MOST_JOINS_AN_HOUR = 6  # from one network


@access.public
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, treatment: str) -> HttpResponse:
    """Ask who waits, how to reach them, when they could come and until when."""
    at, clinic = datetime.now(UTC), clinic_in(request)
    with missing_is_404():
        offer = booking.offer_called(clinic, treatment)
        if not offer.treatment.is_bookable_online:
            raise NotFound
    slug = request.POST.get("with", "") if request.method == "POST" else request.GET.get("with", "")
    person = next((one for one in booking.people_for(offer, at) if one.slug == slug), None)
    form = JoinForm(request.POST if request.method == "POST" else None, **_week(clinic, at))
    page = {"form": form, "treatment": offer.treatment, "person": person}
    if request.method != "POST":
        return render(request, "waiting/join.html", page)
    if not form.is_valid():
        return render_invalid(request, "waiting/join.html", page)
    sent = form.cleaned_data
    return _join(
        request, page, form, treatment=offer.treatment, practitioner=person, name=sent["name"], contact=sent["contact"],
        later=None, by=VISITOR, at=at,
    )  # fmt: skip


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def sooner(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a patient when they could come sooner than they are booked; who they are is known."""
    at, clinic = datetime.now(UTC), clinic_in(request)
    with missing_is_404():
        later = booking.appointment_at(clinic, code)
    if not may_still_change(later, at):
        return see_other("booking:mine", later.code)
    last = local(later.starts, clinic.zone).date()
    form = SoonerForm(request.POST if request.method == "POST" else None, **_week(clinic, at))
    form.fields["until"].initial = last
    page = {"form": form, "later": later, "zone": clinic.zone, "person": None}
    if request.method != "POST":
        return render(request, "waiting/join.html", page)
    if not form.is_valid():
        return render_invalid(request, "waiting/join.html", page)
    patient = later.patient
    return _join(
        request, page, form, treatment=later.treatment, practitioner=None, name=patient.name,
        contact=Contact(email=patient.email, phone=patient.phone), later=later, by=PATIENT, at=at,
    )  # fmt: skip


@access.link
@require_safe
def wait(request: HttpRequest, code: str) -> HttpResponse:
    """Show that somebody is on the list, for when, and how to leave it; or that they are off it."""
    at, found = datetime.now(UTC), _wait_in(request, code)
    page = {
        "wait": found,
        "zone": found.clinic.zone,
        "first_name": say.first_name(found.name),
        "windows": queries.windows_in_words(found),
        "offer": queries.open_offer_of(found, at) if found.state == "waiting" else None,
        "reached_by": _reached_by(found),
        "until": found.expires_on,
    }
    return render(request, "waiting/wait.html", page)


@access.link
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take them off the list; pressed again, they are off it still."""
    found = _wait_in(request, code)
    actions.leave_waiting_list(wait=found, by=PATIENT, at=datetime.now(UTC))
    return see_other("waiting:wait", found.code)


@access.link
@require_safe
def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the time that is kept for somebody, and let them answer."""
    found = _offer_in(request, code)
    if found.appointment is not None:
        return see_other("booking:mine", found.appointment.code)
    return _offer_page(request, found, at=datetime.now(UTC))


@access.link
@require_POST
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Book the time, once; whatever is in the way is said, and nothing is lost."""
    at, found = datetime.now(UTC), _offer_in(request, code)
    keeps_later = request.POST.get("later") == "keep"
    press = pressed(request, found.ref)
    try:
        appointment = actions.accept_offer(offer=found, keeps_later=keeps_later, by=PATIENT, at=at, press=press)
    except AlreadyDone:
        return see_other("waiting:offer", found.code)  # which leads on to the appointment
    except actions.OfferOver:
        return see_other("waiting:offer", found.code)  # which says so
    except TimeRefused:
        return _offer_page(request, found, at=at, refused="gone", status=409)
    except PatientBusy:
        return _offer_page(request, found, at=at, refused="busy", status=409)
    except BeyondLimits as refused:
        return _offer_page(request, found, at=at, refused="limit", sentence=str(refused), keeps=keeps_later, status=409)
    return see_other("booking:mine", appointment.code)


@access.link
@require_POST
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Pass the time on; pressed again, or too late, it is passed on already."""
    found = _offer_in(request, code)
    actions.decline_offer(offer=found, by=PATIENT, at=datetime.now(UTC))
    return see_other("waiting:offer", found.code)


def _join(
    request: HttpRequest,
    page: dict[str, Any],
    form: SoonerForm,
    *,
    treatment: "Treatment",
    practitioner: "Practitioner | None",
    name: str,
    contact: Contact,
    later: "Appointment | None",
    by: Actor,
    at: datetime,
) -> HttpResponse:
    """Put them on the list and show their place; the same press again leads to the same place."""
    network = client_network(request)
    if not allow(scope="waiting.join", key=network, per=timedelta(hours=1), most=MOST_JOINS_AN_HOUR, at=at):
        form.add_error(None, "Many people have joined from your network just now. Try again in an hour, or call us.")
        return render(request, "waiting/join.html", page, status=429)
    try:
        joined = actions.join_waiting_list(
            clinic=clinic_in(request), treatment=treatment, practitioner=practitioner, windows=form.windows(),
            expires_on=form.cleaned_data["until"], name=name, contact=contact, later=later, by=by, at=at,
            press=pressed(request),
        )  # fmt: skip
    except AlreadyDone as done:
        with missing_is_404():
            return see_other("waiting:wait", queries.wait_called(clinic_in(request), done.event.entity_ref).code)
    except ClinicError as refused:
        form.add_error(None, str(refused))
        return render(request, "waiting/join.html", page, status=409)
    return see_other("waiting:wait", joined.code)


def _offer_page(
    request: HttpRequest,
    found: "FreedOffer",
    *,
    at: datetime,
    refused: str = "",
    sentence: str = "",
    keeps: bool = False,
    status: int = 200,
) -> HttpResponse:
    later = found.wait.later
    zone = found.clinic.zone
    is_request = asked_until(found.clinic, found.wait.treatment, at) is not None
    page = {
        "offer": found,
        "wait": found.wait,
        "zone": zone,
        "minutes": found.ends - found.starts,
        "first_name": say.first_name(found.wait.name),
        "is_open": found.state == "open" and at < found.expires_at and not refused,
        "is_waiting": found.wait.state == "waiting",
        "until": minute_of(found.expires_at),
        "is_today": _day(found.expires_at, zone) == _day(at, zone),
        "later": later if later is not None and may_still_change(later, at) else None,
        "may_let_go": may_let_go(found.wait, at),
        "keeps": keeps or is_request,
        "is_request": is_request,
        "refused": refused,
        "sentence": sentence,
        "press": new_press(),
    }
    return render(request, "waiting/offer.html", page, status=status)


def _week(clinic: "Clinic", at: datetime) -> dict[str, Any]:
    return {"today": _day(at, clinic.zone), "suits": queries.suits_at(clinic, at)}


def _day(at: datetime, zone: str) -> date:
    return local(minute_of(at), zone).date()


def _reached_by(wait: "Wait") -> list[str]:
    return [way for way, contact in (("email", wait.email), ("text", wait.phone)) if contact]


def _wait_in(request: HttpRequest, code: str) -> "Wait":
    with missing_is_404():
        return queries.wait_at(clinic_in(request), code)


def _offer_in(request: HttpRequest, code: str) -> "FreedOffer":
    with missing_is_404():
        return queries.offer_at(clinic_in(request), code)
