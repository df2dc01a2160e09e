"""What the sign-in pages ask for: {% load sign_in %}."""

from allauth.mfa.models import Authenticator
from django import template
from django.http import HttpRequest
from django.template.context import Context

from corneum.platform.accounts import queries, sittings
from corneum.platform.accounts.identity import desk_of
from corneum.platform.accounts.models import User

register = template.Library()


@register.simple_tag
def demo_users() -> list[User]:
    """List whom the demonstration lets in with one press: {% demo_users as people %}."""
    return queries.demo_users()


@register.simple_tag(takes_context=True)
def my_desk(context: Context) -> str:
    """Write the address of the desk of whoever is signed in."""
    request: HttpRequest = context["request"]
    return desk_of(request)


@register.simple_tag(takes_context=True)
def is_proven(context: Context) -> bool:
    """Say whether whoever is signed in has shown a second factor: {% is_proven as proven %}."""
    request: HttpRequest = context["request"]
    return sittings.is_proven(request)


@register.filter
def roles(user: User) -> str:
    """Write what somebody is and where: Front desk, Manchester."""
    at_clinics: dict[str, list[str]] = {}
    for membership in user.memberships.all():
        at_clinics.setdefault(str(membership.get_role_display()), []).append(membership.clinic.name)
    return "; ".join(f"{role}, {' and '.join(clinics)}" for role, clinics in at_clinics.items())


@register.filter
def passkey_name(authenticator: Authenticator) -> str:
    """Write what a passkey was called."""
    return str(authenticator.data.get("name") or "Passkey")
