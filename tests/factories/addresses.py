"""
Every address, who may open it, and a sample of what stands in it.

This is the installation's access matrix: `tests/platform/accounts/test_access_matrix.py` tries every
cell of it, and an address without a row here fails. Add the row when you add the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from corneum.clinic.aftercare.models import CareSheet
from corneum.clinic.booking.models import Draft
from corneum.clinic.calendars.actions import connect_calendar, make_feed
from corneum.clinic.calendars.models import Feed, ForeignCalendar
from corneum.clinic.complaints.actions import receive_complaint
from corneum.clinic.complaints.models import Complaint
from corneum.clinic.consent.models import Document, Information
from corneum.clinic.courses.models import Course
from corneum.clinic.desk.models import Pack
from corneum.clinic.diary.actions import block_time
from corneum.clinic.diary.models import Appointment, Owner
from corneum.clinic.enquiries.actions import receive_enquiry, save_reply
from corneum.clinic.enquiries.models import Enquiry, SavedReply
from corneum.clinic.enquiries.verdict import Verdict
from corneum.clinic.guides.models import Article, Picture
from corneum.clinic.holding.models import HeldTimes
from corneum.clinic.replacing.models import Outage, Replacement
from corneum.clinic.suitability.models import Screening
from corneum.clinic.treatments.models import Concern
from corneum.clinic.waiting.models import FreedOffer
from corneum.clinic.writing.actions import open_page
from corneum.clinic.writing.models import Page
from corneum.domain.scheduling.interval import Interval
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.messages.models import Message
from tests.factories import booking, consent, guides
from tests.factories.aftercare import approve_text, finish, give
from tests.factories.cast import NOW, Cast
from tests.factories.courses import make_course
from tests.factories.diary import minute
from tests.factories.enquiries import hold_times
from tests.factories.replacing import take_out
from tests.factories.sign_in import DeskClient
from tests.factories.suitability import begun, sent
from tests.factories.waiting import at_ten, make_wait, offer_times

# What stands only in Manchester's records, and so on no page that is not for Manchester's staff or for the patient.
SECRETS = (
    "Hannah Doyle",
    "hannah.doyle@mail.example",
    "Step-free way in",
    "Alice Ashworth",
    "Wilma Canary",
    "sore elbow",
    "sore since Whitsun",
)


@dataclass(frozen=True, slots=True)
class World:
    """One of everything at Manchester that an address can be about."""

    cast: Cast
    appointment: Appointment
    draft: Draft
    enquiry: Enquiry
    message: Message
    offer: FreedOffer
    feed: Feed
    calendar: ForeignCalendar
    series: str  # of a time that is blocked


@dataclass(frozen=True, slots=True)
class Address:
    """
    Who may open it: public, link, identity, or the name of the right that staff need; and what stands in it.

    `is_shared`: that is no clinic's own, as the name of a message that each of them words for itself.
    """

    who: str
    sample: Callable[[World], dict[str, Any]] = lambda _world: {}
    is_shared: bool = False


def make_world(cast: Cast) -> World:
    """Make one of everything at Manchester: call it with the clock stopped at NOW."""
    guides.publish_sample(cast)
    open_page(treatment=cast.microdermabrasion, slug="", user=cast.owen, by=Actor.staff(cast.owen), at=NOW)
    appointment = booking.book(DeskClient(), minute("2026-03-10T10:00"))
    draft = booking.fill_in(DeskClient(), minute("2026-03-10T14:00"))
    enquiry = receive_enquiry(
        clinic=cast.manchester, name="Wilma Canary", email="wilma@mail.example", phone="", text="I have a sore elbow.",
        page="/", about="", verdict=Verdict(is_spam=False, reasons=()), by=VISITOR, at=NOW,
    )  # fmt: skip
    save_reply(
        clinic=cast.manchester, title="Parking", text="Behind the building.", user=cast.dana,
        by=Actor.staff(cast.dana), at=NOW,
    )  # fmt: skip
    hold_times(cast, enquiry, "2026-03-13T10:00", "2026-03-13T11:00")
    message = Message.objects.filter(clinic=cast.manchester, about_ref=appointment.ref).latest("pk")
    feed = make_feed(
        clinic=cast.manchester, of=cast.rosa, shows="busy", user=cast.owen, by=Actor.staff(cast.owen), at=NOW
    )
    calendar = connect_calendar(
        clinic=cast.manchester, practitioner=cast.rosa, url="https://calendar.example/secret.ics", name="Hospital rota",
        user=cast.owen, by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    make_course(cast, visits=2, first=date(2026, 3, 17))
    make_wait(cast, "Hannah Doyle", contact="hannah.doyle@mail.example", windows=[at_ten(date(2026, 3, 11))])
    (offer,) = offer_times(cast)
    receive_complaint(
        clinic=cast.manchester, kind="care", name="Wilma Canary", email="wilma@mail.example", phone="", for_whom="",
        text="My elbow is sore since.", tells=False, by=VISITOR, at=NOW,
    )  # fmt: skip
    sent(cast, {"Q05": "cold-sore-now", "Q01.more": "My chin is sore since Whitsun"})
    begun(cast, patient=cast.bea)
    series = block_time(
        clinic=cast.manchester, owners=[Owner("device", cast.crystal.pk)], kind="maintenance",
        spans=[Interval(minute("2026-05-04T09:00"), minute("2026-05-04T10:00"))], by=Actor.staff(cast.owen), at=NOW,
    )  # fmt: skip
    consent.approve_text(cast)
    consent.signed(cast)
    take_out(cast, cast.consulting_room, starts="2026-03-10T10:00", ends="2026-03-10T10:30")
    approve_text(cast, "after")
    give(finish(cast, "2026-03-06T10:00"), at=NOW)
    return World(cast, appointment, draft, enquiry, message, offer, feed, calendar, series)


def _pack(world: World) -> dict[str, str]:
    return {
        "pack": Pack.objects.create(
            clinic=world.cast.manchester, day=date(2027, 1, 1) + timedelta(days=Pack.objects.count()), made_at=NOW
        ).ref
    }


def _appointment(world: World) -> dict[str, str]:
    return {"appointment": world.appointment.ref}


def _enquiry(world: World) -> dict[str, str]:
    return {"enquiry": world.enquiry.ref}


def _saved_reply(_world: World) -> dict[str, str]:
    return {"saved": SavedReply.objects.get().ref}


def _held(_world: World) -> dict[str, str]:
    return {"code": HeldTimes.objects.get().code}


def _message(world: World) -> dict[str, str]:
    return {"message": world.message.ref}


def _wording(_world: World) -> dict[str, str]:
    return {"area": "reminders", "name": "visit_text"}


def _attachment(world: World) -> dict[str, str]:
    return {**_message(world), "part": slugify(world.message.attachments[0]["name"].replace(".", "-"))}


def _draft(world: World) -> dict[str, str]:
    return {"code": world.draft.code}


def _rosa(world: World) -> dict[str, str]:
    return {"practitioner": world.cast.rosa.ref}


def _outage(_world: World) -> dict[str, str]:
    return {"outage": Outage.objects.get().ref}


def _replacement(_world: World) -> dict[str, str]:
    return {"visit": Replacement.objects.get().ref}


def _wait(world: World) -> dict[str, str]:
    return {"wait": world.offer.wait.ref}


def _page(_world: World) -> dict[str, Any]:
    return {"page": Page.objects.get().ref}


def _version(_world: World) -> dict[str, Any]:
    return {**_page(_world), "number": 1}


def _picture(_world: World) -> dict[str, Any]:
    made = Picture.objects.create(name="Tip", is_decorative=True, added_at=NOW)
    made.renditions.create(shape="wide", width=480, height=320, kind="jpeg", content=b"-")
    return {"picture": made.ref}


def _shown_page(world: World) -> dict[str, str]:
    made = Article.objects.create(
        slug=f"shown-{Article.objects.count()}", title="Shown", lead="-", description="-", body="-", author="-",
        reviewed_by=world.cast.nadia, reviewed_on=date(2026, 3, 2), published_at=NOW,
    )  # fmt: skip
    return {"shown": made.ref}


def _complaint(_world: World) -> dict[str, str]:
    return {"complaint": Complaint.objects.get().ref}


def _screening(_world: World) -> dict[str, str]:
    return {"screening": Screening.objects.exclude(submitted_at=None).get().ref}


def _form(_world: World) -> dict[str, str]:
    return {"code": Screening.objects.get(submitted_at=None).code}


def _care_text(_world: World) -> dict[str, str]:
    return {"treatment": "microdermabrasion", "when": "after"}


def _sheet(_world: World) -> dict[str, str]:
    return {"code": CareSheet.objects.get().code}


def _information(_world: World) -> dict[str, str]:
    return {"information": Information.objects.get().ref}


def _consent_code(_world: World) -> dict[str, str]:
    return {"code": Information.objects.get().code}


def _consent_text(_world: World) -> dict[str, Any]:
    return {"treatment": Document.objects.get().treatment.slug}


def _consent_version(world: World) -> dict[str, Any]:
    return {**_consent_text(world), "number": 1}


def _alice(world: World) -> dict[str, str]:
    return {"patient": world.cast.alice.ref}


def _code(world: World) -> dict[str, str]:
    return {"code": world.appointment.code}


ADDRESSES: dict[str, Address] = {
    # --- signing in: what is open to anybody, and what is for whoever is signed in, stands in access.IDENTITY ---
    "account_login": Address("identity"),
    "account_logout": Address("identity"),
    "account_inactive": Address("identity"),
    "account_reauthenticate": Address("identity"),
    "account_change_password": Address("identity"),
    "account_reset_password": Address("identity"),
    "account_reset_password_done": Address("identity"),
    "account_reset_password_from_key": Address("identity", lambda _world: {"uidb36": "1", "key": "abc-def"}),
    "account_reset_password_from_key_done": Address("identity"),
    "mfa_index": Address("identity"),
    "mfa_authenticate": Address("identity"),
    "mfa_reauthenticate": Address("identity"),
    "mfa_reauthenticate_webauthn": Address("identity"),
    "mfa_activate_totp": Address("identity"),
    "mfa_deactivate_totp": Address("identity"),
    "mfa_list_webauthn": Address("identity"),
    "mfa_add_webauthn": Address("identity"),
    "mfa_remove_webauthn": Address("identity"),
    "mfa_login_webauthn": Address("identity"),
    "mfa_view_recovery_codes": Address("identity"),
    "mfa_generate_recovery_codes": Address("identity"),
    "mfa_download_recovery_codes": Address("identity"),
    "accounts:demo": Address("public"),
    # --- for machines, and for whoever builds pages ---
    "ui:healthz": Address("public"),
    "ui:readyz": Address("public"),
    "ui:components": Address("public"),
    "ui:sample": Address("public", lambda _world: {"layout": "plain"}),
    # --- what a clinic shows the world ---
    "booking:home": Address("public"),
    "booking:guide": Address("public", lambda _world: {"treatment": "microdermabrasion"}),
    "suitability:check": Address("public", lambda _world: {"treatment": "microdermabrasion"}),
    "suitability:begin": Address("public", lambda _world: {"treatment": "microdermabrasion"}),
    "suitability:form": Address("link", _form),
    "suitability:question": Address("link", lambda world: {**_form(world), "step": "Q01"}),
    "suitability:answers": Address("link", _form),
    "suitability:now": Address("link", _form),
    "suitability:send": Address("link", _form),
    "suitability:list": Address("SEE_PATIENTS"),
    "suitability:screening": Address("DECIDE_SUITABILITY", _screening),
    "suitability:decide": Address("DECIDE_SUITABILITY", _screening),
    "suitability:spoken": Address("DECIDE_SUITABILITY", _screening),
    "suitability:ask": Address("CHANGE_DIARY", lambda world: {"patient": world.cast.alice.ref}),
    "suitability:rules": Address("DECIDE_SUITABILITY"),
    "suitability:change": Address("SIGN_RULES"),
    "suitability:sign": Address("SIGN_RULES"),
    "guides:treatments": Address("public"),
    "guides:concerns": Address("public"),
    "guides:concern": Address("public", lambda _world: {"slug": Concern.objects.all()[0].slug}),
    "guides:articles": Address("public"),
    "guides:article": Address("public", lambda _world: {"slug": "what-happens-at-a-consultation"}),
    "guides:picture": Address("public", lambda world: {**_picture(world), "shape": "wide", "width": 480}),
    "guides:team": Address("public"),
    "guides:prices": Address("public"),
    "guides:visit": Address("public"),
    "guides:privacy": Address("public"),
    "guides:accessibility": Address("public"),
    "guides:complaints": Address("public"),
    "guides:results": Address("public"),
    "guides:registration": Address("public"),
    "guides:questions": Address("public"),
    "guides:feed": Address("public"),
    "guides:card": Address("public"),
    "guides:card_of": Address("public", lambda _world: {"kind": "treatments", "slug": "microdermabrasion"}),
    "guides:security": Address("public"),
    "complaints:make": Address("public"),
    "complaints:sent": Address("public"),
    "complaints:list": Address("DEAL_WITH_COMPLAINTS"),
    "complaints:write_down": Address("DEAL_WITH_COMPLAINTS"),
    "complaints:complaint": Address("DEAL_WITH_COMPLAINTS", _complaint),
    "complaints:acknowledge": Address("DEAL_WITH_COMPLAINTS", _complaint),
    "complaints:note": Address("DEAL_WITH_COMPLAINTS", _complaint),
    "complaints:later": Address("DEAL_WITH_COMPLAINTS", _complaint),
    "complaints:answer": Address("DEAL_WITH_COMPLAINTS", _complaint),
    "aftercare:sheet": Address("link", _sheet),
    "aftercare:texts": Address("WRITE_PAGES"),
    "aftercare:text": Address("WRITE_PAGES", _care_text),
    "aftercare:approve": Address("APPROVE_PAGES", _care_text),
    "guides:search": Address("public"),
    "guides:robots": Address("public"),
    "guides:sitemap": Address("public"),
    "enquiries:contact": Address("public"),
    "enquiries:sent": Address("public"),
    # --- a patient's way to an appointment, and back to it ---
    "booking:what": Address("public"),
    "booking:times": Address("public", lambda _world: {"treatment": "consultation"}),
    "booking:hold": Address("public", lambda _world: {"treatment": "consultation"}),
    "booking:details": Address("link", _draft),
    "booking:check": Address("link", _draft),
    "booking:keep": Address("link", _draft),
    "booking:leave": Address("link", _draft),
    "booking:again": Address("link", _draft),
    "booking:mine": Address("link", _code),
    "booking:move": Address("link", _code),
    "booking:cancel": Address("link", _code),
    "booking:questions": Address("link", _code),
    "booking:calendar": Address("link", _code),
    "consent:read": Address("link", _consent_code),
    "consent:sign": Address("link", _consent_code),
    "consent:anew": Address("link", _consent_code),
    "consent:withdraw": Address("link", _consent_code),
    "consent:pictures": Address("link", _consent_code),
    "consent:paper": Address("link", _consent_code),
    "waiting:join": Address("public", lambda _world: {"treatment": "consultation"}),
    "waiting:sooner": Address("link", _code),
    "waiting:wait": Address("link", lambda world: {"code": world.offer.wait.code}),
    "waiting:leave": Address("link", lambda world: {"code": world.offer.wait.code}),
    "waiting:offer": Address("link", lambda world: {"code": world.offer.code}),
    "waiting:accept": Address("link", lambda world: {"code": world.offer.code}),
    "waiting:decline": Address("link", lambda world: {"code": world.offer.code}),
    # --- the desk ---
    "desk:home": Address("SEE_DIARY"),
    "desk:today": Address("SEE_DIARY"),
    "desk:pack": Address("SEE_DIARY", _pack),
    "desk:pack_hour": Address("CHANGE_CLINIC"),
    "desk:find": Address("SEE_PATIENTS"),
    "desk:found": Address("SEE_PATIENTS"),
    "diary:today": Address("SEE_DIARY"),
    "diary:day": Address("SEE_DIARY", lambda _world: {"day": date(2026, 3, 10)}),
    "diary:version": Address("SEE_DIARY"),
    "diary:week": Address("SEE_DIARY", lambda _world: {"week": date(2026, 3, 9)}),
    "diary:list": Address("SEE_DIARY", lambda _world: {"day": date(2026, 3, 10)}),
    "diary:clinics": Address("SEE_DIARY", lambda _world: {"day": date(2026, 3, 10)}),
    "diary:print": Address("SEE_DIARY", lambda _world: {"day": date(2026, 3, 10)}),
    "diary:why_not": Address("SEE_DIARY"),
    "diary:appointment": Address("SEE_DIARY", _appointment),
    "diary:arrive": Address("CHANGE_DIARY", _appointment),
    "diary:confirm": Address("CHANGE_DIARY", _appointment),
    "diary:late": Address("CHANGE_DIARY", _appointment),
    "diary:left": Address("CHANGE_DIARY", _appointment),
    "diary:room": Address("CHANGE_DIARY", _appointment),
    "diary:step_back": Address("CHANGE_DIARY", _appointment),
    "diary:treating": Address("CHANGE_DIARY", _appointment),
    "diary:undo_arrival": Address("CHANGE_DIARY", _appointment),
    "diary:undo_outcome": Address("CHANGE_DIARY", _appointment),
    "diary:done": Address("CHANGE_DIARY", _appointment),
    "diary:noshow": Address("CHANGE_DIARY", _appointment),
    "booking:uncleared": Address("SEE_DIARY"),
    "booking:requests": Address("SEE_DIARY"),
    "booking:new": Address("CHANGE_DIARY"),
    "booking:desk_move": Address("CHANGE_DIARY", _appointment),
    "booking:undo_move": Address("CHANGE_DIARY", _appointment),
    "booking:desk_cancel": Address("CHANGE_DIARY", _appointment),
    "booking:undo_cancellation": Address("CHANGE_DIARY", _appointment),
    "booking:accept": Address("CHANGE_DIARY", _appointment),
    "booking:decline": Address("CHANGE_DIARY", _appointment),
    "diary:patients": Address("SEE_PATIENTS"),
    "diary:patient": Address("SEE_PATIENTS", lambda world: {"patient": world.cast.alice.ref}),
    "courses:plan": Address("CHANGE_DIARY", lambda world: {"patient": world.cast.alice.ref}),
    "courses:book": Address("CHANGE_DIARY", lambda world: {"patient": world.cast.alice.ref}),
    "courses:course": Address("SEE_PATIENTS", lambda _world: {"course": Course.objects.get().ref}),
    "courses:rest": Address("CHANGE_DIARY", lambda _world: {"course": Course.objects.get().ref}),
    "courses:move_rest": Address("CHANGE_DIARY", lambda _world: {"course": Course.objects.get().ref}),
    "courses:end": Address("CHANGE_DIARY", lambda _world: {"course": Course.objects.get().ref}),
    "calendars:feed": Address("link", lambda world: {"code": world.feed.code}),
    "calendars:mine": Address("SEE_DIARY"),
    "calendars:make": Address("SEE_DIARY"),
    "calendars:show": Address("SEE_DIARY", lambda world: {"feed": world.feed.ref}),
    "calendars:revoke": Address("SEE_DIARY", lambda world: {"feed": world.feed.ref}),
    "calendars:connect": Address("SEE_DIARY"),
    "calendars:fetch": Address("SEE_DIARY", lambda world: {"calendar": world.calendar.ref}),
    "calendars:disconnect": Address("SEE_DIARY", lambda world: {"calendar": world.calendar.ref}),
    "enquiries:inbox": Address("ANSWER_ENQUIRIES"),
    "enquiries:thread": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:here": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:afresh": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:insert": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:assign": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:snooze": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:wake": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:join": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:part": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:call": Address("ANSWER_ENQUIRIES"),
    "enquiries:saved": Address("ANSWER_ENQUIRIES"),
    "enquiries:new_saved": Address("ANSWER_ENQUIRIES"),
    "enquiries:change_saved": Address("ANSWER_ENQUIRIES", _saved_reply),
    "enquiries:remove_saved": Address("ANSWER_ENQUIRIES", _saved_reply),
    "enquiries:promise": Address("CHANGE_CLINIC"),
    "enquiries:reply": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:note": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:take": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:close": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:reopen": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:release": Address("ANSWER_ENQUIRIES", _enquiry),
    "enquiries:apart": Address("ANSWER_ENQUIRIES", _enquiry),
    "holding:choose": Address("link", _held),
    "holding:take": Address("link", _held),
    "holding:decline": Address("link", _held),
    "holding:times": Address("ANSWER_ENQUIRIES", _enquiry),
    "holding:withdraw": Address("ANSWER_ENQUIRIES", _enquiry),
    "waiting:list": Address("SEE_PATIENTS"),
    "waiting:entry": Address("SEE_PATIENTS", _wait),
    "waiting:passed": Address("SEE_PATIENTS", lambda world: {"offer": world.offer.ref}),
    "waiting:add": Address("CHANGE_DIARY"),
    "waiting:urgent": Address("CHANGE_DIARY", _wait),
    "waiting:not_urgent": Address("CHANGE_DIARY", _wait),
    "waiting:remove": Address("CHANGE_DIARY", _wait),
    "consent:patient": Address("SEE_PATIENTS", _alice),
    "consent:give": Address("CHANGE_DIARY", _alice),
    "consent:no_pictures": Address("SEE_PATIENTS", _alice),
    "consent:one": Address("SEE_PATIENTS", _information),
    "consent:talk": Address("TALK_ABOUT_CONSENT", _information),
    "consent:hand_over": Address("TALK_ABOUT_CONSENT", _information),
    "consent:told": Address("SEE_PATIENTS", _information),
    "consent:sheet": Address("SEE_PATIENTS", _information),
    "consent:texts": Address("WRITE_PAGES"),
    "consent:text": Address("WRITE_PAGES", _consent_text),
    "consent:begin": Address("WRITE_PAGES", _consent_text),
    "consent:times": Address("CHANGE_CLINIC", _consent_text),
    "consent:version": Address("WRITE_PAGES", _consent_version),
    "consent:approve": Address("APPROVE_PAGES", _consent_version),
    "diary:consents": Address("SEE_DIARY"),
    "setup:overview": Address("CHANGE_CLINIC"),
    "credentials:list": Address("CHANGE_CLINIC"),
    "setup:where": Address("CHANGE_CLINIC"),
    "setup:hours": Address("CHANGE_CLINIC"),
    "setup:week": Address("CHANGE_CLINIC"),
    "setup:special": Address("CHANGE_CLINIC"),
    "setup:as_usual": Address("CHANGE_CLINIC"),
    "setup:close": Address("CHANGE_CLINIC"),
    "setup:reopen": Address("CHANGE_CLINIC"),
    "setup:holidays": Address("CHANGE_CLINIC"),
    "setup:rota": Address("CHANGE_CLINIC", _rosa),
    "setup:rota_weeks": Address("CHANGE_CLINIC", _rosa),
    "setup:different_day": Address("CHANGE_CLINIC", _rosa),
    "setup:rota_as_usual": Address("CHANGE_CLINIC", _rosa),
    "setup:switch_off": Address("CHANGE_CLINIC", _rosa),
    "setup:switch_on": Address("CHANGE_CLINIC", _rosa),
    "setup:treatment": Address("CHANGE_CLINIC", lambda _world: {"treatment": "microdermabrasion"}),
    "setup:rules": Address("CHANGE_CLINIC", lambda _world: {"treatment": "microdermabrasion"}),
    "setup:length": Address("CHANGE_CLINIC", lambda _world: {"treatment": "microdermabrasion"}),
    "setup:rooms": Address("CHANGE_CLINIC"),
    "setup:room": Address("CHANGE_CLINIC", lambda world: {"room": world.cast.consulting_room.ref}),
    "setup:device": Address("CHANGE_CLINIC", lambda world: {"device": world.cast.crystal.ref}),
    "setup:blocked": Address("CHANGE_DIARY"),
    "setup:block": Address("CHANGE_DIARY"),
    "setup:lift": Address("CHANGE_DIARY", lambda world: {"series": world.series}),
    "replacing:list": Address("SEE_DIARY"),
    "replacing:take_out": Address("CHANGE_DIARY"),
    "replacing:outage": Address("SEE_DIARY", _outage),
    "replacing:propose": Address("CHANGE_DIARY", _outage),
    "replacing:accept_all": Address("CHANGE_DIARY", _outage),
    "replacing:shorten": Address("CHANGE_DIARY", _outage),
    "replacing:close": Address("CHANGE_DIARY", _outage),
    "replacing:visit": Address("CHANGE_DIARY", _replacement),
    "replacing:accept": Address("CHANGE_DIARY", _replacement),
    "replacing:leave": Address("CHANGE_DIARY", _replacement),
    "replacing:cancel": Address("CHANGE_DIARY", _replacement),
    "writing:list": Address("WRITE_PAGES"),
    "writing:begin": Address("WRITE_PAGES"),
    "writing:review": Address("APPROVE_PAGES", _shown_page),
    "writing:pictures": Address("WRITE_PAGES"),
    "writing:withdraw_picture": Address("WRITE_PAGES", _picture),
    "writing:page": Address("WRITE_PAGES", _page),
    "writing:version": Address("WRITE_PAGES", _version),
    "writing:restore": Address("WRITE_PAGES", _version),
    "writing:publish": Address("WRITE_PAGES", _version),
    "writing:call_off": Address("WRITE_PAGES", _version),
    "writing:approve": Address("APPROVE_PAGES", _version),
    "writing:answer": Address("ANSWER_COPY", _version),
    "messages:wording": Address("CHANGE_CLINIC", _wording, is_shared=True),
    "messages:sample": Address("CHANGE_CLINIC", _wording, is_shared=True),
    "messages:report": Address("public", _message),
    "reminders:incoming": Address("public"),
    "reminders:rules": Address("CHANGE_CLINIC"),
    "reminders:patient": Address("SEE_PATIENTS", lambda world: {"patient": world.cast.alice.ref}),
    "reminders:confirm": Address("link", _code),
    "reminders:choose": Address("link", _code),
    "messages:sent": Address("SEE_MESSAGES"),
    "messages:message": Address("SEE_MESSAGES", _message),
    "messages:again": Address("SEE_MESSAGES", _message),
    "messages:arrived": Address("SEE_MESSAGES", _message),
    "messages:attachment": Address("SEE_MESSAGES", _attachment),
}
