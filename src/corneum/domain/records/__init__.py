"""
What is written down of a visit: its protocol as data, what is missing or out of bounds, what changed since last time.

Nothing here works a setting out from what is known of a patient. A setting is copied from last time on the
same device and shown as copied, or it is empty, and the practitioner decides.
"""

from corneum.domain.records.carrying import Changed, carried, changed_since
from corneum.domain.records.chain import GENESIS, link_of
from corneum.domain.records.checking import Limit, Problem, Values, beyond_expected, problems_of
from corneum.domain.records.protocol import ZONES, Field, Group, Kind, Protocol
from corneum.domain.records.readiness import Ready, readiness
from corneum.domain.records.shipped import PROTOCOLS, protocol_for
from corneum.domain.records.wording import in_brief, in_words

__all__ = [
    "GENESIS",
    "PROTOCOLS",
    "ZONES",
    "Changed",
    "Field",
    "Group",
    "Kind",
    "Limit",
    "Problem",
    "Protocol",
    "Ready",
    "Values",
    "beyond_expected",
    "carried",
    "changed_since",
    "in_brief",
    "in_words",
    "link_of",
    "problems_of",
    "protocol_for",
    "readiness",
]
