"""
The ways out of the building, each chosen by an address in the settings.

    smtp://user:password@host:587/?tls=starttls      smtps://user:password@host      a mail server
    folder:/path/to/a/folder                         one file a message, to be read
    console:                                         the terminal
"""

from corneum.platform.messages.transports.console import Console
from corneum.platform.messages.transports.folder import Folder
from corneum.platform.messages.transports.parcel import BadAddress, NotTaken, Parcel, Refused, Transport, Unknown
from corneum.platform.messages.transports.smtp import Smtp

__all__ = ["BadAddress", "NotTaken", "Parcel", "Refused", "Transport", "Unknown", "transport"]


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
    raise BadAddress("A way to send is smtp://…, smtps://…, folder:/… or console:")
