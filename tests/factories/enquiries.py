"""Somebody who asked, and what a browser sends back from the page of their conversation."""

from typing import Any

from corneum.clinic.enquiries import actions
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.enquiries.verdict import Verdict
from corneum.clinic.holding.actions import offer_times
from corneum.clinic.holding.models import HeldTimes
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.ui.forms import new_press
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute


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


def hold_times(
    cast: Cast, enquiry: Enquiry, *starts: str, text: str = "Hello.\n\n{times}\n\nDana", at: Any = NOW
) -> HeldTimes:
    """Answer with times for a consultation that are kept; each as the clock at the clinic reads, such as 2026-03-10T10:00."""
    return offer_times(
        enquiry=enquiry, treatment=cast.consultation, starts=[minute(one) for one in starts], practitioner=None,
        text=text, seen=last_entry(enquiry), user=cast.dana, by=Actor.staff(cast.dana), at=at,
    )  # fmt: skip
