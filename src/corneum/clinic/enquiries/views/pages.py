"""The inbox's pages: a queue, and one conversation beside it; and who else has it open."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from corneum.clinic.diary.queries.days import appointments_of
from corneum.clinic.enquiries import drafts, presence, queries
from corneum.clinic.enquiries.forms import NoteForm, ReplyForm
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.promised import promise_of
from corneum.clinic.enquiries.reach import way_to
from corneum.clinic.enquiries.snoozing import moments
from corneum.clinic.patients import queries as patients
from corneum.clinic.premises.queries import clinic_page
from corneum.domain.errors import NotFound
from corneum.platform.accounts import access
from corneum.platform.accounts.policy import Right
from corneum.platform.audit.reads import saw
from corneum.platform.messages.queries import mailbox_trouble
from corneum.platform.ui.templatetags.ui import clock24

if TYPE_CHECKING:
    from corneum.clinic.enquiries.models import Enquiry
    from corneum.platform.accounts.models import Clinic, User

    class DeskRequest(HttpRequest):
        """A request whose clinic and user the door has made sure of."""

        user: User
        clinic: Clinic


PAGE = "enquiries/inbox.html"
HOMES = {"closed": "done", "spam": "quarantine", "answered": "waiting"}  # the queue in which a conversation stands


@access.staff(Right.ANSWER_ENQUIRIES)
@require_GET
def inbox(request: "DeskRequest") -> HttpResponse:
    return render(request, PAGE, inbox_context(request))


@access.staff(Right.ANSWER_ENQUIRIES)
@require_GET
def thread(request: "DeskRequest", enquiry: str) -> HttpResponse:
    return render(request, PAGE, inbox_context(request, found(request, enquiry)))


@access.staff(Right.ANSWER_ENQUIRIES, is_doing=False)
@require_POST
def here(request: "DeskRequest", enquiry: str) -> HttpResponse:
    """Note that somebody has this conversation open, and answer with who else has, and whether more was said."""
    reading, at = found(request, enquiry), datetime.now(UTC)
    presence.be_here(reading, request.user, is_writing=request.POST.get("writing") == "1", at=at)
    context = {
        "here": presence.others_here(reading, request.user, at=at),
        "is_news": request.POST.get("seen", "") != last_entry(reading),
        "enquiry": reading,
    }
    answer = render(request, "enquiries/_here.html", context)
    if "text" in request.POST:
        drafts.keep_draft(reading, request.user, request.POST["text"].replace("\r\n", "\n"), at=at)
        answer["X-Draft-Saved"] = clock24(at, request.clinic.zone)
    return answer


@access.staff(Right.ANSWER_ENQUIRIES)
@require_POST
def afresh(request: "DeskRequest", enquiry: str) -> HttpResponse:
    """Forget what was typed here before, and begin with an empty reply."""
    reading = found(request, enquiry)
    drafts.drop_draft(reading, request.user)
    return redirect("enquiries:thread", reading.ref)


def found(request: "DeskRequest", ref: str) -> "Enquiry":
    """Find the conversation in the address, or nothing that this person may see."""
    try:
        return queries.enquiry_for(request.user, request.clinic, ref)
    except NotFound as missing:
        raise Http404 from missing


def inbox_context(request: "DeskRequest", enquiry: "Enquiry | None" = None, **forms: Any) -> dict[str, Any]:
    """Gather what a page of the inbox shows: a queue and, beside it, one conversation with its forms."""
    at, text = datetime.now(UTC), request.GET.get("q", "")[:100]
    show = request.GET.get("show") or (_home_of(enquiry, request.user, at) if enquiry else "new")
    try:
        shown = queries.inbox(request.user, request.clinic, show=show, text=text, at=at)
    except NotFound as missing:
        raise Http404 from missing
    known = {
        "place": "inbox",
        "inbox": shown,
        "queues": [(key, QUEUES[key], shown.counts.get(key, 0)) for key in QUEUES],
        "show": show,
        "q": text,
        "now": at,
        "waiting": sum(shown.counts[key] for key in ("new", "mine", "colleagues")),
        "promise": promise_of(request.clinic),
        "mailbox": mailbox_trouble(),
    }
    return known if enquiry is None else known | _thread(request, enquiry, known, at, forms)


# The quarantine stands below them, with how much it has stopped.
QUEUES = {
    "new": "New", "mine": "Mine", "waiting": "Waiting", "booked": "Booked", "snoozed": "Snoozed", "done": "Done",
}  # fmt: skip


def facts_for(enquiry: "Enquiry", user: "User") -> dict[str, str]:
    """Say what the placeholders of a saved reply become in this conversation."""
    try:
        phone = clinic_page(enquiry.clinic).phone
    except NotFound:
        phone = ""
    return {
        "first_name": _first(enquiry.name),
        "my_name": _first(user.name),
        "clinic": enquiry.clinic.name,
        "phone": phone,
        "answers_within": promise_of(enquiry.clinic),
        "book_link": f"{settings.SITE_URL}{reverse('booking:what')}",
    }


def _thread(
    request: "DeskRequest", enquiry: "Enquiry", known: dict[str, Any], at: datetime, forms: dict[str, Any]
) -> dict[str, Any]:
    listed = [other for _title, group in known["inbox"].groups for other in group]
    place = next((number for number, other in enumerate(listed) if other.pk == enquiry.pk), None)
    looked_for = request.GET.get("patient", "")[:100]
    likely = list(queries.patients_with_contact(enquiry)) if enquiry.patient is None else []
    if looked_for and enquiry.patient is None:
        likely = patients.find(request.user, request.clinic, looked_for, most=8)
    saw(request, *(patient.ref for patient in [*likely, *([enquiry.patient] if enquiry.patient else [])]))
    seen, draft = last_entry(enquiry), drafts.draft_of(enquiry, request.user)
    return {
        "enquiry": enquiry,
        "is_snoozed": enquiry.snoozed_until is not None and enquiry.snoozed_until > at,
        "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place is not None and place + 1 < len(listed) else None,
        "here": presence.others_here(enquiry, request.user, at=at),
        "seen": seen,
        "way": way_to(enquiry),
        "colleagues": queries.colleagues(request.clinic),
        "moments": moments(request.clinic, at),
        "patients": likely,
        "looked_for": looked_for,
        "visits": appointments_of(enquiry.patient)[:4] if enquiry.patient else [],
        "earlier": list(queries.earlier_from(enquiry)),
        "saved_replies": list(queries.saved_replies(request.user, request.clinic)),
        "reply_form": ReplyForm(
            initial={"text": draft.text if draft else opening(enquiry, request.user), "seen": seen}
        ),
        "draft": draft,
        "note_form": NoteForm(initial={"seen": seen}),
        **forms,
        "form": next(iter(forms.values()), None),
    }


def _home_of(enquiry: "Enquiry", user: "User", at: datetime) -> str:
    """Say in which queue a conversation stands, for whoever comes to it by its address."""
    if enquiry.snoozed_until is not None and enquiry.snoozed_until > at:
        return "snoozed"
    if enquiry.state == "open":
        return "mine" if enquiry.assigned_to_id == user.pk else "new"
    return HOMES[enquiry.state]


def opening(enquiry: "Enquiry", user: "User") -> str:
    """Begin a reply: the greeting and the name below it, with room between them."""
    if way_to(enquiry) == "text":  # there is room for 160 letters
        return f"{enquiry.clinic.name}: "
    return f"Hello {_first(enquiry.name)},\n\n\n\n{_first(user.name)}, {enquiry.clinic.name}"


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0]
