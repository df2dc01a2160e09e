"""Texts by a provider: what it is asked, what each of its answers means, and what it tells us afterwards."""

import socket
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from corneum.platform.accounts.actors import Actor
from corneum.platform.jobs.registry import NotYet
from corneum.platform.messages import delivery, queries
from corneum.platform.messages.actions import send_again, stop_texts
from corneum.platform.messages.checks import ways_out_can_be_understood
from corneum.platform.messages.health import texts_are_below_the_ceiling
from corneum.platform.messages.models import Message, StoppedNumber
from corneum.platform.messages.transports import BadAddress, transport
from corneum.platform.messages.transports.twilio import Twilio, signature_of
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import DeskClient
from tests.texts import ACCOUNT, OURS, TOKEN, TextProvider

pytestmark = pytest.mark.django_db
State = Message.State
NUMBER = "+447700900982"
BY = Actor.system("test")


@pytest.fixture
def text(queue_hello) -> Any:
    """One text to Alice, queued."""
    return queue_hello(channel="text", template="tests/short", to=NUMBER)


def deliver(message: Message, *, give_up_at=NOW + timedelta(days=3)) -> Message:
    delivery.deliver(message.ref, give_up_at=give_up_at, clock=lambda: NOW)
    message.refresh_from_db()
    return message


def tell(path: str, told: dict[str, str], *, token: str = TOKEN, client: DeskClient | None = None) -> Any:
    """Post what the provider tells, signed as it signs."""
    signature = signature_of(token, f"https://alderskin.example{path}", told.items())
    return (client or DeskClient()).post(path, told, headers={"X-Twilio-Signature": signature})


def report(message: Message, status: str, *, code: str = "", sid: str = "", token: str = TOKEN) -> int:
    told = {"MessageSid": sid or message.provider_id or "SM1", "MessageStatus": status, "ErrorCode": code}
    with time_machine.travel(NOW, tick=False):
        answer = tell(f"/texts/{message.ref}/state/", told, token=token)
    message.refresh_from_db()
    return int(answer.status_code)


def test_provider_is_read_from_its_address_and_never_without_tls_but_here():
    far = transport("twilio://AC1:p%2Fw@api.twilio.example/?from=+441614960000")
    near = transport("twilio://AC1:pw@127.0.0.1:8080/?service=MG1")

    assert far == Twilio("api.twilio.example", 443, True, "AC1", "p/w", ("From", "+441614960000"))
    assert near == Twilio("127.0.0.1", 8080, False, "AC1", "pw", ("MessagingServiceSid", "MG1"))


@pytest.mark.parametrize(
    "url",
    ["twilio:", "twilio://h/?from=+1", "twilio://a:b@h/", "twilio://a:b@h/?from=+1&service=MG", "twilio://a:b@h:x/"],
)
def test_provider_that_cannot_be_understood_stops_the_start_and_tells_no_secret(url, settings):
    settings.TEXT_URL = url

    with pytest.raises(BadAddress) as refused:
        transport(url)
    (error,) = ways_out_can_be_understood()

    assert (error.id, "a:b" in f"{refused.value}{error.msg}") == ("corneum.E007", False)


def test_text_goes_to_the_provider_with_its_key_and_where_to_report(texts: TextProvider, text):
    deliver(text)

    assert texts.asked == [
        {
            "To": NUMBER,
            "From": OURS,
            "Body": "Alice, you are booked at Manchester.",
            "StatusCallback": f"https://alderskin.example/texts/{text.ref}/state/",
        }
    ]
    assert texts.keys == [text.ref]
    assert (text.state, text.sent_at, text.provider_id) == (State.SENT, NOW, f"SM{1:032}")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ((400, 21211), ("failed", "The text provider says that this number takes no texts (400, 21211).")),
        ((400, 21408), ("failed", "The text provider does not send to that country or network (400, 21408).")),
        ((400, 99999), ("failed", "The text provider refused the message (400, 99999).")),
        ((500, 0), ("uncertain", "The text provider's answer could not be understood (500).")),
    ],
)
def test_answer_of_the_provider_is_kept_in_our_words(texts, text, answer, kept):
    texts.status, texts.code = answer

    deliver(text)

    assert (text.state, text.last_error) == kept


@pytest.mark.parametrize(("status", "code"), [(429, 20429), (503, 0), (400, 21606), (403, 20003)])
def test_text_waits_for_what_passes_or_somebody_has_to_mend(texts, text, status, code):
    texts.status, texts.code = status, code

    with pytest.raises(NotYet):
        deliver(text)

    assert (text.__class__.objects.get().state, texts.asked) == (State.QUEUED, [])


def test_wrong_token_waits_and_says_so(texts, text, settings):
    settings.TEXT_URL = texts.url.replace(TOKEN, "wrong")

    with pytest.raises(NotYet, match="refused our account and token"):
        deliver(text)


