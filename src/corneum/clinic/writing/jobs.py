"""What is published by the clock."""

from datetime import datetime

from corneum.clinic.writing import actions, queries
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every

TIMETABLE = Actor.system("timetable")


@every(minutes=1)
def publish_due(at: datetime) -> None:
    """Publish what is due; what may no longer be published is tried once, and then raised to a person."""
    for version in queries.due(at):
        try:
            actions.publish_version(version=version, by=TIMETABLE, at=at)
        except ClinicError as refusal:
            actions.raise_refusal(version=version, because=str(refusal), by=TIMETABLE, at=at)
