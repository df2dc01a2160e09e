"""The demonstration's guides, concerns and articles: the samples that are shipped."""

from datetime import date, datetime, timedelta

from corneum.clinic.guides import sample
from corneum.config.demo.clinic import Group
from corneum.platform.accounts.actors import Actor


def publish(group: Group, *, today: date, at: datetime) -> None:
    """Publish the sample pages under the name of the demonstration's doctor."""
    reviewed_on = today - timedelta(days=60)
    sample.publish(
        treatments=group.treatments,
        reviewed_by=group.practitioners["nadia"],
        reviewed_on=reviewed_on,
        review_due_on=reviewed_on + timedelta(days=365),
        by=Actor.staff(group.users["nadia"]),
        at=at,
    )
