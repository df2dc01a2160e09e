"""What the clock does for the inbox: it reads the mailbox."""

from datetime import datetime
from typing import Any

from corneum.clinic.enquiries.actions import receive_letter
from corneum.clinic.enquiries.threads import clinic_written_to, conversation_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.queueing import queue
from corneum.platform.jobs.registry import every, handler
from corneum.platform.messages.incoming import mailbox_is_set, take_in
from corneum.platform.messages.letter import Letter

KIND = "enquiries.read_mailbox"


@every(minutes=1)
def queue_reading(at: datetime) -> None:
    """Ask for the mailbox to be read, if there is one."""
    if mailbox_is_set():
        queue(key=f"mailbox:{at:%Y%m%dT%H%M}", kind=KIND, payload={}, due_at=at, at=at)


@handler(KIND, commits_itself=True)
def read_mailbox(_payload: dict[str, Any], at: datetime) -> None:
    """Read what is new in the mailbox, each letter into its conversation."""

    def receive(letter: Letter) -> None:
        enquiry = conversation_of(letter)
        clinic = enquiry.clinic if enquiry is not None else clinic_written_to(letter)
        receive_letter(letter=letter, enquiry=enquiry, clinic=clinic, by=Actor.system("mailbox"), at=at)

    take_in(receive, at=at)
