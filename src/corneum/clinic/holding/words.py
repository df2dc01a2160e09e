"""How held times are written in a reply, and what is noted when one is chosen."""

from collections.abc import Sequence

from corneum.clinic.booking import words as say
from corneum.clinic.enquiries.reach import way_to
from corneum.clinic.holding.models import HeldTime, HeldTimes
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.models import Clinic

PLACE = "{times}"  # in a reply: where they stand


def with_times(text: str, times: HeldTimes, each: Sequence[HeldTime]) -> str:
    """Write a reply with its times and the link by which one is chosen."""
    if way_to(times.enquiry) == "text":
        return _in_a_text(text, times, each)
    zone = times.clinic.zone
    lines = [
        f"  {say.day_of(time.starts, zone)}, {say.clock(time.starts, zone)} with {time.practitioner.name}"
        for time in each
    ]
    until = say.moment(minute_of(times.expires_at), zone)
    head = f"We keep {'these times' if len(each) > 1 else 'this time'} for you until {until}:"
    foot = f"{'Choose one' if len(each) > 1 else 'Book it'} here with one press:\n{address(times.clinic, 'holding:choose', times.code)}"
    block = "\n\n".join([head, "\n".join(lines), foot])
    return text.replace(PLACE, block, 1) if PLACE in text else f"{text.rstrip()}\n\n{block}"


def _in_a_text(text: str, times: HeldTimes, each: Sequence[HeldTime]) -> str:
    """Write the same in so few letters that it is one text message: the page at the link names the times."""
    zone, until = times.clinic.zone, minute_of(times.expires_at)
    moment = f"{say.clock(until, zone)} {say.short_day_of(until, zone)}"
    link = address(times.clinic, "holding:choose", times.code)
    block = f"we keep {f'{len(each)} times' if len(each) > 1 else 'a time'} for you until {moment}. Choose: {link}"
    return " ".join((text.replace(PLACE, block, 1) if PLACE in text else f"{text} {block}").split())


def chosen_in_words(time: HeldTime, clinic: Clinic) -> str:
    """Note which one was chosen: They booked Thursday 12 March, 5:15pm with Rosa Lindqvist."""
    when = f"{say.day_of(time.starts, clinic.zone)}, {say.clock(time.starts, clinic.zone)}"
    return f"They booked {when} with {time.practitioner.name}."
