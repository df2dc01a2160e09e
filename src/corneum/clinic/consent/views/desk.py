"""The desk's pages: what a patient was given and agreed to, the talk, handing the tablet over, taking a no down."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneum.clinic.consent import actions, queries, words
from corneum.clinic.consent.forms import PURPOSES, GiveForm, TalkForm
from corneum.clinic.consent.views.finding import missing_is_404, see_other
from corneum.clinic.guides.prose import as_html
from corneum.clinic.patients import queries as patients
from corneum.domain.errors import ClinicError
from corneum.platform.accounts import access
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.policy import Right, may
from corneum.platform.audit.reads import saw
from corneum.platform.audit.trail import AlreadyDone
from corneum.platform.ui.notices import tell
from corneum.platform.ui.pages import render_invalid

if TYPE_CHECKING:
    from corneum.clinic.consent.models import Information
    from corneum.clinic.consent.views.finding import DeskRequest
    from corneum.clinic.patients.models import Patient


@access.staff(Right.SEE_PATIENTS)
@require_GET
def patient(request: "DeskRequest", patient: str) -> HttpResponse:
    """Show what a patient was given and agreed to, treatment by treatment, and what is missing."""
    found = _patient(request, patient)
    return render(request, "consent/patient.html", _consents(request, found, _give_form(request)))


@access.staff(Right.CHANGE_DIARY)
@require_POST
def give(request: "DeskRequest", patient: str) -> HttpResponse:
    """Give them a text: by e-mail, here, or on paper."""
    found, form = _patient(request, patient), _give_form(request)
    if not form.is_valid():
        return render_invalid(request, "consent/patient.html", _consents(request, found, form))
    sent = form.cleaned_data
    treatment = next(one for one in _given_here(request) if one.slug == sent["treatment"])
    try:
        made = actions.give_information(
            patient=found, treatment=treatment, way=sent["way"], press=sent["press"], **_who(request)
        )
    except AlreadyDone as before:
        return see_other("consent:one", before.event.entity_ref)
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, "consent/patient.html", _consents(request, found, form))
    tell(request, "Their link is on its way." if sent["way"] == "email" else "Kept. Their time to reflect begins now.")
    return see_other("consent:sheet" if sent["way"] == "printed" else "consent:one", made.ref)


@access.staff(Right.SEE_PATIENTS)
@require_GET
def one(request: "DeskRequest", information: str) -> HttpResponse:
    """Show one text as it was given, and what became of it."""
    return render(request, "consent/one.html", _one(request, _information(request, information)))


@access.staff(Right.TALK_ABOUT_CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: "DeskRequest", information: str) -> HttpResponse:
    """Write down the talk, in one's own name."""
    found = _information(request, information)
    people = list(queries.who_may_give(found.treatment, queries.today_at(request.clinic, datetime.now(UTC))))
    me = next((each for each in people if each.user_id == request.user.pk), None)
    form = TalkForm(
        request.POST or None, people=[(each.slug, each.name) for each in people],
        initial={"treats": me.slug if me else ""},
    )  # fmt: skip
    page = {"place": "patients", "information": found, "form": form, "me": me, "html": as_html(found.text)}
    if request.method != "POST":
        return render(request, "consent/talk.html", page)
    if not form.is_valid():
        return render_invalid(request, "consent/talk.html", page)
    sent = form.cleaned_data
    try:
        made = actions.talk_through(
            information=found, treats=next(each for each in people if each.slug == sent["treats"]),
            explained=sent["explained"], questions=sent["questions"], found=form.findings(), press=sent["press"],
            **_who(request),
        )  # fmt: skip
    except AlreadyDone:
        return see_other("consent:one", found.ref)
    except ClinicError as refusal:
        form.add_error(None, str(refusal))
        return render_invalid(request, "consent/talk.html", page)
    tell(request, "Kept. They can sign now." if made.may_go_on else "Kept. They cannot sign for now.")
    return see_other("consent:one", found.ref)


