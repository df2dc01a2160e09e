"""The public pages that need no times."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneum.clinic.guides import finding, for_machines, pages, queries
from corneum.clinic.guides.card import card as drawn_card
from corneum.clinic.guides.structured import absolute
from corneum.domain.errors import NotFound
from corneum.platform.accounts import access

if TYPE_CHECKING:
    from corneum.platform.accounts.models import Clinic


@contextmanager
def missing_is_404() -> Iterator[None]:
    """Show the page for what is missing."""
    try:
        yield
    except NotFound as missing:
        raise Http404 from missing


def clinic_in(request: HttpRequest) -> "Clinic":
    """Answer with the clinic in the address; before the first is opened there is none, and no page."""
    clinic: Clinic | None = getattr(request, "clinic", None)
    if clinic is None:
        raise Http404
    return clinic


@require_safe
@access.public
def treatments(request: HttpRequest) -> HttpResponse:
    context = pages.treatments_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/treatments.html", context)


@require_safe
@access.public
def concerns(request: HttpRequest) -> HttpResponse:
    context = pages.concerns_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/concerns.html", context)


@require_safe
@access.public
def concern(request: HttpRequest, slug: str) -> HttpResponse:
    with missing_is_404():
        context = pages.concern_context(clinic_in(request), slug, at=datetime.now(UTC))
    return render(request, "guides/concern.html", context)


@require_safe
@access.public
def articles(request: HttpRequest) -> HttpResponse:
    context = pages.articles_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/articles.html", context)


@require_safe
@access.public
def article(request: HttpRequest, slug: str) -> HttpResponse:
    with missing_is_404():
        context = pages.article_context(clinic_in(request), slug, at=datetime.now(UTC))
    return render(request, "guides/article.html", context)


@require_safe
@access.public
def picture(request: HttpRequest, picture: str, shape: str, width: int) -> HttpResponse:
    """Give one size of a picture: it never changes under its address, and its type is ours, not the sender's."""
    with missing_is_404():
        found = queries.rendition(picture, shape, width, request.headers.get("Accept", ""))
    response = HttpResponse(bytes(found.content), content_type=f"image/{found.kind}")
    response["Cache-Control"] = "public, max-age=86400"
    response["Vary"] = "Accept"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@access.public
def team(request: HttpRequest) -> HttpResponse:
    return render(request, "guides/team.html", pages.team_context(clinic_in(request), at=datetime.now(UTC)))


@require_safe
@access.public
def prices(request: HttpRequest) -> HttpResponse:
    return render(request, "guides/prices.html", pages.prices_context(clinic_in(request), at=datetime.now(UTC)))


@require_safe
@access.public
def visit(request: HttpRequest) -> HttpResponse:
    with missing_is_404():
        context = pages.visit_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/visit.html", context)


@require_safe
@access.public
def search(request: HttpRequest) -> HttpResponse:
    question = request.GET.get("q", "")
    context = finding.search_context(clinic_in(request), question, at=datetime.now(UTC))
    return render(request, "guides/search.html", context)


@require_safe
@access.public
def privacy(request: HttpRequest) -> HttpResponse:
    return _policy(request, "guides/privacy.html")


@require_safe
@access.public
def accessibility(request: HttpRequest) -> HttpResponse:
    return _policy(request, "guides/accessibility.html")


@require_safe
@access.public
def complaints(request: HttpRequest) -> HttpResponse:
    return _policy(request, "guides/complaints.html")


@require_safe
@access.public
def results(request: HttpRequest) -> HttpResponse:
    return _policy(request, "guides/results.html")


@require_safe
@access.public
def registration(request: HttpRequest) -> HttpResponse:
    with missing_is_404():
        context = pages.registration_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/registration.html", context)


@require_safe
@access.public
def questions(request: HttpRequest) -> HttpResponse:
    with missing_is_404():
        context = pages.questions_context(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/questions.html", context)


def _policy(request: HttpRequest, template: str) -> HttpResponse:
    with missing_is_404():
        context = pages.policy_context(clinic_in(request))
    return render(request, template, context)


@require_safe
@access.public
def robots(request: HttpRequest) -> HttpResponse:
    sitemaps = [absolute(path) for path in for_machines.sitemaps()]
    return render(request, "guides/robots.txt", {"sitemaps": sitemaps}, content_type="text/plain; charset=utf-8")


@require_safe
@access.public
def sitemap(request: HttpRequest) -> HttpResponse:
    found = for_machines.sitemap(clinic_in(request), at=datetime.now(UTC))
    entries = [(absolute(path), reviewed_on) for path, reviewed_on in found]
    return render(request, "guides/sitemap.xml", {"entries": entries}, content_type="application/xml; charset=utf-8")


@require_safe
@access.public
def feed(request: HttpRequest) -> HttpResponse:
    context = for_machines.feed(clinic_in(request), at=datetime.now(UTC))
    return render(request, "guides/feed.xml", context, content_type="application/atom+xml; charset=utf-8")


@require_safe
@access.public
def security(request: HttpRequest) -> HttpResponse:
    with missing_is_404():
        lines = for_machines.security(clinic_in(request), at=datetime.now(UTC))
    text = "".join(f"{field}: {value}\n" for field, value in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@access.public
def card(request: HttpRequest) -> HttpResponse:
    clinic = clinic_in(request)
    return _card(clinic, "Know what to expect before you decide")


@require_safe
@access.public
def card_of(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    clinic = clinic_in(request)
    with missing_is_404():
        title = for_machines.card_title(clinic, kind, slug, at=datetime.now(UTC))
    return _card(clinic, title)


def _card(clinic: "Clinic", title: str) -> HttpResponse:
    with missing_is_404():
        town = pages.policy_context(clinic)["premises"].town
    answer = HttpResponse(drawn_card(title, clinic.name, town), content_type="image/png")
    answer["Cache-Control"] = "public, max-age=86400"  # the same for everybody, and asked for by many at once
    return answer
