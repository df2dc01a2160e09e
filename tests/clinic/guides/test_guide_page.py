"""The guide: facts from the treatment, evidence with its strength, real times, and nothing that cannot be kept."""

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneum.clinic.booking.models import Draft
from corneum.clinic.diary import queries as diary_queries
from corneum.clinic.guides.models import Guide, Part, Picture
from corneum.clinic.practitioners.models import Registration
from corneum.clinic.premises.models import OpeningHours
from corneum.clinic.treatments.models import Concern, Evidence, Offer, Treatment
from tests.factories.cast import NOW, Cast
from tests.factories.guides import publish_sample

PAGE = "/treatments/microdermabrasion/"
LED = "/treatments/led/"


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(page: str) -> str:
    """Read a page as a person does: no markup, no data for machines, single spaces."""
    shown = re.sub(r"<(script|title|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def test_guide_shows_the_facts_of_the_treatment_and_of_this_clinics_offer(client, cast: Cast) -> None:
    publish_sample(cast)
    treatment = cast.microdermabrasion

    before = text_of(client.get(PAGE).content.decode())
    treatment.minutes, treatment.feels_like, treatment.course = 75, "A soft brush", "Just two"
    treatment.save()
    Offer.objects.filter(clinic=cast.manchester, treatment=treatment).update(price_pence=12345)
    after = text_of(client.get(PAGE).content.decode())

    assert "Takes About 45 minutes" in before
    assert "Price £85 a session" in before
    assert "Takes About 1 hour 15 minutes Feels like A soft brush Course Just two Price £123.45 a session" in after
    # the same facts once more, in the comparison
    assert after.count("Just two") == 2
    assert after.count("£123.45 a session") == 2
    assert "£85" not in after


def test_guide_shows_every_piece_of_evidence_with_its_strength_and_source(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get(PAGE).content.decode()

    rows = re.findall(r'<h3><a href="([^"]+)">([^<]+)</a></h3>\s*<span class="sure ([a-z-]+)">([^<]+)</span>', page)
    kept = Evidence.objects.filter(treatment=cast.microdermabrasion).select_related("concern").order_by("order")
    words = {"weak": "Weak evidence", "very-weak": "Very weak evidence", "against": "No benefit found"}
    assert rows == [
        (f"/concerns/{row.concern.slug}/", row.concern.name, row.strength, words[row.strength]) for row in kept
    ]
    said = text_of(page)
    assert [row.says for row in kept if row.says not in said] == []
    studies = {study.partition(")")[0] for row in kept for study in row.source.rstrip(".").split("; ")}
    assert [study for study in studies if "NICE" not in study and said.count(study) != 1] == []


def test_guide_shows_every_part_in_its_section(client, cast: Cast) -> None:
    publish_sample(cast)

    said = text_of(client.get(PAGE).content.decode())

    parts = Part.objects.filter(guide__treatment=cast.microdermabrasion)
    assert [part.title for part in parts if part.title not in said] == []
    assert [part.text for part in parts if part.text not in said] == []
    assert "Page last reviewed by Nadia Rahman on 2 March 2026. Next review due March 2027." in said


def test_guide_compares_with_other_treatments_and_with_what_nobody_sells(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get(PAGE).content.decode()

    head = page.partition("<thead>")[2].partition("<tbody>")[0]
    heads = re.findall(r"<th\b[^>]*>(.*?)(?=<th\b|$)", head, re.DOTALL)
    assert [text_of(head) for head in heads] == [
        "Microdermabrasion This page", "Superficial peel", "Microneedling", "Care at home", "Doing nothing",
    ]  # fmt: skip
    rows = [text_of(head) for head in re.findall(r"<tr><th>(.*?)<td>", page)]
    assert rows == [
        "What it does", "What it may help, and how sure that is", "Sessions", "Settling", "Main risks", "Price",
    ]  # fmt: skip
    assert '<a href="/treatments/superficial-peel/">Superficial peel</a>' in page


def test_guide_is_marked_as_a_sample_until_it_is_not_one(client, cast: Cast) -> None:
    publish_sample(cast)

    sample = text_of(client.get(PAGE).content.decode())
    Guide.objects.update(is_sample=False)
    approved = text_of(client.get(PAGE).content.decode())

    assert "Sample page. The clinical wording is an example." in sample
    assert "Sample page." not in approved


def test_guide_says_when_its_review_is_overdue(client, cast: Cast) -> None:
    publish_sample(cast)
    Guide.objects.update(reviewed_on=date(2025, 3, 1), review_due_on=date(2026, 3, 8))

    said = text_of(client.get(PAGE).content.decode())

    assert "Its next review was due on 8 March 2026; ask us whether anything has changed." in said


def test_guide_names_who_treats_with_register_number_and_the_day_it_was_checked(client, cast: Cast) -> None:
    publish_sample(cast)
    Registration.objects.filter(practitioner=cast.rosa).update(
        is_sample=False, checked_at=NOW - timedelta(days=7), checked_by=cast.owen
    )

    said = text_of(client.get(PAGE).content.decode())

    assert "Rosa Lindley , registered nurse NMC register 00A0001E Register checked 2 March 2026" in said
    assert "Nadia Rahman , registered nurse NMC register 00A0002E Sample, not a real entry" in said
    assert "Sian Howell" not in said


def test_guide_leaves_out_who_is_not_registered_today(client, cast: Cast) -> None:
    publish_sample(cast)
    Registration.objects.filter(practitioner=cast.rosa).update(valid_until=NOW.date() - timedelta(days=1))

    said = text_of(client.get(PAGE).content.decode())

    assert "Rosa Lindley" not in said
    assert "00A0001E" not in said
    assert "Nadia Rahman" in said


# --- times --------------------------------------------------------------------------------------


def test_guide_shows_times_that_the_diary_offers_with_day_and_person_in_their_names(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get(PAGE).content.decode()

    (form,) = re.findall(r'<form method="post" action="/book/consultation/hold/">(.*?)</form>', page, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    assert set(fields) == {"csrfmiddlewaretoken", "press", "about"}
    assert (fields["about"], len(fields["press"])) == ("microdermabrasion", 26)
    days = diary_queries.next_openings(clinic=cast.manchester, treatment=cast.consultation, at=NOW, days=2, per_day=999)
    for line, day, person in zip(form.split("<li>")[1:], days, (cast.rosa, cast.nadia), strict=True):
        buttons = re.findall(
            r'<button class="slot" name="starts" value="(\d+)\.([a-z-]+)">([^<]+)<span class="sr">([^<]+)', line
        )
        assert len(buttons) == 3
        offered = {time.starts for time in day.times if person.pk in time.practitioner_ids}
        assert {int(starts) for starts, _, _, _ in buttons} <= offered
        named = f", {day.day:%A} {day.day.day} March with {person.name}"
        assert {(who, rest) for _, who, _, rest in buttons} == {(person.slug, named)}
    first = re.search(r'<button class="slot" name="starts" value="[^"]+">([^<]+)<', page)
    assert first
    assert first.group(1) == "10am"  # two hours' notice from eight


def test_guide_times_are_pressed_into_a_draft(client, cast: Cast) -> None:
    publish_sample(cast)
    page = client.get(PAGE).content.decode()
    form = re.search(r'<form method="post" action="(/book/consultation/hold/)">(.*?)</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.group(2)))
    starts = re.search(r'name="starts" value="(\d+\.nadia-rahman)"', form.group(2))
    assert starts

    answer = client.post(form.group(1), {**fields, "starts": starts.group(1)})

    assert answer.status_code == 303
    assert answer["Location"].startswith("/book/d/")
    assert Draft.objects.get().practitioner == cast.nadia


def test_guide_says_so_when_nothing_is_free(client, cast: Cast) -> None:
    publish_sample(cast)
    OpeningHours.objects.all().delete()

    said = text_of(client.get(PAGE).content.decode())

    assert "Nothing is free online in the next 60 days. Ring us, or ask us to tell you when a time opens." in said
    assert "Rather talk? 0161 496 0000" in said


# --- who may see it -----------------------------------------------------------------------------


def test_guide_to_what_this_clinic_does_not_offer_is_not_there(client, cast: Cast) -> None:
    publish_sample(cast)

    assert client.get(f"/stockport{LED}").status_code == 200
    assert client.get(f"/stockport{PAGE}").status_code == 404


def test_guide_that_is_not_published_yet_is_not_there(client, cast: Cast) -> None:
    publish_sample(cast)
    Guide.objects.filter(treatment=cast.microdermabrasion).update(published_at=NOW + timedelta(minutes=1))

    assert client.get(PAGE).status_code == 404
    assert client.get("/treatments/consultation/").status_code == 404
    assert client.get("/treatments/no-such-thing/").status_code == 404


def test_guide_at_another_clinic_shows_that_clinics_price_people_and_addresses(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get(f"/stockport{LED}").content.decode()

    assert "Price £44 a session" in text_of(page)
    assert 'action="/stockport/book/consultation/hold/"' in page
    assert "/stockport/visit/" in page
    assert [
        link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/stockport/", "/static/"))
    ] == []
    assert "Rosa" not in page


# --- weight, search engines ----------------------------------------------------------------------


def test_guide_asks_the_database_as_often_for_three_rows_as_for_one(client, cast: Cast) -> None:
    publish_sample(cast)
    Evidence.objects.filter(treatment=cast.microdermabrasion).exclude(concern__slug="spots").delete()
    Part.objects.filter(order__gt=1).delete()
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE)
    publish = Evidence.objects.get(treatment=cast.microdermabrasion)
    for number, slug in enumerate(("fine-lines", "melasma")):
        Evidence.objects.create(
            treatment=cast.microdermabrasion, concern=Concern.objects.get(slug=slug), says="Something", strength="weak",
            source="A paper", reviewed_on=publish.reviewed_on, order=number,
        )  # fmt: skip
    Part.objects.bulk_create(
        Part(guide=Guide.objects.get(treatment=cast.microdermabrasion), kind=kind, title="Another", order=9)
        for kind in Part.Kind.values
    )

    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)

    assert len(many) == len(few)
    assert len(many) <= 32


def test_guide_is_light_and_needs_no_inline_style_or_script(client, cast: Cast) -> None:
    """The fullest guide, with every fact filled in, and with a picture."""
    publish_sample(cast)
    tip = Picture.objects.create(name="Tip", alt="A hand-held tip is passed over a cheek", added_at=NOW)
    tip.renditions.create(shape="wide", width=960, height=640, kind="jpeg", content=b"-")
    Guide.objects.update(is_sample=False, picture=tip)
    Treatment.objects.update(
        summary="Fine crystals and light suction take off the dead outer cells of the skin.",
        feels_like="A fine scrub with light suction", afterwards="Pink or warm, usually for hours, up to a day",
        time_off="Most people need none", course="Often 6, two weeks apart",
    )  # fmt: skip
    Registration.objects.update(is_sample=False, checked_at=NOW, checked_by=cast.owen)

    sent = client.get(PAGE, headers={"Accept-Encoding": "gzip"})

    # As it is served: the sheets joined into one file.
    content = re.sub(rb'(<link rel="stylesheet" href="[^"]*">)+', rb"\1", gzip.decompress(sent.content))
    assert len(sent.content) < 12 * 1024
    assert len(content) <= 20 * 1024
    page = content.decode()
    assert 'width="960" height="640" alt="A hand-held tip' in page
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"\son\w+=", page) == []
    scripts = re.findall(r"<script\b([^>]*)>", page)
    assert [tag for tag in scripts if "src=" not in tag] == [' type="application/ld+json"']


def test_guide_tells_search_engines_what_it_tells_readers(client, cast: Cast) -> None:
    publish_sample(cast)

    page = client.get(PAGE).content.decode()

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found.group(1))
    by_type = {thing["@type"]: thing for thing in data["@graph"]}
    assert data["@context"] == "https://schema.org"
    assert set(by_type) == {"MedicalWebPage", "BreadcrumbList"}
    about = by_type["MedicalWebPage"]
    assert (about["lastReviewed"], about["reviewedBy"]["name"]) == ("2026-03-02", "Nadia Rahman")
    assert about["about"]["howPerformed"] in text_of(page)
    crumbs = by_type["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [(1, "Treatments"), (2, "Microdermabrasion")]
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    assert canonical == [f"http://localhost:8000{PAGE}"]
    assert [crumb.get("item") for crumb in crumbs] == ["http://localhost:8000/treatments/", None]


def test_guide_text_cannot_end_the_data_for_search_engines(client, cast: Cast) -> None:
    publish_sample(cast)
    Guide.objects.update(title="</script><script>alert(1)</script>")

    page = client.get(PAGE).content.decode()

    assert "<script>alert(1)" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    assert json.loads(found.group(1))["@graph"][0]["name"] == "</script><script>alert(1)</script>"
