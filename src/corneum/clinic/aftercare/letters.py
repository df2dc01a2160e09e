"""What a patient is sent around a visit: a link, and nothing of what the visit was for."""

from datetime import datetime
from typing import Any

from corneum.clinic.aftercare.models import CareSheet
from corneum.clinic.diary.models import Appointment
from corneum.clinic.premises.queries import clinic_page
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.audit.trail import Known
from corneum.platform.messages.actions import queue_message
from corneum.platform.ui.templatetags.ui import long_date
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


def tell_sheet(sheet: CareSheet, *, by: Actor, at: datetime, send_at: datetime) -> None:
    """This will queue the link to a sheet, by e-mail where there is an address, else by text."""
    visit = sheet.appointment
    facts = {"url": address(visit.clinic, "aftercare:sheet", sheet.code), "button": "Read it"}
    tell(visit, sheet.when, facts, about=sheet, by=by, at=at, send_at=send_at)


def tell(
    visit: Appointment, event: str, facts: dict[str, Any], *, about: Known, by: Actor, at: datetime, send_at: datetime
) -> None:
    """This will queue one letter about a visit; a text when there is no address for an e-mail."""
    patient, clinic = visit.patient, visit.clinic
    facts = facts | {
        "name": patient.name,
        "clinic_name": clinic.name,
        "day": long_date(visit.starts, visit.zone),
        "phone": phone_in_words(clinic_page(clinic).phone),
        "button_url": facts["url"],
    }
    channel, to, template = (
        ("email", patient.email, event) if patient.email else ("text", patient.phone, f"{event}_text")
    )
    queue_message(
        clinic=clinic, channel=channel, template=f"aftercare/{template}", context=facts, to=to, to_name=patient.name,
        about=about, by=by, at=at, send_at=send_at,
    )  # fmt: skip
