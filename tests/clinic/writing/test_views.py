"""The desk's pages for writing, as they are pressed."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corneum.clinic.guides.models import Guide, Picture
from corneum.clinic.writing import queries
from corneum.clinic.writing.models import Page
from corneum.platform.accounts.models import User
from tests.clinic.guides.test_pictures import picture
from tests.factories.cast import NOW, Cast
from tests.factories.guides import publish_sample
from tests.factories.sign_in import DeskClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def send(user: User, path: str, **sent: Any) -> Any:
    client = DeskClient()
    client.force_login(user)
    return client.post(path, sent) if sent else client.get(path)


def begun(cast: Cast) -> tuple[str, dict[str, str]]:
    publish_sample(cast)
    answer = send(cast.owen, "/desk/writing/begin/", treatment="microdermabrasion")
    last = queries.latest(Page.objects.get())
    assert answer.status_code == 303
    assert last is not None
    return urlsplit(answer["Location"]).path, last.texts


def test_a_guide_is_written_approved_and_published_at_the_desk(cast: Cast) -> None:
    path, texts = begun(cast)

    saved = send(cast.owen, path, **texts | {"lead": "Crystals lift away dead cells.", "based_on": 1})
    assert (saved.status_code, saved["Location"]) == (303, f"{path}2/")
    shown = send(cast.priya, f"{path}2/").content.decode()
    assert "<ins>" in shown
    assert "<del>" in shown
    refused = send(cast.owen, f"{path}2/publish/", publish_at="")
    assert refused.status_code == 422
    assert "must approve this very version" in refused.content.decode()
    assert send(cast.priya, f"{path}2/approve/", review_due_on="2027-03-01").status_code == 303
    assert send(cast.owen, f"{path}2/publish/", publish_at="").status_code == 303

    guide = Guide.objects.get(treatment=cast.microdermabrasion)
    assert (guide.lead, guide.reviewed_by, guide.review_due_on) == (
        "Crystals lift away dead cells.", cast.nadia, date(2027, 3, 1),
    )  # fmt: skip


def test_a_preview_shows_what_was_typed_with_its_facts_and_saves_nothing(cast: Cast) -> None:
    path, texts = begun(cast)
    typed = texts | {
        "lead": "In {minutes}, <b>calm</b>.",
        "evidence": "## Freckles (weak)\nMay.\nSource: S",
        "title": "",
    }

    pages = {
        how: send(cast.owen, path, **typed | {"based_on": 1, "preview": how}).content.decode()
        for how in ("yes", "live")
    }

    for page in pages.values():
        assert f"<p>In {cast.microdermabrasion.minutes} minutes, &lt;b&gt;calm&lt;/b&gt;." in page
        assert "There is no concern called “Freckles”" in page
    assert "In {minutes}, &lt;b&gt;calm&lt;/b&gt;.</textarea>" in pages["yes"]
    assert "<textarea" not in pages["live"]
    assert Page.objects.get().versions.count() == 1


def test_a_stale_save_shows_what_changed_and_keeps_what_was_typed(cast: Cast) -> None:
    path, texts = begun(cast)
    send(cast.priya, path, **texts | {"lead": "Theirs.", "based_on": 1})

    answer = send(cast.owen, path, **texts | {"lead": "Mine, all of it.", "based_on": 1})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Version 2 by Priya Raman" in said
    assert "Mine, all of it.</textarea>" in said
    assert 'name="based_on" value="2"' in said


def test_a_review_that_is_due_stands_on_today_and_is_renewed_with_one_press(cast: Cast) -> None:
    begun(cast)
    Guide.objects.filter(treatment=cast.microdermabrasion).update(
        is_sample=False, reviewed_on=date(2025, 3, 20), review_due_on=date(2026, 3, 20)
    )
    guide = Guide.objects.get(treatment=cast.microdermabrasion)
    today, path = f"/desk/diary/{NOW:%Y-%m-%d}/", f"/desk/writing/reviews/{guide.ref}/"
    assert "<b>1</b> page to look at" in send(cast.priya, today).content.decode()
    assert "to look at" not in send(cast.dana, today).content.decode()
    assert path in send(cast.priya, "/desk/writing/").content.decode()

    seen = send(cast.priya, path).content.decode().partition('name="seen" value="')[2].partition('"')[0]
    refused = send(cast.priya, path, review_due_on="2026-03-09", seen=seen)
    assert (refused.status_code, "must be on a later day" in refused.content.decode()) == (422, True)
    stale = send(cast.priya, path, review_due_on="2027-03-01", seen="0" * 64)
    assert (stale.status_code, f'value="{seen}"' in stale.content.decode()) == (422, True)
    assert send(cast.priya, path, review_due_on="2027-03-01", seen=seen).status_code == 303

    guide.refresh_from_db()
    assert (guide.reviewed_by, guide.review_due_on) == (cast.nadia, date(2027, 3, 1))
    assert "to look at" not in send(cast.priya, today).content.decode()


def test_a_mark_is_shown_in_its_line_and_answered_there(cast: Cast) -> None:
    path, texts = begun(cast)
    send(cast.owen, path, **texts | {"lead": "Light.\nIt is safe & calm.", "based_on": 1})

    shown = send(cast.owen, f"{path}2/").content.decode()

    assert "It is <mark>safe</mark> &amp; calm.</p>" in shown
    assert "Light.\n" not in shown.partition("Copy check")[2]
    answered = send(cast.owen, f"{path}2/answer/", rule="safe", word="safe", reason="A quotation.")
    assert answered.status_code == 303
    assert "May stand: A quotation." in send(cast.owen, f"{path}2/").content.decode()


def test_a_list_that_cannot_be_read_is_refused_and_stays_as_typed(cast: Cast) -> None:
    path, texts = begun(cast)

    answer = send(cast.owen, path, **texts | {"evidence": "## Freckles (weak)\nMay.\nSource: S", "based_on": 1})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no concern called “Freckles”" in said
    assert "## Freckles (weak)" in said
    assert Page.objects.get().versions.count() == 1


def test_a_picture_is_added_with_its_words_and_stands_in_a_guide(cast: Cast) -> None:
    path, texts = begun(cast)
    known = {"name": "Tip", "focal": "50-50"}
    file = SimpleUploadedFile("tip.jpg", picture())

    refused = send(cast.owen, "/desk/writing/pictures/", file=file, **known)
    assert (refused.status_code, Picture.objects.count()) == (422, 0)
    assert "Say what the picture shows" in refused.content.decode()
    file.seek(0)
    assert send(cast.owen, "/desk/writing/pictures/", file=file, alt="A tip", **known).status_code == 303
    kept = Picture.objects.get()
    send(cast.owen, path, **texts | {"picture": kept.ref, "based_on": 1})
    send(cast.priya, f"{path}2/approve/", review_due_on="2027-03-01")
    send(cast.owen, f"{path}2/publish/", publish_at="")

    guide = Client().get("/treatments/microdermabrasion/").content.decode()
    assert f"/p/{kept.ref}/wide/" in guide
    assert 'width="900" height="600" alt="A tip"' in guide


def test_a_file_that_is_too_large_or_that_nobody_asked_for_is_passed_over(cast: Cast) -> None:
    huge = SimpleUploadedFile("tip.jpg", b"\xff" * (15 * 1024 * 1024 + 1))

    refused = send(cast.owen, "/desk/writing/pictures/", file=huge, name="Tip", alt="A tip", focal="50-50")

    assert refused.status_code == 422
    assert "Choose a picture of at most 15 MB" in refused.content.decode()
    file = SimpleUploadedFile("tip.jpg", picture())
    assert send(cast.owen, "/desk/writing/begin/", slug="news", extra=file).wsgi_request.FILES == {}
    assert Client().post("/desk/writing/pictures/", {"file": file}).wsgi_request.FILES == {}


def test_the_list_raises_reviews_that_are_overdue(cast: Cast) -> None:
    begun(cast)
    Guide.objects.filter(treatment=cast.microdermabrasion).update(
        reviewed_on=date(2025, 3, 1), review_due_on=date(2026, 3, 1)
    )

    assert "overdue since 1 March 2026" in send(cast.owen, "/desk/writing/").content.decode()
