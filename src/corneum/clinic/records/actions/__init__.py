"""What is done to records: visits are signed, read by a supervisor and amended; alerts, lots and bounds are kept."""

from corneum.clinic.records.actions.around import (
    add_alert,
    bound_device,
    end_alert,
    expire_lot,
    open_record,
    supervise_practitioner,
)
from corneum.clinic.records.actions.signing import (
    AlreadyCountersigned,
    NotAPractitioner,
    NotReady,
    NotSeen,
    NotTheSupervisor,
    NotYetComplete,
    amend_record,
    countersign_record,
    sign_record,
)

__all__ = [
    "AlreadyCountersigned",
    "NotAPractitioner",
    "NotReady",
    "NotSeen",
    "NotTheSupervisor",
    "NotYetComplete",
    "add_alert",
    "amend_record",
    "bound_device",
    "countersign_record",
    "end_alert",
    "expire_lot",
    "open_record",
    "sign_record",
    "supervise_practitioner",
]
