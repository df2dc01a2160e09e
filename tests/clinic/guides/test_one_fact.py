"""One fact, one place: a treatment's minutes are changed once and read everywhere; no text keeps a second copy."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from corneum.clinic.guides import sample
from corneum.clinic.guides.actions import publish_guide
from corneum.clinic.guides.written import GuideWritten, PartWritten
from corneum.domain.facts import copies
from corneum.platform.accounts.actors import Actor
from tests.factories import booking
from tests.factories.cast import NOW, Cast
from tests.factories.diary import minute
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.django_db


def test_minutes_are_changed_once_and_read_everywhere(cast: Cast) -> None:
    consultation = cast.consultation
    written = GuideWritten(
        treatment="consultation", title="A consultation", lead="It takes {minutes} and costs {price}.",
        description="What happens in {minutes}.", depth="In {minutes}", risks_in_short="For {price}, redness",
        parts=(PartWritten("question", "How long are {minutes}?", "Exactly {minutes}."),),
    )  # fmt: skip
    with time_machine.travel(NOW, tick=False):
        publish_guide(
            treatment=consultation, written=written, reviewed_by=cast.nadia, reviewed_on=date(2026, 3, 2),
            review_due_on=date(2027, 3, 1), is_sample=False, by=Actor.system("test"), at=NOW,
        )  # fmt: skip
        desk = DeskClient()
        desk.force_login(cast.owen)
        needs = {
            f"length-need{need.pk}-{side}": "0" for need in consultation.needs.all() for side in ("before", "after")
        }
        saved = desk.post("/desk/clinic/treatments/consultation/length/", {"length-minutes": "50", **needs})
        assert saved.status_code == 303
        guide = booking.text_of(Client().get("/treatments/consultation/"))
        home = booking.text_of(Client().get("/"))
        prices = booking.text_of(Client().get("/prices/"))
        visit = booking.book(Client(), minute("2026-03-10T10:00"))
        file = Client().get(reverse("booking:calendar", args=[visit.code])).content

    assert "It takes 50 minutes and costs £45." in guide
    assert "How long are 50 minutes? Exactly 50 minutes." in guide
    assert "Takes About 50 minutes" in guide
    assert "In 50 minutes." in home
    assert "Consultation 50 minutes" in prices
    assert visit.ends - visit.starts == 50
    event = booking.event_in(file)
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 50 * 60


def test_no_sample_page_keeps_a_copy_of_its_treatments_minutes_or_price() -> None:
    """The demonstration's own lengths and prices, for which the texts were written."""
    lengths = {
        "consultation": (30, 2500),
        "microdermabrasion": (30, 8500),
        "superficial-peel": (45, 11000),
        "microneedling": (60, 19500),
        "led": (20, 4500),
    }
    said = [(guide.treatment, guide.texts()) for guide in sample.GUIDES]
    said += [(each.about, [each.title, each.lead, each.description, each.body]) for each in sample.ARTICLES]
    typed = {
        treatment: [copy.word for text in texts for copy in copies(text, minutes=m, prices=frozenset({p}))]
        for treatment, texts in said
        if treatment in lengths
        for m, p in [lengths[treatment]]
    }

    assert typed == {name: [] for name in lengths}