@access.staff(Right.TALK_ABOUT_CONSENT)
@require_POST
def hand_over(request: "DeskRequest", information: str) -> HttpResponse:
    """End this sitting and show the patient's own page, so that the tablet can go into their hands."""
    found = _information(request, information)
    try:
        actions.hand_over(information=found, by=Actor.staff(request.user), at=datetime.now(UTC))
    except ClinicError as refusal:
        tell(request, str(refusal))
        return see_other("consent:one", found.ref)
    logout(request)  # whoever holds the tablet now is nobody here
    return see_other("consent:read", found.code, query="?on=tablet")


@access.staff(Right.SEE_PATIENTS)
@require_POST
def told(request: "DeskRequest", information: str) -> HttpResponse:
    """Take down that a patient has told us that they no longer agree."""
    found = _information(request, information)
    actions.withdraw_consent(information=found, **_who(request))
    tell(request, "Taken down. What they have booked stays until somebody has spoken with them: look at it now.")
    return see_other("consent:one", found.ref)


@access.staff(Right.SEE_PATIENTS)
@require_POST
def no_pictures(request: "DeskRequest", patient: str) -> HttpResponse:
    """Take down that a patient says no to one use of photographs."""
    found, purpose = _patient(request, patient), request.POST.get("purpose", "")
    if purpose in dict(PURPOSES):
        actions.choose_pictures(patient=found, choices={purpose: False}, **_who(request))
        tell(request, "Taken down. No photograph of theirs may be used for it from now on.")
    return see_other("consent:patient", found.ref)


@access.staff(Right.SEE_PATIENTS)
@require_GET
def sheet(request: "DeskRequest", information: str) -> HttpResponse:
    """Show it as it is printed; what was talked about, to those who may talk about it."""
    found = _information(request, information)
    signature = queries.signature_of(found) if may(request.user, Right.TALK_ABOUT_CONSENT, request.clinic) else None
    return render(request, "consent/paper.html", {
        "information": found, "signature": signature, "html": as_html(signature.text if signature else found.text),
        "is_desk": True,
    })  # fmt: skip


def _who(request: "DeskRequest") -> dict[str, Any]:
    return {"user": request.user, "by": Actor.staff(request.user), "at": datetime.now(UTC)}


def _patient(request: "DeskRequest", ref: str) -> "Patient":
    with missing_is_404():
        found = patients.patient_for(request.user, request.clinic, ref)
    saw(request, found.ref)
    return found


def _information(request: "DeskRequest", ref: str) -> "Information":
    with missing_is_404():
        found = queries.information_for(request.user, request.clinic, ref)
    saw(request, found.patient.ref)
    return found


def _given_here(request: "DeskRequest") -> list[Any]:
    return [each for each in queries.needing_consent(request.clinic) if queries.in_force(each)]


def _give_form(request: "DeskRequest") -> GiveForm:
    return GiveForm(
        request.POST if request.method == "POST" else None,
        treatments=[(each.slug, each.name) for each in _given_here(request)],
    )


def _consents(request: "DeskRequest", found: "Patient", form: GiveForm) -> dict[str, Any]:
    at, given = datetime.now(UTC), list(queries.information_of(found))
    known = {each.treatment.pk for each in given}
    chosen = queries.picture_choices_of(found)
    return {
        "place": "patients",
        "patient": found,
        "given": [(each, words.state(each, queries.withdrawal_of(each), at=at)) for each in given],
        "nothing_on": [each for each in queries.needing_consent(request.clinic) if each.pk not in known],
        "pictures": [(purpose, label, chosen.get(purpose)) for purpose, label in PURPOSES],
        "form": form,
        "may_give": may(request.user, Right.CHANGE_DIARY, request.clinic),
    }


def _one(request: "DeskRequest", found: "Information") -> dict[str, Any]:
    at, withdrawn = datetime.now(UTC), queries.withdrawal_of(found)
    may_talk = may(request.user, Right.TALK_ABOUT_CONSENT, request.clinic)
    return {
        "place": "patients",
        "information": found,
        "html": as_html(found.text),
        "state": words.state(found, withdrawn, at=at),
        "talks": list(found.talks.all()),
        "signature": queries.signature_of(found),
        "withdrawn": withdrawn,
        "newer": queries.newer_than(found),
        "may_talk": may_talk,
        "may_hand_over": may_talk and words.is_to_sign(found, withdrawn),
    }
