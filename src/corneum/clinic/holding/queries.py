"""Reading held times: by their secret link, or beside the conversation in which they were offered."""

from datetime import datetime, timedelta

from corneum.clinic.diary.queries import hold_is_live
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.enquiries.promised import open_days
from corneum.clinic.holding.models import HeldTime, HeldTimes
from corneum.domain.errors import NotFound
from corneum.domain.promise import answer_due
from corneum.domain.scheduling.wall import instant_of, minute_of
from corneum.platform.accounts.models import Clinic

State = HeldTimes.State
KEPT_FOR = "one working day"
AT_MOST = timedelta(days=3)  # a clinic that is closed over a long weekend keeps nothing through all of it


def times_at(clinic: Clinic, code: str) -> HeldTimes:
    """
    Find held times by their secret link at this clinic.

    :raises NotFound: there are none; another clinic's look the same
    """
    found = HeldTimes.objects.filter(clinic=clinic, code=code)
    times = found.select_related("clinic", "treatment", "enquiry__clinic", "enquiry__patient", "appointment").first()
    if times is None:
        raise NotFound
    return times


def locked_times(times: HeldTimes) -> HeldTimes:
    """Read held times again, so that nobody else answers them until this is done."""
    HeldTimes.objects.select_for_update().get(pk=times.pk)
    return times_at(times.clinic, times.code)


def each_of(times: HeldTimes) -> list[HeldTime]:
    """List the times of one reply, the earliest first."""
    return list(times.each.select_related("practitioner", "hold"))


def still_kept(times: HeldTimes, *, at: datetime) -> list[HeldTime]:
    """List those that are kept still."""
    if times.state != State.OPEN or times.expires_at <= at:
        return []
    return [time for time in each_of(times) if time.hold is not None and hold_is_live(time.hold, at)]


def open_times_of(enquiry: Enquiry) -> HeldTimes | None:
    """Find what was offered in a conversation and not answered yet, kept still or not."""
    return HeldTimes.objects.filter(enquiry=enquiry, state=State.OPEN).select_related("clinic", "treatment").first()


def kept_until(clinic: Clinic, at: datetime) -> datetime:
    """Work out until when a time that is offered now is kept: the closing of the next day on which we are open."""
    due = answer_due(minute_of(at), KEPT_FOR, open_days(clinic, at))
    return min(instant_of(due), at + AT_MOST) if due is not None else at + timedelta(days=1)
