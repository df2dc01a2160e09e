"""Who works here: accounts, roles, and leaving. Every change is in the trail."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from corneum.domain.errors import ClinicError
from corneum.platform.accounts import sittings
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic, Membership, Role, User
from corneum.platform.audit.trail import action, record


class NotAnAddress(ClinicError):
    """Enter an e-mail address in the correct format, like name@example.com."""


class AddressTaken(ClinicError):
    """Somebody already signs in with this e-mail address."""


class WeakPassword(ClinicError):
    """Choose a password that is longer and harder to guess."""


@action
def add_user(*, email: str, name: str, password: str | None, by: Actor, at: datetime) -> User:
    """
    Give somebody who works here an account; their address counts as proven, because whoever adds them knows it.

    :param password: None when they are to choose one themselves, by the link of "Forgot your password?"
    :raises NotAnAddress: the address cannot be one
    :raises AddressTaken: somebody signs in with it already, in whatever capitals
    :raises WeakPassword: with what is wrong with it
    """
    user = User(email=_address(email), name=name.strip(), created_at=at)
    if User.objects.alias(lower=Lower("email")).filter(lower=user.email).exists():
        raise AddressTaken
    if password is None:
        user.set_unusable_password()
    else:
        _refuse_weak(password, user)
        user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record("staff.add_user", entity=user, by=by, at=at, clinic=None)
    return user


@action
def give_role(*, user: User, clinic: Clinic, role: str, by: Actor, at: datetime) -> Membership:
    """Let somebody be front desk, practitioner or owner at a clinic; a role they hold already stays as it is."""
    membership, is_new = Membership.objects.get_or_create(user=user, clinic=clinic, role=Role(role))
    if is_new:
        record("staff.give_role", entity=user, by=by, at=at, clinic=clinic, role=role)
    return membership


@action
def take_role(*, user: User, clinic: Clinic, role: str, by: Actor, at: datetime) -> None:
    """Take a role away; whatever it allowed is refused from the next page on."""
    taken, _ = Membership.objects.filter(user=user, clinic=clinic, role=role).delete()
    if taken:
        record("staff.take_role", entity=user, by=by, at=at, clinic=clinic, role=role)


@action
def disable_user(*, user: User, by: Actor, at: datetime) -> None:
    """Close somebody's account: they are signed out everywhere at once and cannot come back."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    ended = sittings.end_all_of(user)
    record("staff.disable_user", entity=user, by=by, at=at, clinic=None, sittings_ended=ended)


@action
def enable_user(*, user: User, by: Actor, at: datetime) -> None:
    """Open a closed account again, with the password, second factors and roles that it had."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("staff.enable_user", entity=user, by=by, at=at, clinic=None)


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise NotAnAddress from None
    return address


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise WeakPassword(" ".join(refusal.messages)) from None
