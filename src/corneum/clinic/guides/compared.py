"""What a reader could choose, side by side: the same questions asked of each."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from corneum.clinic.guides.models import Alternative, Guide
from corneum.clinic.treatments.models import Evidence, Offer, Treatment
from corneum.domain.money.amounts import pounds

# The heads of the rows, and the attribute that answers each. How deep each goes is drawn, and said, above.
QUESTIONS = (
    ("What it does", "changes"),
    ("What it may help, and how sure that is", "how_sure"),
    ("Sessions", "sessions"),
    ("Settling", "settling"),
    ("Main risks", "risks"),
    ("Price", "price"),
)
_NAMED = 3  # as many concerns as one cell holds before it says how many more there are


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; every answer is a list of short lines."""

    name: str
    slug: str  # of its own guide; empty where there is none to read
    is_this: bool
    changes: list[str]
    how_sure: list[str]
    sessions: list[str]
    settling: list[str]
    risks: list[str]
    price: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One question and every option's answer."""

    asks: str
    answers: list[list[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table: options across, questions down."""

    options: list[Option]
    rows: list[Row]


def compare(
    guide: Guide,
    beside: Sequence[Treatment],
    *,
    guides: Mapping[int, Guide],
    offers: Mapping[int, Offer],
    evidence: Mapping[int, Sequence[Evidence]],
    care: Container[str] = (),
) -> Comparison:
    """
    Set a guide's treatment beside others and beside what the clinic does not sell.

    :param care: the slugs of what nobody sells and has a guide of its own all the same
    """
    treatments = [guide.treatment, *beside]
    known = {**guides, guide.treatment_id: guide}
    options = [
        _of_treatment(each, known.get(each.pk), offers.get(each.pk), evidence.get(each.pk, ()), guide)
        for each in treatments
    ]
    options += [_of_alternative(other, other.slug in care) for other in guide.instead.all()]
    return Comparison(
        options, [Row(asks, [getattr(option, answer) for option in options]) for asks, answer in QUESTIONS]
    )


def _of_treatment(
    treatment: Treatment, guide: Guide | None, offer: Offer | None, evidence: Sequence[Evidence], this: Guide
) -> Option:
    is_this = treatment.pk == this.treatment_id
    return Option(
        name=treatment.short_name,
        slug=treatment.slug if guide and offer and not is_this else "",
        is_this=is_this,
        changes=[treatment.summary],
        how_sure=how_sure(evidence),
        sessions=_line(treatment.course),
        settling=_line(treatment.afterwards),
        risks=_line(guide.risks_in_short if guide else ""),
        price=_price(treatment, offer),
    )


def _of_alternative(other: Alternative, has_guide: bool) -> Option:
    return Option(
        name=other.name,
        slug=other.slug if has_guide else "",
        is_this=False,
        changes=_line(other.changes),
        how_sure=_line(other.how_sure),
        sessions=_line(other.sessions),
        settling=_line(other.settling),
        risks=_line(other.risks),
        price=_line(other.price),
    )


def _price(treatment: Treatment, offer: Offer | None) -> list[str]:
    if treatment.kind == Treatment.Kind.CARE:
        return ["What the products cost"]
    return [f"{pounds(offer.price_pence)} a session"] if offer else ["Not given at this clinic"]


def how_sure(evidence: Sequence[Evidence]) -> list[str]:
    """Say in lines how strong the evidence is, the strongest first, and for which concerns."""
    lines = []
    for strength, word in (
        (Evidence.Strength.MODERATE, "Moderate evidence"),
        (Evidence.Strength.WEAK, "Weak evidence"),
        (Evidence.Strength.VERY_WEAK, "Very weak evidence"),
        (Evidence.Strength.AGAINST, "No benefit found"),
    ):
        names = [_inside(row.concern.name) for row in evidence if row.strength == strength]
        if names:
            more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
            lines.append(f"{word}: {', '.join(names[:_NAMED] + more)}")
    return lines or ["We have no studies to show you"]


def _line(text: str) -> list[str]:
    return [text] if text else ["Ask us"]


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]
