"""What each public page shows, gathered in a constant number of queries; the pages with times are booking's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.urls import reverse

from corneum.clinic.guides import queries, structured
from corneum.clinic.guides.cited import cited
from corneum.clinic.guides.compared import compare
from corneum.clinic.guides.facts import Offers, articles_with_facts, in_brief, with_facts
from corneum.clinic.guides.figure import figure_of, overview_of
from corneum.clinic.guides.models import Guide, Part
from corneum.clinic.guides.pictures import picture_of, pictures_in
from corneum.clinic.guides.prose import as_html
from corneum.clinic.practitioners import queries as practitioner_queries
from corneum.clinic.practitioners.models import Practitioner, Registration
from corneum.clinic.premises import queries as premises_queries
from corneum.clinic.premises.models import Premises
from corneum.clinic.treatments import queries as treatment_queries
from corneum.clinic.treatments.models import Choice, Concern, Evidence, Offer, Treatment
from corneum.domain.errors import NotFound
from corneum.platform.accounts.models import Clinic

Context = dict[str, Any]
TITLE_FITS = 60  # letters of a title that search engines show
DEPTHS = (  # in the order in which a reader goes down
    (Guide.Reach.SURFACE.value, "On the surface", "Takes off the outermost cells and stays there."),
    (Guide.Reach.EPIDERMIS.value, "In the outer layer", "Works within the epidermis."),
    (Guide.Reach.DERMIS.value, "Below the outer layer", "Goes into the dermis, and skin takes longer to settle."),
    ("", "Nothing that goes in", "Takes nothing off and goes into nothing: light, and care at home."),
)
OTHERS = 4  # articles named beside one
CLOSURES_TOLD = timedelta(days=60)  # how far ahead the page says on which days the clinic is closed


@dataclass(frozen=True, slots=True)
class Listed:
    """A treatment in a list: its offer here, unless nobody sells it, and its guide where there is one to read."""

    treatment: Treatment
    offer: Offer | None
    guide: Guide | None
    number: int = 0  # in the drawing of how deep each reaches; 0 for what is not in it


@dataclass(frozen=True, slots=True)
class Depth:
    """The treatments that reach one layer of the skin."""

    name: str
    says: str
    listed: list[Listed]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one treatment does for a concern, as far as anybody knows."""

    listed: Listed
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do about a concern: who gives it here, and what is known of it, where either is so."""

    choice: Choice
    listed: Listed | None
    answer: Answer | None


# --- the two pages with times -----------------------------------------------------------------


def home_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather the first page: what we treat, who we are, where we are."""
    premises = premises_queries.clinic_page(clinic)
    week = list(premises_queries.week_of(clinic))
    listed = _listed(clinic, at)
    people = list(practitioner_queries.shown_at(clinic, _today(clinic, at)))
    home = reverse("booking:home")
    return {
        **_around(premises),
        **_by_depth(listed),
        "consultation": _consultation(each.offer for each in listed if each.offer),
        "concerns": _concerns_here(listed),
        "people": people,
        "articles": articles_with_facts(queries.articles(at)[:2], _offers(clinic)),
        "clinic_hours": premises_queries.in_words(week),
        "closures": _closures(clinic, at),
        "title": _title(f"Skin clinic in {premises.town}", clinic),
        "ld": structured.as_script(
            structured.clinic_facts(clinic, premises, week, home),
            *structured.people_facts(people, home),
        ),
    }


def guide_context(clinic: Clinic, slug: str, *, at: datetime) -> Context:
    """
    Gather the guide to a treatment that the clinic offers, or to care that nobody sells.

    :raises NotFound: it offers no such treatment, or there is no guide to it
    """
    premises = premises_queries.clinic_page(clinic)
    offers = _offers(clinic)
    care = {treatment.slug: treatment for treatment in treatment_queries.care()}
    offer = next((each for each in offers.values() if each.treatment.slug == slug), None)
    treatment = offer.treatment if offer else care.get(slug)
    if treatment is None:
        raise NotFound
    guide = queries.guide_to(treatment, at)
    if offer:
        guide = with_facts(guide, offer)
    beside = list(guide.beside.all())
    guides = {key: in_brief(each, offers.get(key)) for key, each in queries.guides_to(beside, at).items()}
    evidence = treatment_queries.evidence_of_all([guide.treatment, *beside])
    known = sorted(evidence[guide.treatment_id], key=lambda row: row.order)
    people = list(_who_gives(treatment, clinic, at)) if offer else []
    crumbs = [("Treatments", reverse("guides:treatments")), (treatment.name, reverse("booking:guide", args=[slug]))]
    return {
        **_around(premises),
        "offer": offer,
        "treatment": treatment,
        "guide": guide,
        "card": reverse("guides:card_of", args=["treatments", slug]),
        "is_overdue": guide.review_due_on < _today(clinic, at),
        **_parts(guide),
        "evidence": list(zip(known, cited(row.source for row in known), strict=True)),
        "figure": figure_of(guide, [guides[each.pk] for each in beside if each.pk in guides]),
        "comparison": compare(guide, beside, guides=guides, offers=offers, evidence=evidence, care=care),
        "picture": picture_of(guide.picture),
        "people": people,
        "consultation": _consultation(offers.values()) if offer else None,
        "crumbs": crumbs,
        "title": _title(f"{guide.title} in {premises.town}", clinic, or_else=guide.title),
        "ld": structured.as_script(structured.guide_facts(guide), structured.crumb_facts(crumbs)),
    }


