"""An article with a picture: written, looked at while it is typed, and published, by a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from corneum.clinic.guides.models import Article
from tests.browser import WALKS, barriers
from tests.clinic.guides.test_pictures import picture
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import PASSWORD, code_now, give_app, give_password

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


def when_owen_signs_in(page: Page) -> None:
    page.goto("/desk/")
    page.get_by_label("E-mail address").fill("owen@corneum.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code", exact=False).fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()


def when_a_picture_is_added(page: Page) -> str:
    page.get_by_role("link", name="Pages").click()
    page.get_by_role("link", name="Pictures").click()
    page.get_by_label("Picture", exact=True).set_input_files(
        {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_label("Name at the desk").fill("The door")
    page.get_by_label("What it shows").fill("A green door with a low step")
    page.get_by_role("button", name="Add the picture").click()
    return page.get_by_text("![words under it]").inner_text().replace("words under it", "Our door")


@pytest.mark.parametrize("window", WALKS.values(), ids=WALKS)
def test_an_article_is_seen_while_it_is_typed_and_published(
    browser: Browser, live_server: Any, cast: Cast, window: dict[str, Any]
) -> None:
    give_password(cast.owen)
    give_app(cast.owen)
    context = browser.new_context(base_url=live_server.url, **window)
    page, scripted = context.new_page(), window.get("java_script_enabled", True)
    when_owen_signs_in(page)
    in_text = when_a_picture_is_added(page)
    assert barriers(page, scripted=scripted) == []

    page.goto("/desk/writing/")
    page.get_by_label("Address of the article").fill("the-way-in")
    page.get_by_role("button", name="Begin", exact=True).click()
    for label, words in (
        ("Title", "The way in"), ("First sentences", "Where the door is."), ("For search engines", "The way in."),
        ("Author", "Owen Price"), ("Text", f"Go **left**.\n\n{in_text}"),
    ):  # fmt: skip
        page.get_by_role("textbox", name=label).fill(words)
    if not scripted:
        page.get_by_role("button", name="Preview").click()
    seen = page.get_by_role("region", name="Preview, not saved")
    expect(seen.locator("strong")).to_have_text("left")
    expect(seen.get_by_role("img", name="A green door with a low step")).to_be_visible()
    assert barriers(page, scripted=scripted) == []
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("button", name="Publish").click()

    page.goto("/articles/the-way-in/")
    expect(page.get_by_role("figure")).to_contain_text("Our door")
    assert Article.objects.get().title == "The way in"
    context.close()
