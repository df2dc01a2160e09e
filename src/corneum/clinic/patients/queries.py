"""Finding patients: every way in starts from whom this person may see."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from corneum.clinic.patients.models import Patient
from corneum.db.full_text import holding
from corneum.domain.errors import NotFound
from corneum.domain.finding import Part, asked_for, joined, known_by, nearness
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, within

MOST_FOUND = 50  # more are not read: whoever looks types another letter
MOST_WEIGHED = 500  # people that begin so, who are put in order
MOST_NAMES = 2000  # names that are nearly so, which are put in order


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


def find(user: User | AnonymousUser, clinic: Clinic, text: str, *, most: int = MOST_FOUND) -> list[Patient]:
    """
    Find patients by parts of their name, in any order and nearly spelt, of their telephone number, e-mail, date of birth.

    Whoever is exactly meant comes first, then whoever it may be. Nothing typed finds nobody.
    """
    parts = asked_for(text)
    if not parts:
        return []
    visible = patients_visible_to(user, clinic)
    whole = holding(visible, [part.whole for part in parts]).order_by("name", "pk")
    found = list(whole.values_list("pk", flat=True)[:most])
    for tier in (_begun, _nearly):
        if len(found) < most:
            further = tier(visible, parts)
            found += [key for key in further if key not in found][: most - len(found)]
    if not found:
        found = next((keys for two in joined(parts) if (keys := _nearly(visible, two))), [])[:most]
    rows = Patient.objects.defer("words").in_bulk(found)
    return [rows[key] for key in found if key in rows]


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


def _begun(visible: QuerySet[Patient], parts: Sequence[Part]) -> list[int]:
    """Find whose names, numbers and addresses begin as they were typed, the nearest first."""
    rows = holding(visible, [part.exact for part in parts]).order_by("name", "pk")
    keys = list(rows.values_list("pk", flat=True)[:MOST_WEIGHED])
    known = Patient.objects.filter(pk__in=keys).values_list("pk", "name", "words")
    weighed = [(far, name, key) for key, name, words in known if (far := nearness(parts, words)) is not None]
    return [key for _far, _name, key in sorted(weighed)]


def _nearly(visible: QuerySet[Patient], parts: Sequence[Part]) -> list[int]:
    """Find whose names are nearly what was typed. Names are weighed and not people: hundreds share one."""
    rows = holding(visible, [part.either for part in parts])
    named = [part for part in parts if part.name]
    weighed = {}
    for name in rows.order_by("name").values_list("name", flat=True).distinct()[:MOST_NAMES]:
        if (far := nearness(named, known_by(name=name))) is not None:
            weighed[name] = far
    best = sorted(weighed, key=lambda name: (weighed[name], name))[:MOST_FOUND]
    known = rows.filter(name__in=best).values_list("pk", "name")
    return [key for key, _name in sorted(known, key=lambda row: (weighed[row[1]], row[1], row[0]))]