# --- treatments and concerns ------------------------------------------------------------------


def treatments_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather what the clinic gives, by how deep it reaches, and the concerns it may help."""
    listed = _listed(clinic, at)
    found = _by_depth(listed)
    return {
        **found,
        "depths": [
            Depth(name, says, reaching)
            for reach, name, says in DEPTHS
            if (reaching := [each for each in found["listed"] if each.guide and each.guide.reach == reach])
        ],
        "consultation": _consultation(each.offer for each in listed if each.offer),
        "concerns": _concerns_here(listed),
    }


def concerns_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather everything that readers see in the mirror and the clinic has something to say about."""
    return {**_around(premises_queries.clinic_page(clinic)), "concerns": _concerns_here(_listed(clinic, at))}


def concern_context(clinic: Clinic, slug: str, *, at: datetime) -> Context:
    """
    Gather what each treatment given here does for one concern.

    :raises NotFound: there is no such concern
    """
    concern = treatment_queries.concern_called(slug)
    listed = {each.treatment.pk: each for each in _listed(clinic, at)}
    rows = [row for row in treatment_queries.evidence_about(concern) if row.treatment_id in listed]
    answers = [Answer(listed[row.treatment_id], row) for row in sorted(rows, key=_strongest_first)]
    studied = {answer.evidence.treatment_id: answer for answer in answers}
    ways = [
        Way(choice, listed.get(choice.treatment_id or 0), studied.get(choice.treatment_id or 0))
        for choice in treatment_queries.choices_about(concern)
    ]
    named = {way.choice.treatment_id for way in ways}
    reviewed_on = max((row.reviewed_on for row in rows), default=None)
    crumbs = [
        ("Concerns", reverse("guides:concerns")),
        (concern.name, reverse("guides:concern", args=[slug])),
    ]
    return {
        "concern": concern,
        "card": reverse("guides:card_of", args=["concerns", slug]),
        "reviewed_on": reviewed_on,
        "ways": ways,
        "may_help": [
            answer
            for answer in answers
            if answer.evidence.strength != Evidence.Strength.AGAINST and answer.evidence.treatment_id not in named
        ],
        "is_sample": any(answer.listed.guide and answer.listed.guide.is_sample for answer in answers),
        "does_not": [answer for answer in answers if answer.evidence.strength == Evidence.Strength.AGAINST],
        "crumbs": crumbs,
        "ld": structured.as_script(
            structured.concern_facts(concern, reviewed_on=reviewed_on),
            structured.crumb_facts(crumbs),
        ),
    }


# --- people, prices, the way here ---------------------------------------------------------------


def team_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather who treats at the clinic."""
    people = list(practitioner_queries.shown_at(clinic, _today(clinic, at)))
    return {
        "people": people,
        "ld": structured.as_script(*structured.people_facts(people, reverse("booking:home"))),
    }


def prices_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather every price."""
    listed = [each for each in _listed(clinic, at) if each.offer]
    offers = [each.offer for each in listed if each.offer and each.offer.price_pence]
    return {"listed": listed, "ld": structured.as_script(structured.price_facts(offers)) if offers else ""}


def visit_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather where the clinic is, when it is open and how to get there."""
    premises = premises_queries.clinic_page(clinic)
    week = list(premises_queries.week_of(clinic))
    return {
        **_around(premises),
        "clinic_hours": premises_queries.in_words(week),
        "closed_days": [
            name for number, name in enumerate(premises_queries.WEEKDAYS) if number not in {row.weekday for row in week}
        ],
        "closures": _closures(clinic, at),
        "title": _title(f"Visit us in {premises.town}", clinic),
        "ld": structured.as_script(structured.clinic_facts(clinic, premises, week, reverse("booking:home"))),
    }


def policy_context(clinic: Clinic) -> Context:
    """Gather what the pages about privacy, accessibility and results name: the clinic and how to write to it."""
    return _around(premises_queries.clinic_page(clinic))


def registration_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather who keeps each register that somebody here is on, and who here is on it."""
    people = list(practitioner_queries.shown_at(clinic, _today(clinic, at)))
    kept: dict[str, list[tuple[Practitioner, Registration]]] = {}
    for person in people:
        for entry in practitioner_queries.registrations_shown(person):
            kept.setdefault(entry.body, []).append((person, entry))
    return {
        **policy_context(clinic),
        "registers": [kept[body] for body in Registration.Body.values if body in kept],
    }


