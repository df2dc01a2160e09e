"""What the demonstration's patients are told before and after a treatment: the samples that are shipped."""

from datetime import datetime

from corneum.clinic.aftercare import actions
from corneum.clinic.aftercare.models import When
from corneum.clinic.aftercare.sample import sample_for
from corneum.clinic.treatments.models import Offer, Treatment
from corneum.config.demo.clinic import Group
from corneum.platform.accounts.actors import Actor


def write(group: Group, *, at: datetime) -> None:
    """Approve the sample words of every treatment in the name of the demonstration's doctor."""
    user = group.users["nadia"]
    by = Actor.staff(user)
    given = Offer.objects.filter(treatment__kind=Treatment.Kind.TREATMENT).select_related("clinic", "treatment")
    for offer in given:
        for when in When:
            text = actions.save_care_text(
                clinic=offer.clinic, treatment=offer.treatment, when=when, body=sample_for(offer.treatment, when),
                based_on=0, user=user, by=by, at=at,
            )  # fmt: skip
            actions.approve_care_text(text=text, user=user, by=by, at=at)
