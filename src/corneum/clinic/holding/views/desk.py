"""Answering with times that are kept: which treatment, with whom, and up to three times."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corneum.clinic.booking import words as say
from corneum.clinic.booking.queries import people_for
from corneum.clinic.diary.actions import TimeRefused
from corneum.clinic.diary.queries import next_openings
from corneum.clinic.enquiries.actions import ChangedMeanwhile
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.reach import way_to
from corneum.clinic.enquiries.views.deciding import GAP
from corneum.clinic.enquiries.views.pages import found, opening
from corneum.clinic.holding import actions, queries
from corneum.clinic.holding.forms import TimesForm
from corneum.clinic.holding.words import PLACE
from corneum.clinic.treatments.queries import offers_at
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.clinic.enquiries.views.pages import DeskRequest
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer

DAYS, PER_DAY = 6, 8


@access.staff(Right.ANSWER_ENQUIRIES)
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: "DeskRequest", enquiry: str) -> HttpResponse:
    """Show which times are free; sent, keep those that were chosen and answer with them."""
    answered, at = found(request, enquiry), datetime.now(UTC)
    offers = list(offers_at(request.clinic))
    offer = _offer(offers, request.POST.get("treatment", ""))
    if offer is None:
        tell(request, "This clinic offers nothing that could be booked.")
        return redirect("enquiries:thread", answered.ref)
    people = people_for(offer, at)
    person = next((one for one in people if one.slug == request.POST.get("practitioner", "")), None)
    choices = {
        "treatments": [(one.treatment.slug, one.treatment.name) for one in offers],
        "people": [(one.slug, one.name) for one in people],
    }
    form = TimesForm(request.POST, **choices) if "send" in request.POST else None
    if form is None or not form.is_valid():
        shown = form or TimesForm(initial=_typed(request, answered, offer, person), **choices)
        return _page(request, answered, offer, person, shown, at=at)
    return _send(request, answered, offer, person, form, at=at)


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def withdraw(request: "DeskRequest", enquiry: str) -> HttpResponse:
    answered = found(request, enquiry)
    offered = queries.open_times_of(answered)
    if offered is not None:
        actions.withdraw_times(times=offered, by=Actor.staff(request.user), at=datetime.now(UTC))
        tell(request, "The times are free again, and their link says so.")
    return redirect("holding:times", answered.ref)


def _send(
    request: "DeskRequest",
    answered: "Enquiry",
    offer: "Offer",
    person: "Practitioner | None",
    form: TimesForm,
    *,
    at: datetime,
) -> HttpResponse:
    said = {key: form.cleaned_data[key] for key in ("text", "seen", "press")}
    try:
        actions.offer_times(
            enquiry=answered, treatment=offer.treatment, starts=_chosen(request), practitioner=person,
            user=request.user, by=Actor.staff(request.user), at=at, **said,
        )  # fmt: skip
    except AlreadyDone as before:
        if before.event.clinic_id == answered.clinic_id and queries.open_times_of(answered) is not None:
            return redirect("enquiries:thread", answered.ref)
        _refuse(
            form, "Something else was sent with this form before. Look again, and send it once more", press=new_press()
        )
    except ChangedMeanwhile as refusal:
        _refuse(form, str(refusal), seen=last_entry(answered))  # shown with the news, so a second press has seen it
    except TimeRefused as gone:
        _refuse(form, f"{say.moment(gone.wanted.starts, request.clinic.zone)} has just gone. Nothing was sent.")
    except ClinicError as refusal:
        _refuse(form, str(refusal))
    else:
        tell(request, "Your reply is on its way, and the times are kept.")
        return redirect("enquiries:thread", answered.ref)
    return _page(request, found(request, answered.ref), offer, person, form, at=at)


def _refuse(form: TimesForm, sentence: str, **changed: str) -> None:
    """Say why nothing was sent, beside what was typed."""
    kept = cast("QueryDict", form.data).copy()
    for name, value in changed.items():
        kept[name] = value
    form.data = kept
    form.add_error("text", sentence)


def _page(
    request: "DeskRequest",
    answered: "Enquiry",
    offer: "Offer",
    person: "Practitioner | None",
    form: TimesForm,
    *,
    at: datetime,
) -> HttpResponse:
    days = next_openings(
        clinic=request.clinic, treatment=offer.treatment, at=at, days=DAYS, per_day=PER_DAY, practitioner=person
    )
    context: dict[str, Any] = {
        "place": "inbox",
        "enquiry": answered,
        "entries": list(answered.entries.all())[-3:],
        "offer": offer,
        "form": form,
        "days": days,
        "chosen": _chosen(request),
        "until": minute_of(queries.kept_until(request.clinic, at)),
        "offered": queries.open_times_of(answered),
        "zone": request.clinic.zone,
    }
    return render(request, "holding/times.html", context, status=422 if form.errors else 200)


def _typed(
    request: "DeskRequest", answered: "Enquiry", offer: "Offer", person: "Practitioner | None"
) -> dict[str, str]:
    """Keep what was typed already, with a place for the times in it."""
    text = request.POST.get("text", opening(answered, request.user)).replace("\r\n", "\n")
    if PLACE not in text:
        between = " " if way_to(answered) == "text" else "\n\n"
        text = text.replace(GAP, f"\n\n{PLACE}\n\n", 1) if GAP in text else f"{text.rstrip()}{between}{PLACE}"
    return {
        "text": text.lstrip(),
        "seen": request.POST.get("seen") or last_entry(answered),
        "treatment": offer.treatment.slug,
        "practitioner": person.slug if person else "",
    }


def _offer(offers: "list[Offer]", slug: str) -> "Offer | None":
    """Choose what is offered: what was asked for, or else what anybody may book, a consultation."""
    asked = next((one for one in offers if one.treatment.slug == slug), None)
    first = next((one for one in offers if one.treatment.is_bookable_online), None)
    return asked or first or next(iter(offers), None)


def _chosen(request: "DeskRequest") -> list[int]:
    return [int(start) for start in request.POST.getlist("starts") if start.isascii() and start.isdecimal()][:20]
