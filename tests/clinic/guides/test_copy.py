"""Every public page, as a reader gets it, says nothing that advertising rules do not accept."""

import re
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from corneum.clinic.guides import for_machines
from corneum.domain.wording import check
from tests.factories import guides
from tests.factories.addresses import ADDRESSES, Address
from tests.factories.cast import NOW, Cast

pytestmark = pytest.mark.django_db

AREAS = ("guides:", "enquiries:", "complaints:")
# Words of a page that are not about treatments; each stands with its reason.
ANSWERED: dict[tuple[str, str], str] = {}


def read(html: str) -> str:
    """Give the words of a page, without its markup, its scripts and its drawings."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    described = " ".join(re.findall(r'<meta name="description" content="([^"]*)"', html))
    return " ".join(unescape(f"{re.sub(r'<[^>]+>', ' ', bare)} {described}").replace("\u00ad", "").split())


def test_no_public_page_says_what_is_not_accepted(cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        guides.publish_sample(cast)
        plain = [
            reverse(name)
            for name, row in ADDRESSES.items()
            if row.who == "public"
            and name.startswith(AREAS)
            and row.sample is Address("public").sample  # nothing in it
        ]
        found = [path for path, _day in for_machines.sitemap(cast.manchester, at=NOW)]
        paths = sorted({*plain, *found})
        answers = {path: Client().get(path) for path in paths}
        said = {
            path: read(answer.content.decode())
            for path, answer in answers.items()
            if not answer["Content-Type"].startswith("image/")
        }

    marked = {(path, hit.word) for path, text in said.items() for hit in check(text)}
    assert marked - ANSWERED.keys() == set()
    assert len(said) > 20
    assert all(len(text) > 20 for text in said.values())
