"""Who may do what: one table of rights gives both the check and the filter on rows."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from corneum.platform.accounts.models import Clinic, Membership, Role, User


class Right(StrEnum):
    """Something that a role allows at a clinic."""

    SEE_DIARY = "see the diary"
    CHANGE_DIARY = "change the diary"
    BOOK_IN_SPITE = "book against rules and hours, with a reason"
    SEE_PATIENTS = "see who the patients are and how to reach them"
    ANSWER_ENQUIRIES = "read and answer enquiries"
    SEE_MESSAGES = "see what was sent"
    CHANGE_CLINIC = "change the clinic's settings"
    WRITE_PAGES = "write and publish guides and articles"
    APPROVE_PAGES = "approve what a guide says, in one's own name"
    DEAL_WITH_COMPLAINTS = "read and answer complaints, and requests about data"
    TALK_ABOUT_CONSENT = "talk through consent with a patient, in one's own name"
    ANSWER_COPY = "say why words that the copy check marks may stand"
    DECIDE_SUITABILITY = "read what patients answer about their health, and decide about it"
    SIGN_RULES = "sign the rules of suitability, and decide where one of them blocks"
    SEE_RECORDS = "read what was done and found at visits: of one's own patients, of others with a reason"
    WRITE_RECORDS = "write up visits and sign them in one's own name"
    TREAT_REGARDLESS = "treat although something was not ready, with a reason"


_DESK = frozenset(
    {
        Right.SEE_DIARY, Right.CHANGE_DIARY, Right.BOOK_IN_SPITE, Right.SEE_PATIENTS, Right.ANSWER_ENQUIRIES,
        Right.SEE_MESSAGES,
    }
)  # fmt: skip
_PRACTITIONER = frozenset(
    {
        Right.SEE_DIARY, Right.CHANGE_DIARY, Right.SEE_PATIENTS, Right.WRITE_PAGES, Right.APPROVE_PAGES,
        Right.DECIDE_SUITABILITY,
        Right.SEE_RECORDS, Right.WRITE_RECORDS, Right.TREAT_REGARDLESS,
        Right.TALK_ABOUT_CONSENT,
    }
)  # fmt: skip
RIGHTS: dict[str, frozenset[Right]] = {
    Role.DESK: _DESK,
    Role.PRACTITIONER: _PRACTITIONER,
    Role.LEAD: _PRACTITIONER | {Right.SIGN_RULES},
    Role.OWNER: _DESK
    | {Right.CHANGE_CLINIC, Right.WRITE_PAGES, Right.ANSWER_COPY, Right.DEAL_WITH_COMPLAINTS, Right.SEE_RECORDS},
}


def roles_with(right: Right) -> list[str]:
    """Say which roles allow this."""
    return [role for role, rights in RIGHTS.items() if right in rights]


def may(user: User | AnonymousUser, right: Right, clinic: Clinic | None) -> bool:
    """Say whether this person may do this at this clinic."""
    if clinic is None:
        return False
    return _memberships(user, right).filter(clinic=clinic).exists()


def may_by_key(user_id: int | None, right: Right, clinic: Clinic) -> bool:
    """Say the same of somebody known by their key, as an actor is; who is not signed in may nothing."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return user is not None and may(user, right, clinic)


def rights_of(user: User | AnonymousUser, clinic: Clinic) -> frozenset[Right]:
    """Say everything that this person may do at this clinic, in one question."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    roles = Membership.objects.filter(user=user, clinic=clinic).values_list("role", flat=True)
    return frozenset().union(*(RIGHTS[role] for role in roles))


def within(user: User | AnonymousUser, right: Right, path: str = "clinic") -> Q:
    """
    Write the same rule as a filter: rows of the clinics at which this person may do this.

    :param path: how to get from the row to its clinic, such as "appointment__clinic"
    """
    return Q(**{f"{path}__in": _memberships(user, right).values("clinic_id")})


def clinics_of(user: User) -> QuerySet[Clinic]:
    """Say at which clinics somebody has any role, the main one first."""
    return Clinic.objects.filter(pk__in=Membership.objects.filter(user=user).values("clinic_id"))


def home_clinic(user: User, here: Clinic | None = None) -> Clinic | None:
    """Say where somebody works: here if they have a role here, else at the first clinic where they have one."""
    clinics = list(clinics_of(user))
    return here if here in clinics else next(iter(clinics), None)


def _memberships(user: User | AnonymousUser, right: Right) -> QuerySet[Membership]:
    """The one rule that both the check and the filter ask."""
    if not isinstance(user, User) or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(user=user, role__in=roles_with(right))
