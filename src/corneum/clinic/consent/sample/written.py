"""What a sample is made of, and what all of them share."""

from dataclasses import dataclass

WEEK = 7 * 24
FOLLOW = """We ask how you are after a day and after a week, and sooner if your skin marks easily. We look at your skin together \
after the third session and after the last, and ask about the result after three months.

Ring us at once, on the same day, for blisters or a cluster of painful spots, spreading redness, pus or fever, or skin that \
weeps. Ring 999 for trouble breathing, or a swollen face, lips or tongue."""
NOTHING = "**Doing nothing.** It does no harm, costs nothing and can be tried first: nothing here has to be treated."
HOME = """**Care at home.** A gentle wash, a plain moisturiser and sun cream every day. For spots, a pharmacist or your GP has \
creams that work better than anything we do."""
AFTER_ALL = """- Sun cream of factor 30 or more every day, and no strong sun or sunbed
- A plain moisturiser; do not pick or scrub
- No waxing or threading for 7 days
- Prescribed creams: ask us, or whoever prescribed them, when to use them again. Stop no medicine because of us"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text by the names of its sections, and the hours from information to treatment."""

    texts: dict[str, str]
    reflect_hours: int = 24
