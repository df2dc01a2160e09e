"""What programs are told is what people read: structured data, the sitemap, the feed, whom to tell of a hole."""

import json
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from PIL import Image

from corneum.clinic.guides.card import card
from corneum.clinic.guides.models import Article
from corneum.clinic.practitioners.models import Registration
from tests.clinic.guides.test_guide_page import text_of
from tests.factories.cast import NOW, Cast
from tests.factories.guides import publish_sample

SITE = "http://localhost:8000"
MAPPED = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
ATOM = {"a": "http://www.w3.org/2005/Atom"}
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What a page says without words: its language, its country, the sign before its prices, how many crumbs there are.
UNSAID = {"@context", "@type", "@id", "url", "item", "position", "inLanguage", "addressCountry", "priceCurrency"}


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def facts_of(page: str) -> list[dict[str, Any]]:
    """Read the structured data of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(found.group(1))["@graph"] if found else []


def values(fact: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every value of structured data with the name that it goes by."""
    if isinstance(fact, dict):
        for name, inner in fact.items():
            if name not in UNSAID:
                yield from values(inner, name)
    elif isinstance(fact, list):
        for inner in fact:
            yield from values(inner, key)
    else:
        yield key, str(fact)


def as_read(key: str, value: str) -> str:
    """Write a value the way a page writes it for people."""
    if key in {"lastReviewed", "datePublished"}:
        on = date.fromisoformat(value)
        return f"{on.day} {on:%B %Y}"
    if key in {"opens", "closes"}:
        clock = time.fromisoformat(value)
        return f"{clock:%I:%M%p}".lower().lstrip("0").replace(":00", "")
    if key == "price":
        return f"£{value}".removesuffix(".00")
    if key == "telephone":
        return re.sub(r"^\+44(\d{3})(\d{3})(\d{4})$", r"0\1 \2 \3", value)
    return " ".join(value.split())


def read_days(said: str) -> str:
    """Write out the days between two, so that each of them can be found."""
    for first, last in re.findall(rf"({'|'.join(WEEK)}) to ({'|'.join(WEEK)})", said):
        said += " " + " ".join(WEEK[WEEK.index(first) : WEEK.index(last) + 1])
    return said


def test_structured_data_says_nothing_that_the_page_does_not(client, cast: Cast) -> None:
    publish_sample(cast)
    Registration.objects.update(is_sample=False)
    pages = {
        "/": {"MedicalClinic", "Person"}, "/visit/": {"MedicalClinic"}, "/team/": {"Person"},
        "/treatments/microdermabrasion/": {"MedicalWebPage", "BreadcrumbList"},
        "/concerns/spots/": {"MedicalWebPage", "BreadcrumbList"}, "/prices/": {"OfferCatalog"},
        "/questions/": {"FAQPage"}, "/articles/what-happens-at-a-consultation/": {"Article", "BreadcrumbList"},
    }  # fmt: skip

    for path, types in pages.items():
        page = client.get(path).content.decode().replace("\u00ad", "")  # where a long word may break
        facts = facts_of(page)
        described = re.search(r'<meta name="description" content="([^"]*)"', page)
        said = read_days(f"{text_of(page)} {described and text_of(described[1])}")
        assert {fact["@type"] for fact in facts} == types, path
        assert [(key, value) for key, value in values(facts) if as_read(key, value) not in said] == [], path


def test_structured_prices_are_those_of_this_clinic_and_this_clinics_alone(client, cast: Cast) -> None:
    publish_sample(cast)

    [catalogue] = facts_of(client.get("/stockport/prices/").content.decode())

    offers = {each["itemOffered"]["name"]: each["price"] for each in catalogue["itemListElement"]}
    assert offers == {"Consultation": "45.00", "LED": "44.00"}


