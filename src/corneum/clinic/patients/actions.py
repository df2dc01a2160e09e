"""Taking somebody into the clinic's care."""

from datetime import date, datetime

from corneum.clinic.patients.models import Patient
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record


class NoWayToReach(ClinicError):
    """Enter an email address or a phone number, so we can reach you"""


@action
def welcome_patient(
    *, clinic: Clinic, name: str, email: str, phone: str, born_on: date | None = None, by: Actor, at: datetime
) -> Patient:
    """
    Take somebody into the clinic's care, or recognise them.

    The same name with the same contact at the same clinic is the same person. Nothing is then
    changed about them: whoever fills in a form on the website has not shown who they are.

    :param phone: E.164, as `contact.parse_contact` gives it
    :param born_on: kept of somebody new
    :raises NoWayToReach: neither an e-mail address nor a telephone number is given
    """
    name = " ".join(name.split())
    if not (email or phone):
        raise NoWayToReach
    known = _known(clinic=clinic, name=name, email=email, phone=phone)
    if known is None:
        # The same person confirming twice at once: the second waits here, and then finds what the first made.
        Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
        known = _known(clinic=clinic, name=name, email=email, phone=phone)
    patient = known or Patient.objects.create(
        clinic=clinic, name=name, email=email, phone=phone, born_on=born_on, created_at=at
    )
    record("patients.welcome_patient", entity=patient, by=by, at=at, clinic=clinic, was_known=known is not None)
    return patient


def _known(*, clinic: Clinic, name: str, email: str, phone: str) -> Patient | None:
    candidates = Patient.objects.filter(clinic=clinic).order_by("created_at", "pk")
    if email:
        candidates = candidates.filter(email__iexact=email)
    if phone:
        candidates = candidates.filter(phone=phone)
    # Names are compared here: SQLite knows the capitals of English letters only.
    return next((patient for patient in candidates if patient.name.casefold() == name.casefold()), None)