def test_provider_that_is_away_waits(text, settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.TEXT_URL = f"twilio://{ACCOUNT}:{TOKEN}@127.0.0.1:{probe.getsockname()[1]}/?from={OURS}"

        with pytest.raises(NotYet, match="does not answer"):
            deliver(text)


@pytest.mark.parametrize("cut", ["before", "after"])
def test_answer_that_was_lost_is_a_doubt_and_nothing_is_sent_twice(texts, text, cut):
    texts.cuts = cut

    deliver(text)
    deliver(text)

    assert (text.state, len(texts.asked)) == (State.UNCERTAIN, int(cut == "after"))
    assert text.last_error == "The line was cut while the text provider was taking the message."


def test_first_report_settles_the_doubt(texts, text):
    texts.cuts = "after"
    deliver(text)

    assert report(text, "sent", sid="SM7") == 204

    assert (text.state, text.sent_at, text.provider_id, text.last_error) == (State.SENT, NOW, "SM7", "")


def test_report_says_that_it_arrived_whatever_comes_after(texts, text):
    deliver(text)

    report(text, "delivered")
    report(text, "undelivered", code="30005")

    assert (text.state, text.arrived_at, text.last_error) == (State.SENT, NOW, "")


def test_report_says_that_it_did_not_arrive_and_the_desk_is_told(texts, text, cast: Cast):
    deliver(text)

    report(text, "undelivered", code="30005")

    assert (text.state, text.sent_at) == (State.FAILED, None)
    assert text.last_error == "It did not arrive: the number is not in use (30005)."
    assert queries.troubles(cast.manchester).failed == 1
    assert queries.unreached(cast.dana, cast.manchester, kind=text.about_kind, refs=[text.about_ref]) == {
        cast.alice.ref
    }
    assert queries.unreached(cast.mallory, cast.manchester, kind=text.about_kind, refs=[text.about_ref]) == set()


def test_text_that_arrived_after_all_is_not_sent_again(texts, text):
    texts.cuts = "after"
    deliver(text)
    send_again(message=text, by=BY, at=NOW)

    report(text, "sent", sid="SM1")
    waiting = text.state
    report(text, "delivered", sid="SM1")
    deliver(text)

    assert (waiting, text.state, text.arrived_at, len(texts.asked)) == (State.QUEUED, State.SENT, NOW, 1)


def test_report_that_the_provider_has_not_signed_is_nobodys(texts, text):
    deliver(text)

    forged = report(text, "delivered", token="guessed")
    of_another = report(text, "delivered", sid="SM999")

    assert (forged, of_another, text.arrived_at) == (404, 404, None)


def test_forging_again_and_again_is_no_longer_looked_at(texts, text):
    client = DeskClient()
    with time_machine.travel(NOW, tick=False):
        answers = [tell(f"/texts/{text.ref}/state/", {}, token="x", client=client).status_code for _ in range(61)]

    assert answers == [404] * 60 + [429]


def test_report_is_nobodys_where_no_provider_is_set(text):
    assert report(text, "delivered") == 404


def test_signature_is_what_twilio_computes():
    # The example of its own documentation of how requests are signed.
    params = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675310", "Digits": "1234", "From": "+14158675310",
        "To": "+18005551212",
    }  # fmt: skip

    signature = signature_of("12345", "https://example.com/myapp.php?foo=1&bar=2", params.items())

    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_number_that_answered_stop_gets_no_text_but_the_one_that_says_so(texts, text, cast: Cast):
    stop_texts(number=NUMBER, clinic=cast.manchester, by=BY, at=NOW)
    goodbye = Message.objects.get(template="messages/stopped_text")

    deliver(text)
    deliver(goodbye)

    assert (text.state, text.last_error) == (State.FAILED, "They have answered STOP, so no texts go to this number.")
    assert [to for to, _body in texts.texts] == [NUMBER]
    assert goodbye.state == State.SENT


def test_stop_that_the_provider_took_is_kept_here_too(texts, text):
    texts.status, texts.code = 400, 21610

    deliver(text)

    assert text.state == State.FAILED
    assert list(StoppedNumber.objects.values_list("number", "told")) == [(NUMBER, "provider")]


def test_ceiling_of_the_day_holds_texts_back_and_rings(texts, queue_hello, settings):
    settings.TEXTS_PER_DAY = 2
    three = [queue_hello(channel="text", template="tests/short", to=NUMBER) for _ in range(3)]

    for message in three[:2]:
        deliver(message)
    with pytest.raises(NotYet, match="ceiling of 2"):
        deliver(three[2])

    assert len(texts.asked) == 2
    assert texts_are_below_the_ceiling(NOW) == "Text messages wait: the day's ceiling is reached."
    assert texts_are_below_the_ceiling(NOW + timedelta(days=1, minutes=1)) == ""


def test_sent_again_by_a_person_is_reported_under_its_new_name(texts, text):
    texts.cuts = "before"
    deliver(text)
    texts.cuts = ""

    send_again(message=text, by=BY, at=NOW)
    deliver(text)

    assert (len(texts.asked), text.state, text.provider_id) == (1, State.SENT, f"SM{1:032}")


def test_email_is_not_handed_to_a_text_provider(texts, queue_hello, settings):
    settings.MAIL_URL = texts.url

    with pytest.raises(NotYet, match="CORNEUM_MAIL_URL"):
        deliver(queue_hello())

    assert texts.asked == []
