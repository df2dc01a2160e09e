"""The questions behind a private link: one thing a page, kept at once, looked over, sent."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.suitability import actions, queries, words
from corneum.clinic.suitability.forms import BeginForm, StepForm
from corneum.clinic.suitability.steps import Step, Walk
from corneum.clinic.treatments.queries import bookable_online
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import QUICK
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT, VISITOR
from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.limits import allow
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.suitability.models import Screening
    from corneum.platform.accounts.models import Clinic

HOUR = timedelta(hours=1)
MOST_BEGUN = 10  # from one network within an hour


@access.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, treatment: str) -> HttpResponse:
    """Ask who answers, and begin the questions; what the quick check sends along is brought if they say so."""
    clinic = _clinic_in(request)
    try:
        offer, _ = queries.offer_to_check(clinic, treatment)
    except NotFound as missing:
        raise Http404 from missing
    carried = Walk.of(QUICK, request.POST)
    is_sent = request.method == "POST" and "name" in request.POST
    form = BeginForm(request.POST if is_sent else None, has_answers=bool(carried.said))
    page = {"treatment": offer.treatment, "form": form, "carried": list(carried.said.items())}
    if not is_sent:
        return render(request, "suitability/begin.html", page)
    if not form.is_valid():
        return render_invalid(request, "suitability/begin.html", page)
    at = datetime.now(UTC)
    if not allow(scope="suitability.begin", key=client_network(request), per=HOUR, most=MOST_BEGUN, at=at):
        form.add_error(None, "Many have begun from your network within the hour. Try again later, or call us.")
        return render(request, "suitability/begin.html", page, status=429)
    begun = actions.begin_from_website(
        clinic=clinic, treatment=offer.treatment, name=form.cleaned_data["name"], contact=form.cleaned_data["contact"],
        carried=carried.said if form.cleaned_data.get("carry") else {}, by=VISITOR, at=at,
    )  # fmt: skip
    return _see_other("form", begun.code)


@access.link
@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is asked and who reads it; once it is sent, say what follows."""
    found, at = _found(request, code), datetime.now(UTC)
    if found.submitted_at is not None:
        return _result(request, found, at=at)
    if found.expires_at <= at:
        return _ended(request)
    walk = queries.walk_of(found)
    page = {"screening": found, "next": walk.next(), "is_begun": bool(walk.said), "total": walk.total}
    return render(request, "suitability/form.html", page)


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Ask one thing; keep what is said, and go on to the next."""
    found, at = _found(request, code), datetime.now(UTC)
    if found.submitted_at is not None or found.expires_at <= at:
        return _see_other("form", code)
    walk = queries.walk_of(found)
    asked = walk.step(step)
    if asked is None:
        raise Http404
    if request.method != "POST":
        shown = {**found.carried, **walk.said}
        return render(request, "suitability/ask.html", _page(found, walk, asked, StepForm(step=asked, said=shown)))
    sent = StepForm(request.POST, step=asked)
    if not sent.is_valid():
        return render_invalid(request, "suitability/ask.html", _page(found, walk, asked, sent))
    with suppress(actions.SentAlready, actions.LinkEnded):  # in another window: the page it leads to says so
        found = actions.keep_answer(screening=found, key=asked.key, values=sent.values(), by=PATIENT, at=at)
    if queries.stops(found, asked.key, on=_today(found, at)):
        return _see_other("now", code)
    following = queries.walk_of(found).next()
    return _see_other("question", code, following.key) if following else _see_other("answers", code)


@access.link
@require_safe
def now(request: HttpRequest, code: str) -> HttpResponse:
    """Say at once what should not wait for the end: help, the GP, or that we treat adults."""
    found, at = _found(request, code), datetime.now(UTC)
    if found.submitted_at is not None or found.expires_at <= at:
        return _see_other("form", code)
    walk = queries.walk_of(found)
    told = queries.told_at_once(found, on=_today(found, at))
    if told is None:
        return _see_other("form", code)
    page = {
        "screening": found, "heading": words.heading_at_once(told), "reasons": list(words.reasons(told)),
        "next": None if words.is_end(told) else walk.next(), "press": new_press(), "is_urgent": told.is_urgent,
        "is_end": words.is_end(told),
    }  # fmt: skip
    return render(request, "suitability/now.html", page)


@access.link
@require_safe
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything that was answered, to be looked over and sent."""
    found, at = _found(request, code), datetime.now(UTC)
    walk = queries.walk_of(found)
    following = walk.next()
    if found.submitted_at is not None or found.expires_at <= at:
        return _see_other("form", code)
    if following is not None:
        return _see_other("question", code, following.key)
    return render(request, "suitability/answers.html", _answers(found, walk))


@access.link
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send the answers, once; what should not wait may be sent before all is answered."""
    found, at = _found(request, code), datetime.now(UTC)
    early = "early" in request.POST and queries.told_at_once(found, on=_today(found, at)) is not None
    with suppress(AlreadyDone, actions.SentAlready, actions.LinkEnded):
        try:
            actions.submit_screening(
                screening=found, is_early=early, by=PATIENT, at=at, press=request.POST.get("press", "")[:40]
            )
        except actions.NotAnswered:
            return _see_other("answers", code)  # which leads on to the question that is open
    return _see_other("form", code)


def _result(request: HttpRequest, found: "Screening", *, at: datetime) -> HttpResponse:
    today = _today(found, at)
    look = queries.look_at(found, on=today)
    decided = look.decisions[0] if look.decisions and not found.needs_decision else None
    consultation = bookable_online(found.clinic).filter(treatment__kind="consultation").first()
    may_book = decided is not None or look.verdict.may_book_consultation
    page = {
        "screening": found, "verdict": look.verdict, "decided": decided,
        "heading": words.decided_heading(decided) if decided else words.heading(look.verdict),
        "reasons": [] if decided else list(words.reasons(look.verdict)),
        "is_urgent": look.verdict.is_urgent,
        "consultation": consultation if may_book and not look.verdict.is_urgent else None,
        "told": list(queries.walk_of(found).told()) if found.expires_at > at else [],
    }  # fmt: skip
    return render(request, "suitability/sent.html", page)


def _page(found: "Screening", walk: Walk, asked: Step, form: StepForm) -> dict[str, Any]:
    before = walk.before(asked)
    return {
        "screening": found, "form": form, "step": asked, "place": walk.place(asked), "of": walk.total,
        "before_url": reverse("suitability:question", args=[found.code, before.key])
        if before
        else reverse("suitability:form", args=[found.code]),
    }  # fmt: skip


def _answers(found: "Screening", walk: Walk) -> dict[str, Any]:
    told = [
        (step, said, reverse("suitability:question", args=[found.code, step.key])) for step, said in walk.told_each()
    ]
    return {"screening": found, "told": told, "press": new_press()}


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "suitability/ended.html", status=410)


def _found(request: HttpRequest, code: str) -> "Screening":
    try:
        return queries.screening_at(_clinic_in(request), code)
    except NotFound as missing:
        raise Http404 from missing


def _clinic_in(request: HttpRequest) -> "Clinic":
    clinic: Clinic | None = getattr(request, "clinic", None)
    if clinic is None:
        raise Http404
    return clinic


def _today(found: "Screening", at: datetime) -> Any:
    return local(minute_of(at), found.clinic.zone).date()


def _see_other(name: str, *args: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"suitability:{name}", args=args), status=303)
