"""Every other public page."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.guides.models import Article
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.premises.models import Closure
from corneum.clinic.treatments.models import Concern, Evidence, Offer, Treatment
from tests.clinic.guides.test_guide_page import text_of
from tests.factories.cast import NOW, Cast, make_practitioner
from tests.factories.guides import make_treated, publish_sample

PAGES = (
    "/", "/treatments/", "/treatments/led/", "/concerns/", "/concerns/spots/", "/articles/",
    "/articles/microdermabrasion-or-a-light-peel/", "/team/", "/prices/", "/visit/", "/privacy/", "/accessibility/",
    "/complaints/", "/results/", "/registration/", "/questions/",
)  # fmt: skip
TEXTS = ("/robots.txt", "/sitemap.xml", "/feed.xml", "/.well-known/security.txt")
DASH = "\N{EN DASH}"


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_every_page_opens_for_anybody_at_either_clinic(client, cast: Cast) -> None:
    publish_sample(cast)
    pages = [prefix + page for prefix in ("", "/stockport") for page in (*PAGES, *TEXTS)]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert {page: client.post(page).status_code for page in pages} == dict.fromkeys(pages, 405)


def test_every_page_has_one_heading_a_short_title_a_description_and_its_own_address(client, cast: Cast) -> None:
    publish_sample(cast)

    for page in PAGES:
        content = client.get(page).content.decode()
        assert len(re.findall(r"<h1\b", content)) == 1, page
        title = between("<title>", "</title>", content)
        assert title.endswith(f" {DASH} Manchester"), page
        assert 10 < len(title) <= 60, page
        assert 50 < len(between('<meta name="description" content="', '"', content)) <= 155, page
        assert between('<link rel="canonical" href="', '"', content) == f"http://localhost:8000{page}"
        assert " style=" not in content, page


def between(before: str, after: str, content: str) -> str:
    return content.partition(before)[2].partition(after)[0]


def test_pages_open_before_anything_is_published(client, cast: Cast) -> None:
    gone = {"/treatments/led/", "/concerns/spots/", "/articles/microdermabrasion-or-a-light-peel/"}

    assert {page: client.get(page).status_code for page in PAGES} == {
        page: 404 if page in gone else 200 for page in PAGES
    }


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few(client, cast: Cast) -> None:
    lists = (
        "/",
        "/treatments/",
        "/concerns/",
        "/concerns/spots/",
        "/prices/",
        "/team/",
        "/articles/",
        "/sitemap.xml",
        "/questions/",
        "/registration/",
        "/feed.xml",
    )
    publish_sample(cast)
    few = asked(client, lists)
    for number in range(3):
        treatment = make_treated(f"Another {number}", order=20 + number)
        Offer.objects.create(clinic=cast.manchester, treatment=treatment, price_pence=100)
        make_practitioner(f"Somebody {number}", cast.manchester, [treatment], order=20 + number)
        concern = Concern.objects.create(slug=f"another-{number}", name="Another")
        for each in (concern, Concern.objects.get(slug="spots")):
            make_evidence(treatment, each)
        article = Article.objects.order_by("pk")[0]
        article.pk, article.ref, article.slug = None, f"{number:026d}", f"another-{number}"
        article.save()

    many = asked(client, lists)

    assert many == few


def asked(client, pages: Iterable[str]) -> dict[str, int]:
    """Count the queries of each page, opened once before so that nothing is counted that is asked only once."""
    found = {}
    for page in pages:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        found[page] = len(queries)
    return found


def make_evidence(treatment: Treatment, concern: Concern) -> None:
    Evidence.objects.create(
        treatment=treatment, concern=concern, says="Something", strength="weak", source="A paper",
        reviewed_on=date(2026, 3, 2),
    )  # fmt: skip


def test_home_says_what_is_treated_when_and_where(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get("/").content.decode()

    guides = re.findall(r'<h3><a href="(/treatments/[a-z-]+/)">', page)
    assert guides == [
        "/treatments/microdermabrasion/", "/treatments/superficial-peel/", "/treatments/microneedling/",
        "/treatments/ipl/", "/treatments/led/", "/treatments/care-at-home/",
    ]  # fmt: skip
    said = text_of(page)
    assert "1 Example Street Manchester M1 1AA" in said
    assert "Monday to Saturday 9am to 5pm" in said
    assert said.count("10am , Monday 9 March with Rosa Lindley") == 1


def test_treatments_are_listed_from_the_surface_down(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get("/treatments/").content.decode()

    heads = [text_of(head) for head in re.findall(r"<h[23][^>]*>.*?</h[23]>", page)]
    assert heads[:10] == [
        "On the surface", "1 Microdermabrasion", "In the outer layer", "2 Superficial peel", "Below the outer layer",
        "3 Microneedling", "4 IPL", "Nothing that goes in", "LED", "Care at home, or your GP first",
    ]  # fmt: skip


def test_concern_says_what_to_try_in_order_and_apart_what_does_not_help(client, cast: Cast) -> None:
    publish_sample(cast)

    shallow = client.get("/concerns/shallow-scars/").content.decode()
    deep = text_of(client.get("/concerns/deep-lines-and-scars/").content.decode())

    ways = re.search(r'<ol class="ways">(.*?)</ol>', shallow, re.DOTALL)
    assert ways
    said = [text_of(head) for head in re.findall(r"<h3>.*?</h3>", ways.group(1))]
    assert said == ["Leave them", "Calm the spots first", "Microneedling", "A light peel", "Microdermabrasion"]
    assert re.findall(r'<span class="sure ([a-z-]+)">', ways.group(1)) == ["moderate", "weak", "weak"]
    assert "A clinic, also here: £99 a session" in text_of(ways.group(1))
    assert "A skin specialist Skin specialist Narrow, deep scars need other means than ours." in deep
    assert "What does not Microdermabrasion No benefit found" in deep
    assert "Sample page." in deep


def test_concern_links_and_prices_only_what_this_clinic_gives(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get("/stockport/concerns/spots/").content.decode()

    said = text_of(page)
    assert "LED light A clinic, also here: £44 a session" in said
    assert "Microdermabrasion A clinic, not this one Only for blackheads" in said
    assert "/treatments/microdermabrasion/" not in page
    assert '<a href="/stockport/treatments/care-at-home/">Care at home</a>' in page


def test_article_is_shown_with_its_author_and_day_once_it_is_published(client, cast: Cast) -> None:
    publish_sample(cast)
    address = "/articles/what-happens-at-a-consultation/"

    said = text_of(client.get(address).content.decode())
    Article.objects.filter(slug="what-happens-at-a-consultation").update(published_at=NOW + timedelta(days=1))

    assert "Nadia Rahman, 9 March 2026" in said
    assert "Sample page." in said
    assert client.get(address).status_code == 404
    assert "What happens at a consultation" not in client.get("/articles/").content.decode()


def test_team_shows_valid_registrations_of_this_clinic_only_and_marks_samples(client, cast: Cast) -> None:
    Registration.objects.filter(practitioner=cast.rosa).update(is_sample=False)
    Registration.objects.filter(practitioner=cast.nadia).update(valid_until=date(2026, 3, 8))

    page = client.get("/team/").content.decode()

    assert re.findall(r"<h2>([^<]+)", page) == ["Rosa Lindley"]
    assert "Sample, not a real entry" not in page
    assert '"identifier":[{"@type":"PropertyValue","propertyID":"NMC","value":"00A0001E"}]' in page
    elsewhere = client.get("/stockport/team/").content.decode()
    assert "Sample, not a real entry" in elsewhere
    assert '"identifier":[]' in elsewhere


def test_prices_are_those_of_this_clinic(client, cast: Cast) -> None:
    publish_sample(cast)
    Treatment.objects.filter(pk=cast.microdermabrasion.pk).update(minutes=50)

    here = text_of(client.get("/prices/").content.decode())
    there = text_of(client.get("/stockport/prices/").content.decode())

    assert "Microdermabrasion 50 minutes £85" in here
    assert "Consultation 30 minutes £45 LED 20 minutes £44" in there
    assert "£85" not in there


def test_visit_says_the_hours_in_words_and_the_closed_days_ahead(client, cast: Cast) -> None:
    Closure.objects.create(clinic=cast.manchester, on=date(2026, 4, 3), reason="Good Friday")
    Closure.objects.create(clinic=cast.manchester, on=date(2026, 3, 6), reason="Gone by")
    Closure.objects.create(clinic=cast.stockport, on=date(2026, 3, 20), reason="Elsewhere")

    said = text_of(client.get("/visit/").content.decode())

    assert "Monday to Saturday 9am to 5pm Sunday Closed" in said
    assert "Closed days Friday 3 April 2026: Good Friday Making" in said
    assert "Gone by" not in said
    assert "Elsewhere" not in said


def test_policies_mark_what_the_clinic_must_fill_in(client, cast: Cast) -> None:
    for page in ("/privacy/", "/accessibility/", "/complaints/"):
        said = text_of(client.get(page).content.decode())
        assert "Sample text. The clinic fills in what stands in square brackets" in said
        assert re.search(r"\[[^\]]+\]", said)
        assert "hello@manchester.example" in said
