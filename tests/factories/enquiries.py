"""Somebody who asked, and what a browser sends back from the page of their conversation."""

from typing import Any

from corneum.clinic.enquiries import actions
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.enquiries.verdict import Verdict
from corneum.platform.accounts.actors import VISITOR
from corneum.platform.ui.forms import new_press
from tests.factories.cast import NOW, Cast


def make_enquiry(
    cast: Cast, name: str = "Hannah Doyle", *, spam: bool = False, clinic: Any = None, **changed: Any
) -> Enquiry:
    """Receive a question by e-mail address, from the guide to microdermabrasion, at NOW."""
    reasons = ("A field that people cannot see was filled in.",) if spam else ()
    given: dict[str, Any] = {
        "email": f"{name.split(maxsplit=1)[0].lower()}@mail.example",
        "phone": "",
        "at": NOW,
        "text": f"{name} asks something.",
    } | changed
    return actions.receive_enquiry(
        clinic=clinic or cast.manchester, name=name, page="/contact/", about="Microdermabrasion",
        verdict=Verdict(spam, reasons), by=VISITOR, **given,
    )  # fmt: skip


def reply_to(enquiry: Enquiry, text: str = "Hello Hannah.\nYes.") -> dict[str, str]:
    """Write what the browser sends of a reply by somebody who has read everything so far."""
    return {"text": text, "seen": last_entry(enquiry), "press": new_press()}
