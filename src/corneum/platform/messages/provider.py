"""What a text provider tells us: taken only with its signature, whose key nobody else has."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from corneum.platform.accounts.address import client_network
from corneum.platform.accounts.limits import allow
from corneum.platform.messages.transports import BadAddress, Twilio, transport
from corneum.platform.messages.transports.twilio import signature_of

MOST_FORGED, FORGED_COUNTED_FOR = 60, timedelta(hours=1)


class NotTheProvider(Exception):
    """It was not signed by the text provider, or there is none."""


class TooManyForged(Exception):
    """So much that was not signed has come from one network that we do not look at more of it."""


def told_in(request: HttpRequest, *, at: datetime) -> Mapping[str, str]:
    """
    Read what the text provider has posted.

    :raises NotTheProvider: somebody else did
    :raises TooManyForged: somebody else did again and again
    """
    provider = text_provider()
    if provider is None:
        raise NotTheProvider
    sent = [(name, str(value)) for name in request.POST for value in request.POST.getlist(name)]
    # The address as the provider knows it, whatever a proxy has made of it.
    signature = signature_of(provider.token, f"{settings.SITE_URL}{request.get_full_path()}", sent)
    if not constant_time_compare(signature, request.headers.get("X-Twilio-Signature", "")):
        network = client_network(request)
        if not allow(scope="messages.forged", key=network, per=FORGED_COUNTED_FOR, most=MOST_FORGED, at=at):
            raise TooManyForged
        raise NotTheProvider
    return dict(sent)


def text_provider() -> Twilio | None:
    """Find the provider that texts go by; None where they stay on this machine."""
    try:
        way = transport(settings.TEXT_URL)
    except BadAddress:
        return None
    return way if isinstance(way, Twilio) else None
