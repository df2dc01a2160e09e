"""The feed behind a secret link, and the desk's page of links out and calendars in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from corneum.clinic.calendars import actions, queries
from corneum.clinic.calendars.forms import CalendarForm, FeedForm, ShowsForm, shows_choices
from corneum.clinic.calendars.writing import feed_file, fingerprint
from corneum.domain.errors import ClinicError, NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.jobs.queries import worker_is_running
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.calendars.models import Feed, ForeignCalendar
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


@access.link
@require_safe
def feed(request: "DeskRequest", code: str) -> HttpResponseBase:
    """Give a part of the diary as a calendar, or say that it has not changed. Reading it leaves no trace."""
    at = datetime.now(UTC)
    try:
        found = queries.feed_at(request.clinic, code)
    except NotFound as missing:
        raise Http404 from missing
    content = queries.content_of(found, at=at)
    etag = f'"{fingerprint(content.entries, name=content.name, zone=content.zone, at=at)}"'
    changed = int(content.changed_at.timestamp()) if content.changed_at else None
    if changed is not None and changed >= int(at.timestamp()):
        changed = None  # more may happen in this same second, which is all that the header tells apart
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        file = feed_file(content.entries, name=content.name, zone=content.zone, at=at)
        response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="diary.ics"'
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return response


@access.staff(Right.SEE_DIARY)
@require_safe
def mine(request: "DeskRequest") -> HttpResponse:
    return render(request, "calendars/mine.html", _page(request))


@access.staff(Right.SEE_DIARY)
@require_POST
def make(request: "DeskRequest") -> HttpResponse:
    form = _feed_form(request, request.POST)
    if not form.is_valid():
        return render_invalid(request, "calendars/mine.html", _page(request, feed_form=form))
    owned = {key: owned for key, _name, owned in queries.shareable(request.clinic)}

    def act(by: Actor, at: datetime) -> object:
        return actions.make_feed(
            clinic=request.clinic,
            of=owned[form.cleaned_data["of"]],
            shows=form.cleaned_data["shows"],
            user=request.user,
            by=by,
            at=at,
            press=form.cleaned_data["press"],
        )

    return _do(request, act, "The link is made. Give it to your calendar program.")


@access.staff(Right.SEE_DIARY)
@require_POST
def show(request: "DeskRequest", feed: str) -> HttpResponse:
    found = _feed_in(request, feed)
    form = ShowsForm(request.POST, shows=_shows(request))
    chosen = (
        form.cleaned_data["shows"] if form.is_valid() else found.shows
    )  # nobody is offered what they may not choose
    return _do(
        request,
        lambda by, at: actions.choose_what_feed_shows(feed=found, shows=chosen, user=request.user, by=by, at=at),
        "Changed. Calendar programs show it when they next look.",
    )


@access.staff(Right.SEE_DIARY)
@require_POST
def revoke(request: "DeskRequest", feed: str) -> HttpResponse:
    found = _feed_in(request, feed)
    return _do(
        request,
        lambda by, at: actions.revoke_feed(feed=found, user=request.user, by=by, at=at),
        "The link is revoked: whoever has it finds nothing from now on.",
    )


@access.staff(Right.SEE_DIARY)
@require_POST
def connect(request: "DeskRequest") -> HttpResponse:
    people = {one.ref: one for one in queries.connectable(request.user, request.clinic)}
    form = _calendar_form(request, request.POST)
    if not form.is_valid():
        return render_invalid(request, "calendars/mine.html", _page(request, calendar_form=form))

    def act(by: Actor, at: datetime) -> object:
        return actions.connect_calendar(
            clinic=request.clinic,
            practitioner=people[form.cleaned_data["practitioner"]],
            url=form.cleaned_data["url"],
            name=form.cleaned_data["name"],
            user=request.user,
            by=by,
            at=at,
            press=form.cleaned_data["press"],
        )

    return _do(request, act, "Connected. It is being fetched now; look again in a minute.")


@access.staff(Right.SEE_DIARY)
@require_POST
def fetch(request: "DeskRequest", calendar: str) -> HttpResponse:
    found = _calendar_in(request, calendar)
    return _do(
        request,
        lambda by, at: actions.fetch_again(calendar=found, user=request.user, by=by, at=at),
        "It is being fetched now; look again in a minute.",
    )


@access.staff(Right.SEE_DIARY)
@require_POST
def disconnect(request: "DeskRequest", calendar: str) -> HttpResponse:
    found = _calendar_in(request, calendar)
    return _do(
        request,
        lambda by, at: actions.disconnect_calendar(calendar=found, user=request.user, by=by, at=at),
        "Disconnected: its address is forgotten, and its busy time is free again.",
    )


def _do(request: "DeskRequest", act: Callable[[Actor, datetime], object], sentence: str) -> HttpResponse:
    """Do one thing and come back to the page, which says what came of it."""
    try:
        act(Actor.staff(request.user), datetime.now(UTC))
    except AlreadyDone:
        pass  # the same press: the page shows what came of the first
    except ClinicError as refusal:
        tell(request, str(refusal))
    else:
        tell(request, sentence)
    response = redirect("calendars:mine")
    response.status_code = 303
    return response


def _feed_in(request: "DeskRequest", ref: str) -> "Feed":
    try:
        return queries.feed_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _calendar_in(request: "DeskRequest", ref: str) -> "ForeignCalendar":
    try:
        return queries.foreign_calendar_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def _shows(request: "DeskRequest") -> Any:
    return shows_choices(more_than_busy=may(request.user, actions.MORE_THAN_BUSY, request.clinic))


def _feed_form(request: "DeskRequest", sent: Any = None) -> FeedForm:
    shareable = queries.shareable(request.clinic)
    own = next((key for key, _name, owned in shareable if getattr(owned, "user_id", None) == request.user.pk), None)
    owners = [(key, name) for key, name, _owned in shareable]
    return FeedForm(sent, owners=owners, shows=_shows(request), initial={"of": own})


def _calendar_form(request: "DeskRequest", sent: Any = None) -> CalendarForm:
    people = [(one.ref, one.name) for one in queries.connectable(request.user, request.clinic)]
    return CalendarForm(sent, people=people)


def _page(request: "DeskRequest", **forms: Any) -> dict[str, Any]:
    shows = _shows(request)
    feeds = [_shown(feed, request.user) for feed in queries.feeds_of(request.user, request.clinic)]
    calendars = list(queries.foreign_calendars_of(request.user, request.clinic))
    may_connect = bool(queries.connectable(request.user, request.clinic))
    return {
        "place": "calendars",
        "feeds": feeds,
        "shows": shows,
        "calendars": calendars,
        "may_connect": may_connect,
        "nobody_fetches": bool(calendars) and not worker_is_running(datetime.now(UTC)),
        "feed_form": _feed_form(request),
        "calendar_form": _calendar_form(request) if may_connect else None,
        **forms,
        "form": next(iter(forms.values()), None),
    }


def _shown(feed: "Feed", user: "User") -> dict[str, Any]:
    """Show a link to whoever made it; somebody else who sets the clinic up may end it, not read it."""
    link = address(feed.clinic, "calendars:feed", feed.code) if feed.created_by_id == user.pk else ""
    return {"feed": feed, "link": link, "subscribe": f"webcal://{link.partition('://')[2]}"}
