"""Making the next day's pack ready, and saying when."""

from datetime import date, datetime, time

from corneum.clinic.desk.models import Pack, PackHour
from corneum.clinic.desk.queries import pack_hour
from corneum.clinic.premises.queries import clinic_page
from corneum.db.errors import refusing
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.clinics import address
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message


class PackMade(ClinicError):
    """The pack for that day was made ready already."""


@action
def make_pack(*, clinic: Clinic, day: date, by: Actor, at: datetime) -> Pack:
    """
    Make a day's pack ready, and tell the clinic by e-mail where it is. The letter holds a link and nobody's name.

    :raises PackMade: another worker was quicker
    """
    with refusing({"desk_pack_once_a_day": PackMade}):
        pack = Pack.objects.create(clinic=clinic, day=day, made_at=at)
    page = clinic_page(clinic)
    link = address(clinic, "desk:pack", pack.ref)
    queue_message(
        clinic=clinic, channel="email", template="desk/pack", to=page.email, to_name=clinic.name, about=pack,
        context={"day": day, "clinic_name": clinic.name, "url": link, "button_url": link, "button": "Open the pack"},
        by=by, at=at,
    )  # fmt: skip
    record("desk.make_pack", entity=pack, by=by, at=at, clinic=clinic, day=day.isoformat())
    return pack


@action
def set_pack_hour(*, clinic: Clinic, hour: time | None, by: Actor, at: datetime) -> None:
    """
    Say from what hour of the evening the next day's pack is ready.

    :param hour: on the clinic's own clock; None sends no letter
    """
    before = pack_hour(clinic)
    PackHour.objects.update_or_create(clinic=clinic, defaults={"hour": hour})
    record(
        "desk.set_pack_hour", entity=clinic, by=by, at=at, clinic=clinic,
        before=before and f"{before:%H:%M}", after=hour and f"{hour:%H:%M}",
    )  # fmt: skip
