"""What should be so before somebody is treated: each thing with whether it is, in a sentence."""

from dataclasses import dataclass
from datetime import date

WITHIN_HOURS = 48  # the questions that change are asked again so long before each session at most


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing that was looked at; `key` names it, `is_so` says whether it holds."""

    key: str
    is_so: bool
    sentence: str


def readiness(
    *,
    on: date,
    consent: tuple[bool, str] | None = None,
    suitability: tuple[bool, str] | None = None,
    last_session: date | None = None,
    gap_days: int = 0,
    is_registered: bool = True,
    is_trained: bool = True,
    service_due: date | None = None,
    device: str = "",
) -> list[Ready]:
    """
    Say what holds on the day of a visit and what does not, in the order in which it is looked at.

    :param consent: whether it is valid and covers the treatment, and the sentence; None where none is needed
    :param suitability: whether it was answered lately enough with nothing in the way, and the sentence
    :param last_session: the day of the last session of this treatment, if there was one
    :param service_due: the last day on which the device may be used
    """
    found = [Ready(key, *said) for key, said in (("consent", consent), ("suitability", suitability)) if said]
    if last_session is not None and gap_days:
        days = (on - last_session).days
        found.append(
            Ready(
                "gap",
                days >= gap_days,
                f"{days} {'day' if days == 1 else 'days'} since the last session, {gap_days} needed",
            )
        )
    found.append(
        Ready(
            "registration",
            is_registered,
            "Registration holds today" if is_registered else "Registration does not hold today",
        )
    )
    found.append(
        Ready(
            "training",
            is_trained,
            "Trained in this treatment" if is_trained else "Not on record as trained in this treatment",
        )
    )
    if device:
        holds = service_due is None or on <= service_due
        until = "its service is overdue" if not holds else "its service is in date"
        found.append(Ready("device", holds, f"{device}: {until}"))
    return found