def test_robots_are_kept_off_the_desk_and_shown_every_sitemap(client, cast: Cast) -> None:
    answer = client.get("/robots.txt")

    lines = answer.content.decode().split("\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /desk/" in lines
    assert [line for line in lines if line.startswith("Sitemap: ")] == [
        "Sitemap: http://localhost:8000/sitemap.xml", "Sitemap: http://localhost:8000/stockport/sitemap.xml",
    ]  # fmt: skip


def test_sitemap_lists_pages_that_open_with_the_day_on_which_somebody_looked_at_them(client, cast: Cast) -> None:
    publish_sample(cast)
    Article.objects.filter(slug="what-happens-at-a-consultation").update(reviewed_on=date(2026, 3, 8))

    root = ET.fromstring(client.get("/stockport/sitemap.xml").content)

    found = {
        url.findtext("s:loc", namespaces=MAPPED): url.findtext("s:lastmod", namespaces=MAPPED)
        for url in root.findall("s:url", MAPPED)
    }
    assert found[f"{SITE}/stockport/treatments/led/"] == "2026-03-02"
    assert found[f"{SITE}/stockport/concerns/spots/"] is not None
    assert found[f"{SITE}/stockport/articles/what-happens-at-a-consultation/"] == "2026-03-09"  # published after it
    assert found[f"{SITE}/stockport/prices/"] is None  # nobody wrote down when
    assert f"{SITE}/stockport/treatments/microdermabrasion/" not in found
    for address in found:
        assert address
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_feed_brings_published_articles_whole_and_knows_each_whatever_its_address(client, cast: Cast) -> None:
    publish_sample(cast)
    renamed = Article.objects.get(slug="what-happens-at-a-consultation")
    Article.objects.filter(pk=renamed.pk).update(title="Fish & chips <b>", body="Two *words* & <script>x</script>")
    Article.objects.exclude(pk=renamed.pk).update(published_at=NOW + timedelta(days=1))

    before = ET.fromstring(client.get("/feed.xml").content)
    Article.objects.filter(pk=renamed.pk).update(slug="another-name")
    after = ET.fromstring(client.get("/feed.xml").content)

    [entry], [again] = before.findall("a:entry", ATOM), after.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Fish & chips <b>"
    content = entry.findtext("a:content", namespaces=ATOM) or ""
    assert "<em>words</em> &amp;" in content
    assert "<script>" not in content
    assert entry.findtext("a:updated", namespaces=ATOM) == before.findtext("a:updated", namespaces=ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == again.findtext("a:id", namespaces=ATOM)
    link = again.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"{SITE}/articles/another-name/"


def test_security_txt_names_somebody_for_half_a_year(client, cast: Cast, settings) -> None:
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())

    assert lines == {
        "Contact": f"mailto:{cast.manchester.premises.email}", "Expires": "2026-09-05T00:00:00Z",
        "Preferred-Languages": "en", "Canonical": f"{SITE}/.well-known/security.txt",
    }  # fmt: skip
    settings.SECURITY_CONTACT = "https://security.example/report"
    assert "Contact: https://security.example/report\n" in client.get("/.well-known/security.txt").content.decode()


def test_registration_says_who_keeps_which_register_and_marks_samples(client, cast: Cast) -> None:
    Registration.objects.filter(practitioner=cast.rosa).update(is_sample=False)

    page = client.get("/registration/").content.decode()
    said = text_of(page)

    assert "Nursing and Midwifery Council (NMC)" in said
    assert "number 00A0001E" in said
    assert said.count("Sample, not a real entry") == 1
    assert 'href="https://www.nmc.org.uk/registration/search-the-register/"' in page
    assert "GMC register" not in said


def test_shared_page_has_a_card_of_its_own_drawn_here(client, cast: Cast) -> None:
    publish_sample(cast)

    for path in (
        "/treatments/led/",
        "/stockport/concerns/spots/",
        "/articles/what-happens-at-a-consultation/",
        "/team/",
    ):
        named = re.findall(r'<meta property="og:image" content="([^"]+)">', client.get(path).content.decode())
        assert len(named) == 1
        answer = client.get(named[0].removeprefix(SITE))
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=86400")
        assert Image.open(BytesIO(answer.content)).size == (1200, 630)
        assert len(answer.content) < 60_000


def test_card_is_drawn_of_nothing_but_a_page_that_may_be_read_here(client, cast: Cast) -> None:
    publish_sample(cast)
    Article.objects.update(published_at=NOW + timedelta(days=1))

    paths = ("treatments/win-a-prize", "articles/what-happens-at-a-consultation", "concerns/nothing")
    assert [client.get(f"/card/{path}.png").status_code for path in paths] == [404, 404, 404]
    assert client.get("/stockport/card/treatments/microdermabrasion.png").status_code == 404


@pytest.mark.parametrize("title", ["", "x" * 300, "What happens at a consultation " * 9, "Łódź \u202e مرحبا 🙂"])
def test_card_takes_any_title(title: str) -> None:
    assert Image.open(BytesIO(card(title, "A clinic", "Town"))).size == (1200, 630)
