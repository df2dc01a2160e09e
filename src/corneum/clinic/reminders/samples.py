"""What reminders say unless a clinic says it in its own words, and what fills the placeholders."""

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
}

VISIT = editable(
    Editable(
        "reminders/visit",
        channel="email",
        name="Reminder by email",
        when="Before each visit, as your settings say.",
        subject="{day}, {time} at {clinic}: will you be there?",
        text="""{first_name}, we look forward to seeing you.

When: {day}, {time}
With: {practitioner}
Where: {clinic}, {address}
Reference: {reference}

Please say that you will be there, or move or cancel it, so that somebody else can have the time:
{link}
{change_terms}

{getting_here}

{clinic}
""",
        placeholders=WHEN_AND_WHO | WHERE,
        example=EXAMPLE,
        must=("day", "time", "link"),
    )
)
VISIT_TEXT = editable(
    Editable(
        "reminders/visit_text",
        channel="text",
        name="Reminder by text",
        when="Before each visit, as your settings say.",
        subject="",
        text="{first_name}, {clinic} expects you on {day} at {time}. Reply 1 to confirm, or change it: {link}",
        placeholders=WHEN_AND_WHO,
        example=EXAMPLE,
        must=("day", "time"),
    )
)
CONFIRMED_TEXT = editable(
    Editable(
        "reminders/confirmed_text",
        channel="text",
        name="Thanks for a confirmation",
        when="At once, to whoever has confirmed by text.",
        subject="",
        text="Thank you, {first_name}, {clinic} expects you on {day} at {time}. If that changes: {link}",
        placeholders=WHEN_AND_WHO,
        example=EXAMPLE,
        must=("day", "time"),
    )
)


def facts_of_clinic(clinic: Clinic) -> dict[str, str]:
    """This will give what can be said of a clinic in any of its messages."""
    known = {"clinic": clinic.name, "link": address(clinic, "booking:mine", "x" * LENGTH)}
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
