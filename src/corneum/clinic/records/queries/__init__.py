"""Reading records: whose they are, what was signed, what was used of which lot."""

from corneum.clinic.records.queries.lots import lots_of, treated_with
from corneum.clinic.records.queries.signed import (
    bounds_of,
    countersigner_of,
    device_of,
    devices_for,
    last_signed,
    practitioner_of,
    protocol_of,
    register_of,
    to_countersign,
    visit_record_for,
)
from corneum.clinic.records.queries.team import (
    OutsideTeam,
    is_in_team,
    openings_of,
    patient_for,
    reads_of,
    records_visible_to,
    visit_for,
)

__all__ = [
    "OutsideTeam",
    "bounds_of",
    "countersigner_of",
    "device_of",
    "devices_for",
    "is_in_team",
    "last_signed",
    "lots_of",
    "openings_of",
    "patient_for",
    "practitioner_of",
    "protocol_of",
    "reads_of",
    "records_visible_to",
    "register_of",
    "to_countersign",
    "treated_with",
    "visit_for",
    "visit_record_for",
]
