"""What is sent about a form: the private link to its patient, and a call to whoever may read it. Never an answer."""

from datetime import datetime

from corneum.clinic.premises.queries import clinic_page
from corneum.clinic.suitability.models import Screening
from corneum.clinic.suitability.queries import who_decides
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages import gsm
from corneum.platform.messages.actions import queue_message
from corneum.platform.messages.words import text_words
from corneum.platform.ui.templatetags.ui import day_date
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


def send_link(screening: Screening, *, by: Actor, at: datetime) -> None:
    """This will queue the private link to the questions, by e-mail, or by text to whoever has no e-mail."""
    patient, clinic = screening.patient, screening.clinic
    url = address(clinic, "suitability:form", screening.code)
    facts = {
        "first_name": patient.name.split()[0], "clinic_name": clinic.name, "url": url, "until": day_date(screening.expires_at),
        "phone": phone_in_words(clinic_page(clinic).phone), "button": "Answer the questions", "button_url": url,
    }  # fmt: skip
    if patient.email:
        queue_message(
            clinic=clinic, channel="email", template="suitability/asked", context=facts, to=patient.email,
            to_name=patient.name, about=screening, by=by, at=at,
        )  # fmt: skip
        return
    for shorter in ({}, {"clinic_name": ""}, {"clinic_name": "", "first_name": ""}):
        if gsm.length(gsm.simplified(text_words("suitability/asked_text", facts | shorter).text)) <= gsm.LONGEST:
            facts |= shorter
            break
    queue_message(
        clinic=clinic, channel="text", template="suitability/asked_text", context=facts, to=patient.phone,
        to_name=patient.name, about=screening, by=by, at=at,
    )  # fmt: skip


def call_now(screening: Screening, *, by: Actor, at: datetime) -> None:
    """This will queue an e-mail to everybody who may read the form: somebody has to be rung now. It says no more."""
    url = address(screening.clinic, "suitability:screening", screening.ref)
    facts = {"clinic_name": screening.clinic.name, "url": url, "button": "Open it", "button_url": url}
    for user in who_decides(screening.clinic):
        queue_message(
            clinic=screening.clinic, channel="email", template="suitability/call_now", context=facts, to=user.email,
            to_name=user.name, about=screening, by=by, at=at,
        )  # fmt: skip
