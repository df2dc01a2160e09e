"""What a patient is sent about consent: that there is something to read, and that it was signed or withdrawn. Never what for."""

from datetime import datetime

from corneum.clinic.consent.models import Information
from corneum.clinic.premises.queries import clinic_page
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.messages.actions import queue_message
from corneum.platform.ui.templatetags.ui import phone as phone_in_words

BUTTONS = {"information": "Read it", "signed": "Your copy", "withdrawn": "See what you have on file"}


def tell(information: Information, event: str, *, by: Actor, at: datetime) -> None:
    """This will queue an e-mail with the link, where the patient has an address."""
    patient, clinic = information.patient, information.clinic
    if not patient.email:
        return
    url = address(clinic, "consent:read", information.code)
    facts = {
        "first_name": patient.name.split()[0],
        "clinic_name": clinic.name,
        "phone": phone_in_words(clinic_page(clinic).phone),
        "url": url,
        "button": BUTTONS[event],
        "button_url": url,
    }
    queue_message(
        clinic=clinic, channel="email", template=f"consent/{event}", context=facts, to=patient.email,
        to_name=patient.name, about=information, by=by, at=at,
    )  # fmt: skip
