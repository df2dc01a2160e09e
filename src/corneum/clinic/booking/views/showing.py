"""What the pages of the journey show: the board, the time that has gone, the nearest others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from corneum.clinic.booking import queries, words
from corneum.clinic.booking.board import PARTS, Board
from corneum.clinic.booking.queries import Wish
from corneum.clinic.diary.actions import ConsultationFirst, NotCleared, NotOffered, TooNear
from corneum.domain.errors import ClinicError
from corneum.domain.scheduling.wall import minute_of
from corneum.platform.ui.forms import new_press
from corneum.platform.ui.templatetags.ui import day_date

if TYPE_CHECKING:
    from corneum.clinic.diary.models import Appointment
    from corneum.clinic.practitioners.models import Practitioner
    from corneum.clinic.treatments.models import Offer


@dataclass(frozen=True, slots=True)
class Near:
    """A time near to one that has gone, as a sentence says it."""

    starts: int
    words: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A time that cannot be had any more, and the nearest that can."""

    title: str
    sentence: str
    nearest: Sequence[Near] = ()
    practitioner: "Practitioner | None" = None  # with whom the nearest are; None for anyone


def wish_in(asked: QueryDict, people: "Sequence[Practitioner]", *, kindly: bool) -> Wish:
    """
    This will read what the board was asked for; what makes no sense is as if not asked for.

    :param kindly: an old link to somebody who works here no more leads to anyone who does; a press does not
    :raises NotFound: nobody of that name can be asked for here
    """
    slug = asked.get("with", "")
    part = asked.get("part", "")
    unknown = slug not in {person.slug for person in people}
    return Wish(
        practitioner=queries.person_called(slug, people) if slug and not (kindly and unknown) else None,
        part=part if part in {each.key for each in PARTS} else "",
        first=_day(asked.get("from", "")),
    )


def board_context(
    offer: "Offer", people: "Sequence[Practitioner]", wish: Wish, board: Board, *, about: str = ""
) -> dict[str, Any]:
    """This will gather all that the board's template shows."""
    kept = {"about": about, "part": wish.part, "with": wish.practitioner.slug if wish.practitioner else ""}
    days = board.days
    return {
        "offer": offer,
        "treatment": offer.treatment,
        "zone": offer.clinic.zone,
        "people": people,
        "wish": wish,
        "parts": PARTS,
        "board": board,
        "heading": words.span_of_days(days[0].on, days[-1].on) if days else "",
        "earlier_query": _query(kept, board.earlier),
        "later_query": _query(kept, board.later),
        "next_free_query": _query(kept, board.next_free),
        "all_query": _query({"about": about}, None),
        "horizon": words.weeks(offer.horizon_days),
        "about": about,
        "press": new_press(),
    }


def lost_time(
    offer: "Offer",
    starts: int,
    *,
    practitioner: "Practitioner | None",
    at: datetime,
    refused: ClinicError,
    ignoring: "Appointment | None" = None,
) -> Lost:
    """
    This will say that a time has gone and which are the nearest.

    Whoever types a name and an address has not shown that they are theirs: that this person has
    another appointment then (PatientBusy) looks just like a time that somebody else has.
    """
    if isinstance(refused, ConsultationFirst):
        return Lost("This time cannot be booked", "It is before your consultation. Choose a later time.", [], None)
    if isinstance(refused, NotCleared):
        return Lost("This time cannot be booked", str(refused), [], None)
    zone = offer.clinic.zone
    found, with_whom = queries.nearest(offer, starts, practitioner=practitioner, at=at, ignoring=ignoring)
    if isinstance(refused, TooNear):  # of a visit that is moved: whoever moves it may know of the others
        nearest = [Near(time, words.moment(time, zone)) for time in found]
        days = f"{refused.least} {'day' if refused.least == 1 else 'days'}"
        sentence = f"At least {days} lie between two sessions, so it can be from {day_date(refused.possible_from)} on."
        return Lost("This is too near to another session", sentence, nearest, with_whom)
    if is_taken(refused):
        named = words.beside_today(starts, minute_of(at), zone)
        nearest = [Near(time, words.beside(time, starts, zone)) for time in found]
        return Lost(f"{named} has just been booked", "", nearest, with_whom)
    nearest = [Near(time, words.beside_today(time, minute_of(at), zone)) for time in found]
    return Lost(
        "This time cannot be booked", "It is too soon, too far ahead, or outside our hours.", nearest, with_whom
    )


def is_taken(refused: ClinicError) -> bool:
    """This will say whether somebody else has the time, or whether it could not be booked in the first place."""
    return not isinstance(refused, NotOffered) and not isinstance(refused.__cause__, NotOffered)


def _query(kept: dict[str, str], first: date | None) -> str:
    asked = {key: value for key, value in kept.items() if value}
    if first is not None:
        asked["from"] = first.isoformat()
    return f"?{urlencode(asked)}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