def questions_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather the questions that the guides of this clinic answer, by guide, with the facts of this clinic in them."""
    guided = [(each.guide, each.offer) for each in _listed(clinic, at) if each.guide]
    prefetch_related_objects([guide for guide, _ in guided], "parts")
    filled = [with_facts(guide, offer) if offer else guide for guide, offer in guided]
    asked = [(guide, [part for part in guide.parts.all() if part.kind == Part.Kind.QUESTION]) for guide in filled]
    answers = [(part.title, part.text) for _, parts in asked for part in parts]
    return {
        **policy_context(clinic),
        "asked": [(guide, parts) for guide, parts in asked if parts],
        "ld": structured.as_script(structured.question_facts(answers)) if answers else "",
    }


# --- articles ---------------------------------------------------------------------------------


def articles_context(clinic: Clinic, *, at: datetime) -> Context:
    """Gather every article."""
    return {"articles": articles_with_facts(queries.articles(at), _offers(clinic))}


def article_context(clinic: Clinic, slug: str, *, at: datetime) -> Context:
    """
    Gather one article.

    :raises NotFound: none of that name is published
    """
    [article] = articles_with_facts([queries.article_called(slug, at)], _offers(clinic))
    crumbs = [("Articles", reverse("guides:articles")), (article.title, reverse("guides:article", args=[slug]))]
    return {
        "article": article,
        "card": reverse("guides:card_of", args=["articles", slug]),
        "is_overdue": article.review_due_on is not None and article.review_due_on < at.date(),
        "others": queries.articles(at).exclude(pk=article.pk)[:OTHERS],
        "body": as_html(article.body, pictures_in(article.body)),
        "crumbs": crumbs,
        "ld": structured.as_script(
            structured.article_facts(article, path=crumbs[-1][1]), structured.crumb_facts(crumbs)
        ),
    }


# --- between the pages ------------------------------------------------------------------------


def _around(premises: Premises) -> Context:
    """Give the page its address, and the layout around it the same one, so that it is not asked for twice."""
    return {"premises": premises, "clinic_page": premises}


def _today(clinic: Clinic, at: datetime) -> date:
    return at.astimezone(ZoneInfo(clinic.zone)).date()


def _offers(clinic: Clinic) -> Offers:
    return {offer.treatment_id: offer for offer in treatment_queries.offers_at(clinic)}


def _listed(clinic: Clinic, at: datetime) -> list[Listed]:
    """List what the clinic offers, and after it the care that nobody sells and about which there is something to read."""
    offers = list(treatment_queries.offers_at(clinic))
    care = list(treatment_queries.care())
    prices = {offer.treatment_id: offer for offer in offers}
    found = queries.guides_to([*(offer.treatment for offer in offers), *care], at)
    guides = {key: in_brief(guide, prices.get(key)) for key, guide in found.items()}
    sold = [Listed(offer.treatment, offer, guides.get(offer.treatment_id)) for offer in offers]
    return [*sold, *(Listed(each, None, guides[each.pk]) for each in care if each.pk in guides)]


def _by_depth(listed: Sequence[Listed]) -> Context:
    """Put what has a guide in the order of the layers it reaches, and number what the drawing shows."""
    reaches = [reach for reach, _, _ in DEPTHS]
    guided = sorted(
        ((each.guide, each) for each in listed if each.guide), key=lambda pair: reaches.index(pair[0].reach)
    )
    figure = overview_of([guide for guide, _ in guided])
    numbers = {column.guide.pk: column.number for column in figure.columns} if figure else {}
    return {
        "figure": figure,
        "listed": [replace(each, number=numbers.get(guide.pk, 0)) for guide, each in guided],
    }


def _concerns_here(listed: Sequence[Listed]) -> list[Concern]:
    """Find the concerns about which something given here has been studied."""
    return list(treatment_queries.concerns_studied(each.treatment for each in listed))


def _consultation(offers: Iterable[Offer]) -> Offer | None:
    return next((offer for offer in offers if offer.treatment.is_bookable_online), None)


def _who_gives(treatment: Treatment, clinic: Clinic, at: datetime) -> Sequence[Practitioner]:
    today = _today(clinic, at)
    may = practitioner_queries.may_give(treatment, today).values("pk")
    return list(practitioner_queries.shown_at(clinic, today).filter(pk__in=may))


def _closures(clinic: Clinic, at: datetime) -> list[Any]:
    today = _today(clinic, at)
    return list(premises_queries.closures_of(clinic, today, today + CLOSURES_TOLD))


def _parts(guide: Guide) -> Context:
    found: dict[str, list[Any]] = {"steps": [], "waits": [], "risks": [], "questions": []}
    for part in guide.parts.all():
        found[f"{part.kind}s"].append(part)
    return found


def _strongest_first(row: Evidence) -> tuple[int, int]:
    return [choice.value for choice in Evidence.Strength].index(Evidence.Strength(row.strength)), row.treatment.order


def _title(title: str, clinic: Clinic, *, or_else: str = "") -> str:
    """Keep to what search engines show; the layout adds the clinic's name."""
    return title if len(f"{title} - {clinic.name}") <= TITLE_FITS else (or_else or title)
