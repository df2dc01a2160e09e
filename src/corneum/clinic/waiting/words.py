"""When somebody could come, as sentences say it: *Monday to Friday, mornings*."""

from datetime import date

from corneum.domain.waiting import Window
from corneum.domain.waiting.window import ALL_WEEK, WHOLE_DAY
from corneum.platform.ui.templatetags.ui import clock12, day_date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS, SATURDAY, SUNDAY = 0b0011111, 0b0100000, 0b1000000
NOON, FIVE = 12 * 60, 17 * 60
HOURS = {
    (0, WHOLE_DAY): "any time",
    (0, NOON): "mornings",
    (NOON, FIVE): "afternoons",
    (FIVE, WHOLE_DAY): "after 5pm",
    (0, FIVE): "before 5pm",
    (NOON, WHOLE_DAY): "from noon",
}

# What the public form offers to tick: its key, its words, its days of the week and its hours.
SUITS = (
    ("weekday-mornings", "Weekday mornings", WEEKDAYS, 0, NOON),
    ("weekday-afternoons", "Weekday afternoons", WEEKDAYS, NOON, FIVE),
    ("weekday-evenings", "Weekdays after 5pm", WEEKDAYS, FIVE, WHOLE_DAY),
    ("saturdays", "Saturdays", SATURDAY, 0, WHOLE_DAY),
    ("sundays", "Sundays", SUNDAY, 0, WHOLE_DAY),
)


def windows_of(suits: list[str], first: date, last: date) -> list[Window]:
    """This will turn what was ticked into windows; mornings and afternoons of the same days become one."""
    ticked = [(days, opens, closes) for key, _, days, opens, closes in SUITS if key in suits]
    joined: list[tuple[int, int, int]] = []
    for days, opens, closes in ticked:
        if joined and joined[-1][0] == days and joined[-1][2] == opens:
            joined[-1] = days, joined[-1][1], closes
        else:
            joined.append((days, opens, closes))
    return [Window(first, last, days, opens, closes) for days, opens, closes in joined]


def window_in_words(window: Window, *, since: date, until: date) -> str:
    """This will say the days and hours of a window, and its dates where they are not those of the whole wait."""
    if window.first == window.last:
        return f"{day_date(window.first)}, {_hours(window.opens, window.closes)}"
    begins = f", from {day_date(window.first)}" if window.first > since else ""
    ends = f", to {day_date(window.last)}" if window.last < until else ""
    return f"{_days(window.weekdays)}, {_hours(window.opens, window.closes)}{begins}{ends}"


def _days(bits: int) -> str:
    if bits == ALL_WEEK:
        return "Any day"
    if bits == WEEKDAYS:
        return "Monday to Friday"
    names = [name for number, name in enumerate(DAYS) if bits >> number & 1]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[:-1] else names)


def _hours(opens: int, closes: int) -> str:
    known = HOURS.get((opens, closes))
    return known or f"{_clock(opens)} to {_clock(closes)}"


def _clock(minute: int) -> str:
    return "midnight" if minute == WHOLE_DAY else clock12(minute, "UTC")
