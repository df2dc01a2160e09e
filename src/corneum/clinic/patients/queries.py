"""Finding patients: every way in starts from whom this person may see."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from corneum.clinic.patients.models import Patient
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

_AS_TYPED = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y", "%d %B %Y", "%d %b %Y")


def patients_visible_to(user: User | AnonymousUser, clinic: Clinic) -> QuerySet[Patient]:
    """Find the patients of a clinic whom this person may see; none at all where they hold no such right."""
    return Patient.objects.filter(within(user, Right.SEE_PATIENTS), clinic=clinic)


def patient_for(user: User | AnonymousUser, clinic: Clinic, ref: str) -> Patient:
    """
    Find one patient for this person.

    :raises NotFound: there is none, or not one they may see, which looks the same
    """
    patient = patients_visible_to(user, clinic).filter(ref=ref).first()
    if patient is None:
        raise NotFound
    return patient


def find(user: User | AnonymousUser, clinic: Clinic, text: str) -> QuerySet[Patient]:
    """Find patients by parts of their name, part of their telephone number or e-mail, or their date of birth."""
    visible = patients_visible_to(user, clinic)
    typed = " ".join(text.split())
    if not typed:
        return visible
    if born_on := _day(typed):
        return visible.filter(born_on=born_on)
    return visible.filter(_every_word(typed) | Q(email__icontains=typed) | _part_of_phone(typed))


def alike(
    user: User | AnonymousUser, clinic: Clinic, *, name: str, email: str, phone: str, born_on: date | None
) -> list[Patient]:
    """Find who somebody new may be already: the same telephone number or e-mail address, or name and date of birth."""
    reached = Q(email__iexact=email) if email else Q(phone=phone)
    visible = patients_visible_to(user, clinic)
    by_contact = list(visible.filter(reached)) if email or phone else []
    # Names are compared here: SQLite knows the capitals of English letters only.
    same_day = visible.filter(born_on=born_on) if born_on else ()
    wanted = " ".join(name.split()).casefold()
    by_name = [patient for patient in same_day if patient.name.casefold() == wanted]
    return list(dict.fromkeys([*by_contact, *by_name]))


def _every_word(typed: str) -> Q:
    named = Q()
    for word in typed.split():
        named &= Q(name__icontains=word)
    return named


def _part_of_phone(typed: str) -> Q:
    digits = "".join(letter for letter in typed if letter.isdigit())
    if len(digits) < 3 or any(letter.isalpha() for letter in typed):
        return Q(pk__in=[])
    # 0161 is kept as +44161: the 0 is for ringing from here and is no part of the number
    return Q(phone__contains=digits.removeprefix("00").removeprefix("0"))


def _day(typed: str) -> date | None:
    for form in _AS_TYPED:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 -- a day of birth has no zone
        except ValueError:
            continue
    return None
