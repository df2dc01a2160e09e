"""What is published by the clock."""

from datetime import datetime

from corneum.clinic.writing import actions, queries
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import every


@every(minutes=1)
def publish_due(at: datetime) -> None:
    """Publish what is due; what may no longer be published waits for a person, and keeps nobody else waiting."""
    for version in queries.due(at):
        try:
            actions.publish_version(version=version, by=Actor.system("timetable"), at=at)
        except ClinicError:
            continue
