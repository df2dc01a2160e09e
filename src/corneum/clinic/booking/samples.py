"""Letters that a clinic may put into its own words: where to begin, and what fills their placeholders."""

from corneum.clinic.premises.queries import clinic_page
from corneum.db.ref import LENGTH
from corneum.domain.errors import NotFound
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.models import Clinic
from corneum.platform.messages.wordings import Editable, editable, knows_clinics
from corneum.platform.ui.templatetags.ui import phone as phone_in_words

WHEN_AND_WHO = {
    "first_name": "their first name",
    "clinic": "what the clinic is called",
    "day": "the day, such as Thursday 12 March",
    "time": "the time, such as 9:30am",
    "practitioner": "who sees them",
    "phone": "the phone number of the clinic",
    "link": "the address of their appointment, where they confirm, move or cancel it",
}
WHERE = {
    "address": "where the clinic is",
    "getting_here": "how to get there, as you have written it",
    "change_terms": "until when they can move or cancel free, and what then",
    "reference": "the reference of the appointment",
}
# Long ones of their kind, so that what fits with these fits nearly always.
BEFORE = {"before": "when it was until now, such as 2pm the same day"}
AGAIN = {"again_link": "the address at which they book anew"}
EXAMPLE = {
    "first_name": "Charlotte",
    "clinic": "Alder Skin Clinic",
    "day": "Wednesday 30 September",
    "short_day": "Wed 30 Sep",
    "time": "10:30am",
    "practitioner": "Dr Rosa Lindqvist",
    "phone": "0161 496 0000",
    "link": f"https://alderskin.example/b/{'x' * LENGTH}/",
    "address": "14 Alder Row, Manchester M1 9ZZ",
    "getting_here": "Six minutes on foot from the tram.",
    "change_terms": "Move or cancel free until 10:30am on Tuesday 29 September. Later than that, call us on 0161 496 0000.",
    "reference": "AC 1234",
    "before": "3:30pm the same day",
    "again_link": "https://alderskin.example/book/",
}

FACTS = """When: {day}, {time}
With: {practitioner}
Where: {clinic}, {address}
Reference: {reference}
"""
AT_ONCE = "At once, when a patient or the desk does it."


def _letter(event: str, name: str, subject: str, text: str, more: dict[str, str]) -> Editable:
    return editable(
        Editable(
            f"booking/{event}", channel="email", name=name, when=AT_ONCE, subject=subject, text=text,
            placeholders=WHEN_AND_WHO | WHERE | more, example=EXAMPLE, must=("day", "time"), has_file=True,
        )
    )  # fmt: skip


def _text(event: str, name: str, text: str, more: dict[str, str]) -> Editable:
    return editable(
        Editable(
            f"booking/{event}_text", channel="text", name=name, when=AT_ONCE, subject="", text=text,
            placeholders=WHEN_AND_WHO | more, example=EXAMPLE, must=("day", "time"), has_file=True,
        )
    )  # fmt: skip


BOOKED = _letter(
    "booked",
    "Booked, by email",
    "{day}, {time} at {clinic}",
    f"{{first_name}}, you are booked.\n\n{FACTS}\n{{change_terms}}\n{{link}}\n\nThe file with this email puts it into your "
    "calendar. Come as you are. Bring the names of any creams or medicines you use.\n\n{getting_here}\n\n{clinic}",
    {},
)
MOVED = _letter(
    "moved",
    "Moved, by email",
    "{day}, {time} at {clinic}: your new time",
    f"{{first_name}}, your appointment has moved. It was at {{before}}.\n\n{FACTS}\n{{change_terms}}\n{{link}}\n\nThe file with "
    "this email puts the new time into your calendar in place of the old one.\n\n{clinic}",
    BEFORE,
)
CANCELLED = _letter(
    "cancelled",
    "Cancelled, by email",
    "Cancelled: {day}, {time} at {clinic}",
    "{first_name}, your appointment on {day} at {time} is cancelled. The file with this email takes it out of your "
    "calendar. You can book again whenever you like:\n{again_link}\n\nIf you did not cancel it, call {phone}.\n\n{clinic}",
    AGAIN,
)
BOOKED_TEXT = _text(
    "booked",
    "Booked, by text",
    "{first_name}, you are booked at {clinic} on {day} at {time}. Move or cancel: {link}",
    {},
)
MOVED_TEXT = _text(
    "moved",
    "Moved, by text",
    "{first_name}, your time at {clinic} is now {day} at {time}. Move or cancel: {link}",
    BEFORE,
)
CANCELLED_TEXT = _text(
    "cancelled",
    "Cancelled, by text",
    "{first_name}, your time at {clinic} on {day} at {time} is cancelled. Book again: {again_link}",
    AGAIN,
)


def facts_of_clinic(clinic: Clinic) -> dict[str, str]:
    """This will give what can be said of a clinic in any of its messages."""
    known = {
        "clinic": clinic.name,
        "link": address(clinic, "booking:mine", "x" * LENGTH),
        "again_link": address(clinic, "booking:what"),
    }
    try:
        place = clinic_page(clinic)
    except NotFound:
        return known
    lines = (place.line1, place.line2, f"{place.town} {place.postcode}")
    return known | {
        "phone": phone_in_words(place.phone),
        "address": ", ".join(line for line in lines if line.strip()),
        "getting_here": place.getting_here,
    }


knows_clinics(facts_of_clinic)
