"""Writing and approving what patients are told. Texts are the group's, and written at the main clinic."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from corneum.clinic.consent import actions, queries
from corneum.clinic.consent.forms import ApproveForm, TextsForm, TimesForm
from corneum.clinic.consent.rendering import text_of
from corneum.clinic.consent.views.finding import missing_is_404, see_other
from corneum.clinic.guides.prose import as_html
from corneum.domain.consent.text import SECTIONS, missing
from corneum.domain.difference import difference
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, rights_of
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.consent.models import Document, Version
    from corneum.clinic.consent.views.finding import DeskRequest


@access.staff(Right.WRITE_PAGES)
@require_GET
def texts(request: "DeskRequest") -> HttpResponse:
    """List the texts, which version of each is given to patients, and the treatments that have none."""
    found = [(each, queries.in_force(each.treatment), queries.latest(each)) for each in queries.documents()]
    page = {"place": "pages", "documents": found, "undocumented": queries.undocumented()}
    return render(request, "consent/texts.html", page)


@access.staff(Right.WRITE_PAGES)
@require_POST
def begin(request: "DeskRequest", treatment: str) -> HttpResponse:
    """Begin a text, from the sample where one is shipped."""
    _at_the_main_clinic(request)
    about = queries.undocumented().filter(slug=treatment).first()
    if about is not None:  # else somebody was quicker
        actions.begin_document(treatment=about, **_who(request))
    return see_other("consent:text", treatment)


@access.staff(Right.WRITE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: "DeskRequest", treatment: str) -> HttpResponse:
    """Write a text, and keep it as a new version."""
    found = _document(request, treatment)
    last = queries.latest(found)
    if request.method != "POST":
        form = TextsForm(initial={**(last.texts if last else {}), "based_on": last.number if last else 0})
        return render(request, "consent/text.html", _text(request, found, form))
    form = TextsForm(request.POST)
    if not form.is_valid():
        return render_invalid(request, "consent/text.html", _text(request, found, form))
    try:
        saved = actions.save_version(
            document=found, texts=form.texts(), based_on=form.cleaned_data["based_on"], **_who(request)
        )
    except actions.SomebodySaved as refusal:
        form.data = {**request.POST.dict(), "based_on": last.number if last else 0}
        form.add_error(None, str(refusal))
        page = {**_text(request, found, form), "theirs": _changes(form.texts(), last.texts if last else {})}
        return render(request, "consent/text.html", page, status=409)
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, "consent/text.html", _text(request, found, form))
    tell(request, f"Version {saved.number} is kept. Patients are given it once a practitioner has approved it.")
    return see_other("consent:version", treatment, saved.number)


@access.staff(Right.WRITE_PAGES)
@require_safe
def version(request: "DeskRequest", treatment: str, number: int) -> HttpResponse:
    """Show one version, what differs from the one that patients are given, and who approved it."""
    return render(request, "consent/version.html", _version(request, _found(request, treatment, number)))


@access.staff(Right.APPROVE_PAGES)
@require_POST
def approve(request: "DeskRequest", treatment: str, number: int) -> HttpResponse:
    """Put one's own name under a version."""
    found, form = _found(request, treatment, number), ApproveForm(request.POST)
    form.is_valid()  # a tick, or none
    try:
        actions.approve_version(version=found, asks_anew=form.cleaned_data["asks_anew"], **_who(request))
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, "consent/version.html", {**_version(request, found), "form": form})
    tell(request, "Approved in your name. Patients are given this version from now on.")
    return see_other("consent:version", treatment, number)


@access.staff(Right.CHANGE_CLINIC)
@require_POST
def times(request: "DeskRequest", treatment: str) -> HttpResponse:
    """Lengthen the time to reflect, or say how long a signature holds."""
    found, form = _document(request, treatment), TimesForm(request.POST)
    if not form.is_valid():
        last = queries.latest(found)
        blank = TextsForm(initial={**(last.texts if last else {}), "based_on": last.number if last else 0})
        return render_invalid(
            request, "consent/text.html", {**_text(request, found, blank), "form": form, "times": form}
        )
    by, at = Actor.staff(request.user), datetime.now(UTC)
    actions.set_times(document=found, **form.cleaned_data, by=by, at=at)
    tell(request, "Kept. It holds for what is given from now on.")
    return see_other("consent:text", treatment)


def _who(request: "DeskRequest") -> dict[str, Any]:
    return {"user": request.user, "by": Actor.staff(request.user), "at": datetime.now(UTC)}


def _at_the_main_clinic(request: "DeskRequest") -> None:
    if not request.clinic.is_main:
        raise Http404


def _document(request: "DeskRequest", slug: str) -> "Document":
    _at_the_main_clinic(request)
    with missing_is_404():
        return queries.document_of(slug)


def _found(request: "DeskRequest", slug: str, number: int) -> "Version":
    document = _document(request, slug)
    with missing_is_404():
        return queries.version_of(document, number)


def _text(request: "DeskRequest", found: "Document", form: TextsForm) -> dict[str, Any]:
    times = {"reflect_hours": found.reflect_hours, "lasts_days": found.lasts_days}
    return {
        "place": "pages",
        "document": found,
        "form": form,
        "texts": form,
        "versions": list(found.versions.all()),
        "times": TimesForm(initial=times),
        "may_set": Right.CHANGE_CLINIC in rights_of(request.user, request.clinic),
    }


def _version(request: "DeskRequest", found: "Version") -> dict[str, Any]:
    treatment = found.document.treatment
    given = queries.in_force(treatment)
    before = given if given and given.number < found.number else queries.before(found)
    return {
        "place": "pages",
        "version": found,
        "document": found.document,
        "approval": queries.approval_of(found),
        "before": before,
        "changed": _changes(before.texts, found.texts) if before else [],
        "is_last": queries.latest(found.document) == found,
        "missing": missing(found.texts),
        "html": as_html(text_of(found, request.clinic)) if not missing(found.texts) else "",
        "approve": ApproveForm(),
        "may_approve": Right.APPROVE_PAGES in rights_of(request.user, request.clinic),
    }


def _changes(old: dict[str, str], new: dict[str, str]) -> list[tuple[str, Any]]:
    return [
        (section.heading, difference(old.get(section.name, ""), new.get(section.name, "")))
        for section in SECTIONS
        if old.get(section.name, "") != new.get(section.name, "")
    ]
