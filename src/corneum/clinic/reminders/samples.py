"""What reminders say unless a clinic says it in its own words."""

from corneum.clinic.booking.samples import EXAMPLE, WHEN_AND_WHO, WHERE
from corneum.platform.messages.wordings import Editable, editable

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
