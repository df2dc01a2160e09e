"""What of the mail must be so before the installation starts."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from corneum.platform.messages.mailbox import Mailbox
from corneum.platform.messages.transports import BadAddress, transport


@register
def mailbox_can_be_understood(**_: Any) -> Iterable[CheckMessage]:
    """Refuse to start with a mailbox that cannot be read as it is written; the words never hold its password."""
    if not settings.MAILBOX_URL:
        return
    try:
        Mailbox.at(settings.MAILBOX_URL)
    except (BadAddress, ValueError) as wrong:
        sentence = str(wrong) if isinstance(wrong, BadAddress) else "It is no address."
        yield Error(f"CORNEUM_MAILBOX_URL: {sentence}", id="corneum.E006")


@register
def ways_out_can_be_understood(**_: Any) -> Iterable[CheckMessage]:
    """Refuse to start with a way to send that cannot be read as it is written; the words never hold its password."""
    for name, url in (("MAIL_URL", settings.MAIL_URL), ("TEXT_URL", settings.TEXT_URL)):
        try:
            transport(url)
        except (BadAddress, ValueError) as wrong:
            sentence = str(wrong) if isinstance(wrong, BadAddress) else "It is no address."
            yield Error(f"CORNEUM_{name}: {sentence}", id="corneum.E007")
