"""The desk books: somebody found or somebody new, and, with the right and a reason, in spite of what the rules say."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from corneum.clinic.booking import actions, queries, words
from corneum.clinic.booking.forms import SOMEBODY_NEW, ChoiceForm, NewForm
from corneum.clinic.booking.views.asking import missing_is_404, pressed
from corneum.clinic.booking.views.showing import Near
from corneum.clinic.diary import pages
from corneum.clinic.diary import queries as diary
from corneum.clinic.diary.actions import BeyondLimits, PatientBusy, TimeRefused
from corneum.clinic.enquiries import queries as enquiries
from corneum.clinic.patients import queries as patient_queries
from corneum.clinic.patients.contact import parse_contact
from corneum.clinic.practitioners.queries import shown_at
from corneum.clinic.treatments.queries import offers_at
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import local, span_on
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corneum.clinic.diary.queries import Reason
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.clinic.patients.models import Patient
    from corneum.clinic.treatments.models import Treatment
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


# Of another patient all of this is another question.
ASKED_ANEW = frozenset({"press", "patient", "same_as", "in_spite"})


@access.staff(Right.CHANGE_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: "DeskRequest") -> HttpResponse:
    """Ask for whom, what and when; book it, or say what stands in the way. Whatever is pressed, what is typed stays."""
    at, clinic = datetime.now(UTC), request.clinic
    known = pages.chosen_patient(request)
    treatments = [offer.treatment for offer in offers_at(clinic)]
    chosen: dict[str, Any] = {
        "treatments": treatments,
        "people": shown_at(clinic, pages.today_at(clinic, at)),
        "known": known,
    }
    if request.method != "POST":
        return _page(request, NewForm(initial=_begin_with(request, known, at=at), **chosen))
    if _looks_for_somebody(request, known):
        begin = _begin_with(request, known, at=at) | _typed(request, treatments, pages.today_at(clinic, at))
        return _page(request, NewForm(initial=begin, **chosen))
    form = NewForm(_sent(request), **chosen)
    if not form.is_valid():
        return _page(request, form)
    if known is None and form.cleaned_data["same_as"] != SOMEBODY_NEW:
        alike = _alike(request, form)
        form.known = next((one for one in alike if one.ref == form.cleaned_data["same_as"]), None)
        if alike and form.known is None:
            saw(request, *(one.ref for one in alike))
            form.ask_whether(alike)
            return _page(request, form, asks_who=True)
    return _book(request, form, at=at)


def _book(request: "DeskRequest", form: NewForm, *, at: datetime) -> HttpResponse:
    clinic, chosen = request.clinic, form.cleaned_data
    starts = span_on(chosen["day"], chosen["time"], time(0), clinic.zone).starts
    treatment, person = form.treatments[chosen["treatment"]], form.people.get(chosen["practitioner"])
    enquiry = _asked_in(request, chosen["enquiry"])
    try:
        booked = actions.book_at_desk(
            clinic=clinic,
            treatment=treatment,
            starts=starts,
            practitioner=person,
            patient=form.known or _newcomer(form),
            note=chosen["note"],
            tell=chosen["tell"],
            in_spite=chosen["in_spite"].strip(),
            by=Actor.staff(request.user),
            at=at,
            press=pressed(request),
            enquiry=enquiry,
        )
    except AlreadyDone as done:
        return redirect("diary:appointment", done.event.entity_ref)
    except (TimeRefused, PatientBusy, BeyondLimits) as refused:
        reasons = diary.why_not(
            clinic=clinic, treatment=treatment, starts=starts, practitioner=person, patient=form.known, at=at
        )
        near, near_with = queries.nearest(
            queries.offer_called(clinic, treatment.slug), starts, practitioner=person, patient=form.known, at=at
        )
        shown = {
            "nearest": [Near(each, words.beside(each, starts, clinic.zone)) for each in near],
            "near_with": near_with,
            "with_anyone": person if person != near_with else None,
        }
        return _page(request, form, refused=refused, reasons=reasons, shown=shown)
    except ClinicError as refused:
        return _page(request, form, refused=refused)
    told = "A confirmation is on its way." if chosen["tell"] else "No message leaves: let them know."
    advice = words.advice(queries.days_too_long(booked), treatment.gap.longest)
    tell(
        request,
        f"{booked.patient.name} is booked for {words.moment(booked.starts, booked.zone)}. {told} {advice}".strip(),
    )
    return redirect("diary:appointment", booked.ref)


def _asked_in(request: "DeskRequest", ref: str) -> "Enquiry | None":
    """Find the conversation that is being answered with a booking, if there is one."""
    with missing_is_404():
        return enquiries.enquiry_for(request.user, request.clinic, ref) if ref else None


def _looks_for_somebody(request: "DeskRequest", known: "Patient | None") -> bool:
    """Say whether a press only changes for whom it is: by its button, or by the Enter key after something to find."""
    sent = request.POST
    if "whom" in sent or "find" in sent:
        return True
    return known is None and bool(sent.get("q", "").strip()) and not {"book", "at"} & sent.keys()


def _sent(request: "DeskRequest") -> QueryDict:
    """Read what was sent; one of the nearest times that is pressed is put in the place of the one that was asked for."""
    sent = request.POST.copy()
    minute, _, person = sent.get("at", "").partition(".")
    pressed_time = ChoiceForm({"starts": minute})
    if minute and pressed_time.is_valid():
        wall = local(pressed_time.cleaned_data["starts"], request.clinic.zone)
        sent["day"], sent["time"] = f"{wall:%Y-%m-%d}", f"{wall:%H:%M}"
        sent["practitioner"], sent["in_spite"] = person, ""
    return sent


def _typed(request: "DeskRequest", treatments: "Sequence[Treatment]", today: date) -> dict[str, Any]:
    """Give back what was typed. What and when count as untouched as long as all of it is as an empty page has it."""
    sent = {
        name: request.POST.get(name, "").replace("\x00", "") for name in NewForm.base_fields if name not in ASKED_ANEW
    }
    what = {name: sent.pop(name) for name in ("treatment", "practitioner", "day", "time")}
    untouched = {
        "treatment": treatments[0].slug if treatments else "",
        "practitioner": "",
        "day": f"{today}",
        "time": "",
    }
    kept = {} if what == untouched else what
    return sent | kept | {"tell": "tell" in request.POST}


def _newcomer(form: NewForm) -> actions.Newcomer:
    typed = form.cleaned_data
    return actions.Newcomer(typed["name"], parse_contact(typed["contact"]), typed["born_on"])


def _alike(request: "DeskRequest", form: NewForm) -> "list[Patient]":
    name, (email, phone), born_on = _newcomer(form)
    return patient_queries.alike(request.user, request.clinic, name=name, email=email, phone=phone, born_on=born_on)


def _begin_with(request: "DeskRequest", known: "Patient | None", *, at: datetime) -> dict[str, Any]:
    """Begin with what is known: the patient, what they had last and with whom, and the next free time for it."""
    clinic, asked = request.clinic, request.GET
    enquiry = _asked_in(request, asked.get("enquiry", ""))
    asked_by = (
        {"enquiry": enquiry.ref, "name": enquiry.name, "contact": enquiry.email or enquiry.phone} if enquiry else {}
    )
    begin: dict[str, Any] = asked_by | {"day": asked.get("day", "")[:10] or pages.today_at(clinic, at)}
    begin |= {"time": asked["time"][:5].zfill(5)} if "time" in asked else {}
    begin |= {"practitioner": asked["with"][:80]} if "with" in asked else {}
    visits = diary.appointments_of(known) if known else []
    if not visits:
        return begin
    last = visits[0]
    begin |= {
        "patient": visits[0].patient.ref,
        "treatment": last.treatment.slug,
        "practitioner": begin.get("practitioner", last.practitioner.slug),
    }
    soonest = diary.next_openings(
        clinic=clinic, treatment=last.treatment, practitioner=last.practitioner, patient=known, at=at, days=1,
        per_day=1,
    )  # fmt: skip
    if soonest and "day" not in asked:
        wall = local(soonest[0].times[0].starts, clinic.zone)
        begin |= {"day": wall.date(), "time": wall.time()}
    return begin


def _page(
    request: "DeskRequest",
    form: NewForm,
    *,
    asks_who: bool = False,
    refused: ClinicError | None = None,
    reasons: "Sequence[Reason]" = (),
    shown: dict[str, Any] | None = None,
) -> HttpResponse:
    may_in_spite = bool(reasons) and may(request.user, Right.BOOK_IN_SPITE, request.clinic)
    context = {
        "place": "diary",
        "form": form,
        "patient": form.known,
        "asks_who": asks_who,
        "refused": refused,
        "reasons": reasons,
        "zone": request.clinic.zone,
        "may_in_spite": may_in_spite and queries.can_be_lifted(reasons),
        **(shown or {}),
        **pages.finding_patients(request),
    }
    status = 409 if refused else 422 if form.errors or asks_who else 200
    return render(request, "booking/desk_new.html", context, status=status)
