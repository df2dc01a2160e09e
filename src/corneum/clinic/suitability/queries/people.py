"""Who may decide what: the medical lead by their role, and others by the register that they are in."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from corneum.clinic.practitioners.models import Registration
from corneum.domain.suitability import Role
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.accounts.policy import Right, may, roles_with

# A nurse or pharmacist may prescribe or not, which no register number says: so none is taken for a prescriber.
BY_REGISTER = {Registration.Body.GMC: Role.DOCTOR, Registration.Body.NMC: Role.NURSE}


def role_of(user: User | AnonymousUser, clinic: Clinic, on: date) -> Role | None:
    """Say as whom somebody decides at a clinic on a day; None if they may not decide at all."""
    if may(user, Right.SIGN_RULES, clinic):
        return Role.MEDICAL_LEAD
    if not may(user, Right.DECIDE_SUITABILITY, clinic):
        return None
    bodies = Registration.objects.filter(
        practitioner__user=user.pk, practitioner__is_active=True, valid_from__lte=on, valid_until__gte=on
    )
    roles = [
        BY_REGISTER.get(Registration.Body(body), Role.PRACTITIONER) for body in bodies.values_list("body", flat=True)
    ]
    return max(roles, default=Role.PRACTITIONER)


def who_decides(clinic: Clinic) -> QuerySet[User]:
    """Find everybody at a clinic who may read answers: whom an alarm calls."""
    roles = roles_with(Right.DECIDE_SUITABILITY)
    theirs = User.objects.filter(is_active=True, memberships__clinic=clinic, memberships__role__in=roles)
    return theirs.distinct().order_by("pk")
