"""What somebody on the list is sent: that they are on it, and that a time has opened. Never what for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from corneum.clinic.booking import words as say
from corneum.clinic.premises.queries import clinic_page
from corneum.clinic.waiting.models import FreedOffer, Wait
from corneum.domain.scheduling.wall import local, minute_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.audit.trail import Known
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import day_date
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


def tell_joined(wait: Wait, *, by: Actor, at: datetime) -> None:
    """This will queue what says that somebody is on the list, with the link to leave it."""
    facts = _facts(wait) | {"until": day_date(wait.expires_on), "url": address(wait.clinic, "waiting:wait", wait.code)}
    facts |= {"button": "See it or leave the list", "button_url": facts["url"]}
    _tell("joined", wait, facts, about=wait, by=by, at=at, send_at=at)


def tell_offered(offer: FreedOffer, *, by: Actor, at: datetime) -> None:
    """This will queue what says that a time has opened, until when it is kept, and where to answer."""
    wait, zone = offer.wait, offer.clinic.zone
    until = minute_of(offer.expires_at)
    same_day = local(until, zone).date() == local(minute_of(offer.tells_at), zone).date()
    url = address(offer.clinic, "waiting:offer", offer.code)
    facts = _facts(wait) | {
        "day": say.day_of(offer.starts, zone),
        "short_day": say.short_day_of(offer.starts, zone),
        "time": say.clock(offer.starts, zone),
        "practitioner": offer.practitioner.name,
        "until": say.clock(until, zone) if same_day else f"{say.clock(until, zone)} on {day_date(until, zone)}",
        "short_until": say.clock(until, zone) + ("" if same_day else f" {say.short_day_of(until, zone)}"),
        "url": url,
        "leave_url": address(offer.clinic, "waiting:wait", wait.code),
        "button": "Take it or leave it",
        "button_url": url,
    }
    _tell("offered", wait, facts, about=offer, by=by, at=at, send_at=offer.tells_at)


def _facts(wait: Wait) -> dict[str, Any]:
    return {
        "first_name": say.first_name(wait.name),
        "clinic_name": wait.clinic.name,
        "phone": phone_in_words(clinic_page(wait.clinic).phone),
    }


def _tell(
    event: str, wait: Wait, facts: dict[str, Any], *, about: Known, by: Actor, at: datetime, send_at: datetime
) -> None:
    ways = [("email", f"waiting/{event}", wait.email), ("text", f"waiting/{event}_text", wait.phone)]
    for channel, template, to in ways:
        if to:
            known = facts if channel == "email" else _fitting(template, facts)
            queue_message(
                clinic=wait.clinic, channel=channel, template=template, context=known, to=to, to_name=wait.name,
                about=about, by=by, at=at, send_at=send_at,
            )  # fmt: skip


def _fitting(template: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a text what it can do without, until it is one text and not two."""
    shorter = facts
    for shorter in _ever_shorter(facts):
        if gsm.length(gsm.simplified(text_words(template, shorter).text)) <= gsm.LONGEST:
            break
    return shorter


def _ever_shorter(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    short = {"day": facts.get("short_day"), "until": facts.get("short_until", facts["until"])}
    for left_out in ({}, {"practitioner": ""}, short, {"first_name": ""}):
        facts = facts | left_out
        yield facts
    yield facts | {"clinic_name": ""}
