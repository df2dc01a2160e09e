"""What must be so before the installation starts, and what should be."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from corneum.platform.accounts.access import undeclared
from corneum.platform.accounts.address import SOCKET

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
KEY_LENGTH = 50


@register
def every_address_says_who_may_open_it(**_: Any) -> Iterable[CheckMessage]:
    """Refuse to start with an address that nobody has said who may open."""
    return [Error(fault, hint="See corneum.platform.accounts.access.", id="corneum.E001") for fault in undeclared()]


@register
def proxies_are_networks(**_: Any) -> Iterable[CheckMessage]:
    """Refuse to start with proxies that cannot be read: believing none would count everybody as one client."""
    return [
        Error(
            f"CORNEUM_TRUSTED_PROXIES: {name} is neither a network such as 127.0.0.1/32 nor the word {SOCKET}.",
            id="corneum.E002",
        )
        for name in settings.TRUSTED_PROXIES
        if name != SOCKET and not _is_network(name)
    ]


@register
def secrets_travel_encrypted(**_: Any) -> Iterable[CheckMessage]:
    """Refuse to serve a real clinic over plain HTTP, and to keep its secrets with a weak key."""
    site = urlsplit(settings.SITE_URL)
    is_local = site.hostname in LOCAL
    if site.scheme != "https" and not is_local:
        yield Error(
            f"CORNEUM_SITE_URL is {settings.SITE_URL}: what patients and staff send could be read on its way.",
            hint="Put a proxy with a certificate in front, and set CORNEUM_SITE_URL to its https:// address.",
            id="corneum.E003",
        )
    if settings.DEBUG and not is_local:
        yield Error("CORNEUM_DEBUG is on at a public address: error pages would show data.", id="corneum.E004")
    if settings.DEMO and not is_local:
        yield Caution("CORNEUM_DEMO is on at a public address: anybody can sign in.", id="corneum.W001")
    if site.scheme == "https" and not is_local and not settings.TRUSTED_PROXIES:
        yield Caution(
            "CORNEUM_TRUSTED_PROXIES is empty: if a proxy is in front, all visitors count as one, and browsers are not "
            "told to insist on https.",
            hint="Name the proxy's network, such as 127.0.0.1/32, or the word unix for a socket.",
            id="corneum.W002",
        )
    if len(settings.SECRET_KEY) < KEY_LENGTH:
        yield Error(f"CORNEUM_SECRET_KEY is shorter than {KEY_LENGTH} letters.", id="corneum.E005")


def _is_network(name: str) -> bool:
    try:
        ip_network(name, strict=False)
    except ValueError:
        return False
    return True
