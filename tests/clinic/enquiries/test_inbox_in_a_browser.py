"""The inbox's keys press the buttons that show them, never while somebody types, and colleagues see each other."""

import pytest
from playwright.sync_api import expect

from corneum.clinic.enquiries.models import Enquiry
from corneum.platform.messages.models import Message
from tests.factories.cast import Cast
from tests.factories.enquiries import make_enquiry
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def page_of(user, browser, live_server, settings):
    client = DeskClient()
    client.force_login(user)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )
    return context.new_page()


def test_keys_walk_write_send_and_close_and_a_colleague_is_seen(browser, live_server, settings, cast: Cast):
    first, second = make_enquiry(cast), make_enquiry(cast, "Owen Pryce")
    dana, owen = (page_of(user, browser, live_server, settings) for user in (cast.dana, cast.owen))

    owen.goto(f"/desk/inbox/{first.ref}/")
    owen.keyboard.press("r")
    expect(owen.get_by_label("Your reply")).to_be_focused()
    owen.keyboard.type("e, a and s are letters here. ")
    with owen.expect_response("**/here/"):
        owen.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(owen.locator("[data-saved]")).to_contain_text("Draft saved")
    dana.goto(f"/desk/inbox/{first.ref}/")
    expect(dana.get_by_text("Owen Price is writing a reply")).to_have_count(1)

    owen.keyboard.press("Control+Enter")
    expect(owen.get_by_text("Your reply is on its way")).to_be_visible()
    assert (Message.objects.count(), Enquiry.objects.get(pk=first.pk).state) == (1, "answered")

    dana.goto("/desk/inbox/")
    dana.goto(f"/desk/inbox/{second.ref}/")
    dana.keyboard.press("e")
    expect(dana.get_by_role("button", name="Open again")).to_be_visible()
    assert Enquiry.objects.get(pk=second.pk).state == "closed"
