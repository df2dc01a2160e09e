"""
The ways out of the building, each chosen by an address in the settings.

    smtp://user:password@host:587/?tls=starttls      smtps://user:password@host      a mail server
    folder:/path/to/a/folder                         one file a message, to be read
    console:                                         the terminal
    twilio://account:token@host/?from=+44…           texts, by a provider that speaks Twilio's protocol
"""

from corneum.platform.messages.transports.console import Console
from corneum.platform.messages.transports.folder import Folder
from corneum.platform.messages.transports.parcel import (
    BadAddress,
    NotTaken,
    NumberStopped,
    Parcel,
    Refused,
    Transport,
    Unknown,
)
from corneum.platform.messages.transports.smtp import Smtp
from corneum.platform.messages.transports.twilio import Twilio

__all__ = [
    "BadAddress",
    "NotTaken",
    "NumberStopped",
    "Parcel",
    "Refused",
    "Transport",
    "Twilio",
    "Unknown",
    "transport",
]


def transport(url: str) -> Transport:
    """
    Choose the way out that a setting names.

    :raises BadAddress: it cannot be understood
    """
    scheme, _, rest = url.partition(":")
    if scheme in {"smtp", "smtps"}:
        return Smtp.at(url)
    if scheme == "folder" and rest:
        return Folder(rest)
    if scheme == "console":
        return Console()
    if scheme == "twilio":
        return Twilio.at(url)
    raise BadAddress("A way to send is smtp://…, smtps://…, twilio://…, folder:/… or console:")
