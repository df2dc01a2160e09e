"""The identity library's mails wait in the outbox like all others."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from corneum.platform.jobs.models import Job
from corneum.platform.messages.identity import Adapter
from corneum.platform.messages.models import Message


@pytest.fixture
def dana(cast):
    cast.dana.set_password("a long enough password")
    cast.dana.save()
    EmailAddress.objects.create(user=cast.dana, email=cast.dana.email, verified=True, primary=True)
    return cast.dana


def test_password_reset_is_queued_and_leads_to_our_own_address(settings, dana, mail_server):
    settings.MAIL_URL, settings.SITE_URL = mail_server.url, "https://alder.example"

    Client().post("/accounts/password/reset/", {"email": dana.email})

    message = Message.objects.get()
    assert (message.to, message.state, message.clinic) == (dana.email, Message.State.QUEUED, None)
    assert (message.about_kind, message.about_ref) == ("accounts.user", dana.ref)
    assert "https://alder.example/accounts/password/reset/key/" in message.text
    assert "[" not in message.subject
    assert Job.objects.get().key == f"message:{message.ref}"
    assert mail_server.ids == []  # nothing has left while the page was made


def test_password_reset_answers_the_same_for_an_address_that_nobody_has(dana):
    answers = [Client().post("/accounts/password/reset/", {"email": to}) for to in (dana.email, "nobody@example.com")]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert list(Message.objects.values_list("to", flat=True)) == [dana.email]  # strangers get no mail from a form


def test_nobody_signs_up_by_themselves(rf):
    assert Adapter().is_open_for_signup(rf.get("/")) is False


def test_client_ip_is_the_one_that_we_believe(rf):
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9"}, REMOTE_ADDR="198.51.100.7")

    assert Adapter().get_client_ip(request) == "198.51.100.7"
