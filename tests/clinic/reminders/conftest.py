"""A visit to be reminded of, and ways to let the clock and the worker go on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from corneum.clinic.diary.models import Appointment
from corneum.clinic.reminders import jobs, queries
from corneum.platform.accounts.models import Clinic
from corneum.platform.messages import delivery
from corneum.platform.messages.models import Message
from corneum.platform.messages.transports.twilio import signature_of
from tests.factories.cast import NOW, Cast, make_patient
from tests.factories.diary import make_appointment, minute
from tests.factories.sign_in import DeskClient
from tests.texts import TOKEN

NUMBER = "+447700900982"
THURSDAY = minute("2026-03-12T09:30")


def on(wall: str) -> datetime:
    """Read "2026-03-11T09:30" in UTC, which in March is what the clocks of the cast show."""
    return datetime.fromisoformat(f"{wall}+00:00")


@pytest.fixture
def visit(cast: Cast, settings: Settings, tmp_path: Any) -> Appointment:
    """Hannah, who can be reached both ways, is booked for Thursday at half past nine, on the Monday before."""
    settings.SITE_URL = "https://alderskin.example"
    settings.MAIL_URL = settings.TEXT_URL = f"folder:{tmp_path}/outbox"
    hannah = make_patient(cast.manchester, "Hannah Doyle", email="hannah@mail.example", phone=NUMBER)
    return make_appointment(cast, THURSDAY, patient=hannah, at=NOW)


@pytest.fixture
def remind() -> Callable[[str], list[Message]]:
    """Let the clock strike, and answer with what is queued by it and waits."""

    def strike(wall: str) -> list[Message]:
        jobs.remind({}, on(wall))
        return list(Message.objects.filter(template__startswith="reminders/", state="queued").order_by("pk"))

    return strike


def leave(message: Message, wall: str) -> Message:
    """Let a message leave, if it is still to."""
    moment = on(wall)
    delivery.deliver(message.ref, give_up_at=moment, clock=lambda: moment)
    message.refresh_from_db()
    return message


def answer(text: str, *, wall: str = "2026-03-11T10:00", number: str = NUMBER, sid: str = "") -> int:
    """Answer by text, as the provider hands it over."""
    answer.count += 1  # type: ignore[attr-defined]
    told = {"MessageSid": sid or f"SM{answer.count}", "From": number, "To": "+441614960000", "Body": text}  # type: ignore[attr-defined]
    told["NumMedia"] = "0"
    signature = signature_of(TOKEN, "https://alderskin.example/texts/incoming/", told.items())
    with time_machine.travel(on(wall), tick=False):
        got = DeskClient().post("/texts/incoming/", told, headers={"X-Twilio-Signature": signature})
    return int(got.status_code)


answer.count = 0  # type: ignore[attr-defined]


def set_rules(clinic: Clinic, **changed: Any) -> None:
    """Say how a clinic reminds."""
    rules = queries.rules_of(clinic)
    for name, value in changed.items():
        setattr(rules, name, value)
    rules.save()
