"""The desk's pages for writing: the list, one page's fields, and one version with what is said about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneum.clinic.writing import actions, queries
from corneum.clinic.writing.checking import findings
from corneum.clinic.writing.fields import LABELS
from corneum.clinic.writing.forms import AnswerForm, ApproveForm, BeginForm, PublishForm, ReviewForm, TextsForm
from corneum.clinic.writing.previewing import preview
from corneum.domain.difference import difference
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access, policy
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.policy import Right
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

YEAR = timedelta(days=365)

if TYPE_CHECKING:
    from datetime import date

    from corneum.clinic.guides.models import Article, Guide
    from corneum.clinic.writing.models import Page, Version
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.staff(Right.WRITE_PAGES)
@require_safe
def every_page(request: "DeskRequest") -> HttpResponse:
    return render(request, "writing/list.html", _list(request, BeginForm()))


@access.staff(Right.WRITE_PAGES)
@require_POST
def begin(request: "DeskRequest") -> HttpResponse:
    form = BeginForm(request.POST)
    context = _list(request, form)
    if not form.is_valid():
        return render_invalid(request, "writing/list.html", context)
    sent = form.cleaned_data
    try:
        made = actions.open_page(**sent, **_who(request))
    except IntegrityError:
        form.add_error("slug", "There is a page at this address already; open it in the list")
        return render_invalid(request, "writing/list.html", context)
    if request.clinic.is_main:
        return HttpResponseRedirect(reverse("writing:page", args=[made.ref]), status=303)
    return HttpResponseRedirect(address(context["main"], "writing:page", made.ref), status=303)


@access.staff(Right.APPROVE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: "DeskRequest", shown: str) -> HttpResponse:
    """Ask a practitioner whether what readers see is still true, and renew it in their name."""
    found = _shown(request, shown)
    today = _today(request)
    form = ReviewForm(request.POST or None, initial={"review_due_on": today + YEAR, "seen": queries.seal(found)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_still_true(shown=found, **form.cleaned_data, **_who(request))
        except ClinicError as refusal:
            form.data = {**request.POST.dict(), "seen": queries.seal(_shown(request, shown))}
            form.add_error(None, str(refusal))
        else:
            tell(request, f"{found.title}: the review is renewed in your name.")
            return HttpResponseRedirect(reverse("writing:list"), status=303)
    page = queries.page_of(found)
    context = {"place": "pages", "shown": found, "form": form, "page": page, "today": today, "public": _public(found)}
    return render(request, "writing/review.html", context, status=422 if form.errors else 200)


@access.staff(Right.WRITE_PAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: "DeskRequest", page: str) -> HttpResponse:
    found = _page(request, page)
    last = queries.latest(found)
    number, texts = (last.number, last.texts) if last else (0, {})
    if request.method != "POST":
        form = TextsForm(initial={**texts, "based_on": number}, kind=found.kind)
        return render(request, "writing/page.html", _fields(request, found, form, texts))
    form = TextsForm(request.POST, kind=found.kind)
    if request.POST.get("preview") == "live":
        return render(
            request, "writing/_preview.html", {"preview": preview(found, request.POST.dict(), request.clinic)}
        )
    is_valid = form.is_valid()
    if "preview" in request.POST:
        return render(request, "writing/page.html", _fields(request, found, form, request.POST.dict()))
    if not is_valid:
        return render_invalid(request, "writing/page.html", _fields(request, found, form, request.POST.dict()))
    try:
        saved = actions.save_version(
            page=found, texts=form.texts(), based_on=form.cleaned_data["based_on"], **_who(request)
        )
    except actions.SomebodySaved as refusal:
        return _stale(request, found, form, refusal)
    tell(request, f"Version {saved.number} is kept. Readers see nothing of it yet.")
    return _to(saved)


@access.staff(Right.WRITE_PAGES)
@require_safe
def version(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    return render(request, "writing/version.html", _version(request, _found(request, page, number)))


@access.staff(Right.WRITE_PAGES)
@require_POST
def restore(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    found = _found(request, page, number)
    return _to(actions.restore_version(version=found, **_who(request)))


@access.staff(Right.ANSWER_COPY)
@require_POST
def answer(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    found, form = _found(request, page, number), AnswerForm(request.POST)
    return _do(request, found, form, lambda sent: actions.answer_hit(version=found, **sent, **_who(request)))


@access.staff(Right.APPROVE_PAGES)
@require_POST
def approve(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    found, form = _found(request, page, number), ApproveForm(request.POST)
    return _do(request, found, form, lambda sent: actions.approve_version(version=found, **sent, **_who(request)))


@access.staff(Right.WRITE_PAGES)
@require_POST
def publish(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    found, form = _found(request, page, number), PublishForm(request.POST)

    def act(sent: dict[str, Any]) -> object:
        by, at, moment = Actor.staff(request.user), datetime.now(UTC), sent["publish_at"]
        if moment is None:
            return actions.publish_version(version=found, by=by, at=at)
        there = moment.replace(tzinfo=ZoneInfo(request.clinic.zone)).astimezone(UTC)
        return actions.schedule_version(version=found, publish_at=there, by=by, at=at)

    return _do(request, found, form, act)


@access.staff(Right.WRITE_PAGES)
@require_POST
def call_off(request: "DeskRequest", page: str, number: int) -> HttpResponse:
    found = _found(request, page, number)
    actions.call_off(version=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    tell(request, "It is off the timetable. Nothing changed for readers.")
    return _to(found)


def _who(request: "DeskRequest") -> dict[str, Any]:
    return {"user": request.user, "by": Actor.staff(request.user), "at": datetime.now(UTC)}


def _page(request: "DeskRequest", ref: str) -> "Page":
    """Find a page, at the main clinic alone: pages are the group's (ADR 15)."""
    if not request.clinic.is_main:
        raise Http404
    try:
        return queries.page_called(ref)
    except NotFound as missing:
        raise Http404 from missing


