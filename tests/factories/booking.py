"""A visitor's steps from a time to an appointment, as a browser takes them."""

import re
from datetime import datetime
from html import unescape
from typing import Any

from django.test import Client
from icalendar import Calendar

from corneum.clinic.booking import actions
from corneum.clinic.booking.models import Draft
from corneum.clinic.diary.models import Appointment
from corneum.clinic.practitioners.models import Practitioner
from corneum.platform.accounts.actors import VISITOR
from tests.factories.cast import NOW, Cast

TIMES = "/book/consultation/"
HANNAH = {"name": "Hannah Doyle", "contact": "hannah.doyle@mail.example", "note": "Step-free way in"}


def text_of(response: Any) -> str:
    """Read a page as somebody does who sees no tags."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def main_of(response: Any) -> str:
    """Read what stands between the head and the foot of a page."""
    return str(response.content.decode().split("<main", 1)[1].split("</main>", 1)[0])


def field_of(response: Any, name: str) -> str:
    """Read what a field or a hidden token of a page holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*?(?:value="([^"]*)")?[^>]*>', response.content.decode())
    assert found, f"There is no field {name}."
    return unescape(re.search(r'value="([^"]*)"', found[0])[1]) if 'value="' in found[0] else ""  # type: ignore[index]


def times_in(response: Any) -> list[int]:
    """List the times that a page's buttons offer, in their order."""
    return [int(minute) for minute in re.findall(r'name="starts" value="(\d+)"', response.content.decode())]


def event_in(file: str | bytes) -> Any:
    """Read the one event of a calendar file."""
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    return event


def begin_draft(cast: Cast, starts: int, *, page: str = "page", at: datetime = NOW, **more: Any) -> Draft:
    """Begin a draft without a page, for anyone unless the test says otherwise."""
    return actions.begin_draft(
        clinic=cast.manchester, treatment=cast.consultation, about="", starts=starts, page=page, network="192.0.2.1",
        by=VISITOR, at=at, **({"practitioner": None} | more),
    )  # fmt: skip


def filled_draft(
    cast: Cast,
    starts: int,
    *,
    page: str = "page",
    at: datetime = NOW,
    practitioner: Practitioner | None = None,
    **typed: str,
) -> Draft:
    """Begin a draft and fill it in, without a page."""
    draft = begin_draft(cast, starts, page=page, at=at, practitioner=practitioner)
    return actions.keep_details(draft=draft, **(HANNAH | typed), by=VISITOR, at=at)


def confirm(draft: Draft, *, at: datetime = NOW, press: str = "") -> Appointment:
    """Confirm a draft, without a page."""
    return actions.confirm_draft(draft=draft, by=VISITOR, at=at, press=press)


def press_time(client: Client, starts: int, *, page: Any | None = None, **more: str) -> Any:
    """Open the times, unless they are open, and press one."""
    page = page or client.get(TIMES)
    return client.post(f"{TIMES}hold/", {"starts": starts, "with": "", "press": field_of(page, "press"), **more})


def begin(client: Client, starts: int, **more: Any) -> Draft:
    """Come as far as the question who comes."""
    answer = press_time(client, starts, **more)
    assert answer.status_code == 303, answer.status_code
    return Draft.objects.get(code=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def fill_in(client: Client, starts: int, **typed: str) -> Draft:
    """Come as far as the check."""
    draft = begin(client, starts)
    answer = client.post(f"/book/d/{draft.code}/", HANNAH | typed)
    assert answer["Location"] == f"/book/d/{draft.code}/check/"
    draft.refresh_from_db()
    return draft


def book(client: Client, starts: int, **typed: str) -> Appointment:
    """Go the whole way."""
    draft = fill_in(client, starts, **typed)
    answer = client.post(f"/book/d/{draft.code}/check/", {"press": "one"})
    assert answer.status_code == 303, answer.status_code
    return Appointment.objects.get(draft=draft)
