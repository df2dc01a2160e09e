"""The quick check: a question a page, and what follows from the answers. Nothing is written anywhere."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corneum.clinic.suitability import queries, words
from corneum.clinic.suitability.forms import StepForm
from corneum.clinic.suitability.steps import Step, Walk
from corneum.clinic.treatments.queries import bookable_online
from corneum.domain.errors import NotFound
from corneum.domain.scheduling.wall import local, minute_of
from corneum.domain.suitability import QUICK, RULES, Method, assess
from corneum.platform.accounts import access
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.treatments.models import Offer


@access.public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, treatment: str) -> HttpResponse:
    """Ask the next question, or say what follows. What was answered is in the form of the page, and nowhere else."""
    clinic = getattr(request, "clinic", None)
    if clinic is None:
        raise Http404
    try:
        offer, method = queries.offer_to_check(clinic, treatment)
    except NotFound as missing:
        raise Http404 from missing
    walk = Walk.of(QUICK, request.POST)
    if "back" in request.POST:
        return _ask(request, offer, walk.up_to(request.POST["back"]), said=walk.said)
    asked = request.POST.get("asked", "")
    if not asked:
        return _ask(request, offer, walk)
    walk = walk.up_to(asked)
    step = walk.next()
    if step is None or step.key != asked:  # a page that is no longer the next: show the one that is
        return _ask(request, offer, walk)
    form = StepForm(request.POST, step=step)
    if not form.is_valid():
        return render_invalid(request, "suitability/question.html", _page(offer, walk, step, form))
    walk = walk.with_answer(step.key, form.values())
    return _ask(request, offer, walk) if walk.next() else _say(request, offer, method, walk)


def _ask(
    request: HttpRequest, offer: "Offer", walk: Walk, *, said: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    step = walk.next()
    if step is None:  # every answer was sent and no question: begin with the last
        last = walk.before(None)
        assert last is not None
        walk, step = walk.up_to(last.key), last
    return render(request, "suitability/question.html", _page(offer, walk, step, StepForm(step=step, said=said)))


def _page(offer: "Offer", walk: Walk, step: Step, form: StepForm) -> dict[str, object]:
    place = list(walk.form.parts).index(step.part.key) + 1
    return {
        "treatment": offer.treatment, "form": form, "step": step, "carried": list(walk.said.items()), "before": walk.before(step),
        "place": place, "of": len(walk.form.parts), "is_first": place == 1 and not step.dated,
    }  # fmt: skip


def _say(request: HttpRequest, offer: "Offer", method: Method, walk: Walk) -> HttpResponse:
    today = local(minute_of(datetime.now(UTC)), offer.clinic.zone).date()
    verdict = assess(RULES, walk.form, walk.answers(), on=today, method=method)
    consultation = bookable_online(offer.clinic).filter(treatment__kind="consultation").first()
    page = {
        "treatment": offer.treatment, "heading": words.heading(verdict), "reasons": list(words.reasons(verdict)), "verdict": verdict,
        "told": list(walk.told()), "carried": list(walk.said.items()), "before": walk.before(None),
        "may_go_on": verdict.may_book_consultation,
        "consultation": consultation if verdict.may_book_consultation else None,
    }  # fmt: skip
    return render(request, "suitability/result.html", page)