def _shown(request: "DeskRequest", ref: str) -> "Guide | Article":
    if not request.clinic.is_main:
        raise Http404
    try:
        return queries.reviewed_page(ref)
    except NotFound as missing:
        raise Http404 from missing


def _public(shown: "Guide | Article") -> str:
    """Write the address at which readers see a guide or an article."""
    name, slug = queries.where_read(shown)
    return reverse(name, args=[slug])


def _today(request: "DeskRequest") -> "date":
    return datetime.now(UTC).astimezone(ZoneInfo(request.clinic.zone)).date()


def _found(request: "DeskRequest", ref: str, number: int) -> "Version":
    try:
        return queries.version_of(_page(request, ref), number)
    except NotFound as missing:
        raise Http404 from missing


def _to(version: "Version") -> HttpResponse:
    response = redirect("writing:version", version.page.ref, version.number)
    response.status_code = 303
    return response


def _do(request: "DeskRequest", version: "Version", form: Any, act: Callable[[dict[str, Any]], object]) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ClinicError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Done.")
            return _to(version)
    return render_invalid(request, "writing/version.html", {**_version(request, version), "form": form})


def _list(request: "DeskRequest", form: BeginForm) -> dict[str, Any]:
    main = queries.main_clinic()
    rows = [(address(main, "writing:page", each.ref), each, next(iter(each.versions.all()), None))
            for each in queries.pages()]  # fmt: skip
    today, rights = _today(request), policy.rights_of(request.user, request.clinic)
    due = [(each, address(main, "writing:review", each.ref), _public(each)) for each in queries.reviews_due(today)]
    refused = [(each, address(main, "writing:version", each.page.ref, str(each.number))) for each in queries.refused()]
    return {
        "place": "pages", "main": main, "pages": rows, "unwritten": queries.unwritten(), "begin": form, "form": form, "due": due, "refused": refused,
        "today": today, "may_approve": Right.APPROVE_PAGES in rights,
    }  # fmt: skip


def _fields(request: "DeskRequest", page: "Page", form: TextsForm, typed: dict[str, str]) -> dict[str, Any]:
    return {
        "place": "pages",
        "page": page,
        "texts": form,
        "form": form,
        "preview": preview(page, typed, request.clinic),
        "versions": list(page.versions.select_related("written_by")),
    }


def _stale(request: "DeskRequest", page: "Page", form: TextsForm, refusal: ClinicError) -> HttpResponse:
    """Show what somebody else changed, keep what was typed, and let the next press of Save go over it knowingly."""
    last = queries.latest(page)
    mine = form.texts()
    form.data = {**mine, "based_on": last.number if last else 0}
    form.add_error(None, str(refusal))
    theirs = [
        (form.fields[name].label, difference(mine[name], last.texts.get(name, "")))
        for name in [field.name for field in form.written]
        if last and mine[name] != last.texts.get(name, "")
    ]
    return render(
        request, "writing/page.html", {**_fields(request, page, form, mine), "theirs": theirs, "last": last}, status=409
    )


def _in_words(name: str, text: str) -> str:
    """Name a picture as the desk does; every other field is its own words."""
    return queries.name_of_picture(text) if name == "picture" and text else text


def _version(request: "DeskRequest", version: "Version") -> dict[str, Any]:
    today = _today(request)
    before, rights = queries.published_before(version), policy.rights_of(request.user, request.clinic)
    old = before.texts if before else {}
    changed = [
        (LABELS[name], difference(_in_words(name, old.get(name, "")), _in_words(name, text)))
        for name, text in version.texts.items()
        if text != old.get(name, "")
    ]
    found = findings(version)
    forms = {}
    for index, mark in enumerate(found.open):
        if mark.rule and (mark.rule, mark.word) not in forms:
            given = {"rule": mark.rule, "word": mark.word}
            forms[mark.rule, mark.word] = AnswerForm(initial=given, auto_id=f"id_{index}_%s")
    return {
        "place": "pages", "version": version, "page": version.page, "before": before, "changed": changed, "found": found,
        "is_last": queries.latest(version.page) == version,
        "preview": preview(version.page, version.texts, request.clinic),
        "checked": [
            (field, [(mark, forms.pop((mark.rule, mark.word), None)) for mark in field.marks]) for field in found.fields
        ],
        "approve": ApproveForm(initial={"review_due_on": today + YEAR}), "publish": PublishForm(),
        "may_approve": Right.APPROVE_PAGES in rights, "may_answer": Right.ANSWER_COPY in rights,
    }  # fmt: skip
