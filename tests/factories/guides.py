"""Published sample pages, for the treatments of the cast and five more."""

from datetime import date

from corneum.clinic.guides import sample
from corneum.clinic.treatments.models import Need, Treatment
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast, make_offer, make_treatment

REVIEWED_ON, REVIEW_DUE_ON = date(2026, 3, 2), date(2027, 3, 1)


def publish_sample(cast: Cast) -> dict[str, Treatment]:
    """Publish every sample page: at Manchester all six guides, at Stockport those to LED light and to care at home."""
    treatments = {
        treatment.slug: treatment
        for treatment in (
            cast.consultation,
            cast.microdermabrasion,
            make_treated("Superficial peel", order=4),
            make_treated("Microneedling", order=5),
            make_treated("LED", order=6),
            make_treated("IPL", order=7),
            Treatment.objects.create(
                slug="care-at-home",
                name="Care at home, or your GP first",
                short_name="Care at home",
                kind="care",
                family="other",
                summary="A gentle wash, a plain moisturiser and sun cream.",
                minutes=5,
                order=8,
            ),
        )
    }
    for slug in ("superficial-peel", "microneedling", "led", "ipl"):
        make_offer(cast.manchester, treatments[slug], price_pence=9900)
    make_offer(cast.stockport, treatments["led"], price_pence=4400)
    sample.publish(
        treatments=treatments, reviewed_by=cast.nadia, reviewed_on=REVIEWED_ON, review_due_on=REVIEW_DUE_ON,
        by=Actor.system("test"), at=NOW,
    )  # fmt: skip
    return treatments


def make_treated(name: str, *, order: int) -> Treatment:
    """Make a treatment that needs a practitioner and nothing else."""
    return make_treatment(
        name, Treatment.Kind.TREATMENT, Treatment.Family.OTHER, minutes=20, order=order,
        needs=[(Need.What.PRACTITIONER, "", 0, 0)],
    )  # fmt: skip
