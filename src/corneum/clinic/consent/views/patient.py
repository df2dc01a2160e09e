"""A patient's own pages, behind the secret link: read, sign, change one's mind. Looking writes nothing."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from corneum.clinic.consent import actions, queries, words
from corneum.clinic.consent.forms import PicturesForm, SignForm
from corneum.clinic.consent.rendering import text_of
from corneum.clinic.consent.views.finding import clinic_in, missing_is_404, see_other
from corneum.clinic.guides.prose import as_html
from corneum.domain.consent.text import fingerprint
from corneum.domain.difference import difference
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import PATIENT

if TYPE_CHECKING:
    from corneum.clinic.consent.models import Information

TABLET = "?on=tablet"


@access.link
@require_safe
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Show what they were given, and what they can do about it now."""
    return render(request, "consent/read.html", _page(request, _information_in(request, code)))


@access.link
@require_POST
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Sign the very words that were on the screen, once; what has changed meanwhile is shown, and nothing is signed."""
    found, form = _information_in(request, code), SignForm(request.POST)
    if not form.is_valid():
        return render(request, "consent/read.html", _page(request, found, form=form), status=422)
    sent = form.cleaned_data
    try:
        actions.sign_consent(
            information=found, name=sent["name"], drawn=sent["drawn"], way=sent["way"], seen=sent["seen"], by=PATIENT,
            at=datetime.now(UTC),
        )  # fmt: skip
    except actions.AlreadySigned:
        pass  # pressed twice, or on another device: the page shows what was signed
    except ClinicError as refusal:
        found = _information_in(request, code)
        again = SignForm(request.POST)
        again.add_error(None, str(refusal))
        return render(request, "consent/read.html", _page(request, found, form=again), status=409)
    return see_other("consent:read", code, query=TABLET if sent["way"] == "tablet" else "")


@access.link
@require_POST
def anew(request: HttpRequest, code: str) -> HttpResponse:
    """Give them the text that is in force now, and note that they have it."""
    newest = actions.take_newest(information=_information_in(request, code), by=PATIENT, at=datetime.now(UTC))
    return see_other("consent:read", newest.code)


@access.link
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once whether they no longer agree, and take it down. Nobody is asked why."""
    found = _information_in(request, code)
    if request.method != "POST":
        return render(request, "consent/withdraw.html", {"information": found})
    actions.withdraw_consent(information=found, user=None, by=PATIENT, at=datetime.now(UTC))
    return see_other("consent:read", found.code)


@access.link
@require_POST
def pictures(request: HttpRequest, code: str) -> HttpResponse:
    """Take down which uses of photographs they agree to; what is not ticked is a no."""
    found, form = _information_in(request, code), PicturesForm(request.POST)
    if not form.is_valid():
        return render(request, "consent/read.html", _page(request, found, pictures=form), status=422)
    actions.choose_pictures(patient=found.patient, choices=form.choices(), user=None, by=PATIENT, at=datetime.now(UTC))
    return see_other("consent:read", found.code, query="?kept=pictures#pictures")


@access.link
@require_GET
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was signed, or else what was given, as it is printed."""
    found = _information_in(request, code)
    signature = queries.signature_of(found)
    return render(request, "consent/paper.html", {
        "information": found, "signature": signature, "html": as_html(signature.text if signature else found.text),
    })  # fmt: skip


def _information_in(request: HttpRequest, code: str) -> "Information":
    with missing_is_404():
        return queries.information_at(clinic_in(request), code)


def _page(
    request: HttpRequest, found: "Information", *, form: SignForm | None = None, pictures: PicturesForm | None = None
) -> dict[str, Any]:
    at, talk, signature = datetime.now(UTC), queries.talk_of(found), queries.signature_of(found)
    withdrawn = queries.withdrawal_of(found)
    newer = None if signature else queries.newer_than(found)
    is_open = talk is not None and talk.may_go_on and signature_is_wanted(found) and newer is None
    shown = words.to_sign(found, talk) if talk and is_open else signature.text if signature else found.text
    seen = fingerprint(shown)
    on_tablet = request.POST.get("way", "tablet" if request.GET.get("on") == "tablet" else "own") == "tablet"
    if form is not None:
        form.data = {**request.POST.dict(), "seen": seen}  # what is on the screen now
    chosen = queries.picture_choices_of(found.patient)
    agreed = [purpose for purpose, choice in chosen.items() if choice.agrees]
    return {
        "information": found,
        "first_name": found.patient.name.split()[0],
        "zone": found.clinic.zone,
        "html": as_html(shown),
        "talk": talk,
        "signature": None if is_open else signature,
        "withdrawn": withdrawn if not is_open else None,
        "newest": queries.newest_of(found),
        "changed": difference(found.text, text_of(newer, found.clinic)) if newer else [],
        "is_open": is_open,
        "reflects": at < found.reflect_until,
        "on_tablet": on_tablet,
        "form": form or pictures,
        "sign_form": form or SignForm(initial={"seen": seen, "way": "tablet" if on_tablet else "own"}),
        "pictures_form": pictures or PicturesForm(initial={"agrees": agreed}),
        "kept": request.GET.get("kept", ""),
    }


def signature_is_wanted(found: "Information") -> bool:
    """Say whether the last talk has yet to be signed, and nothing was withdrawn since."""
    talk = queries.talk_of(found)
    return talk is not None and not hasattr(talk, "signature") and not queries.is_withdrawn_since(found, talk.at)
