"""The mailbox is named by one setting, which never sends a password in the open."""

import pytest
from pytest_django import Settings

from corneum.platform.messages.checks import mailbox_can_be_understood
from corneum.platform.messages.mailbox import Mailbox, MailboxAway
from corneum.platform.messages.transports.parcel import BadAddress


def test_mailbox_reads_where_it_is_and_how_one_gets_in():
    mailbox = Mailbox.at("imaps://clinic%40alder.example:p%2Fw@mail.example/Questions")

    assert mailbox == Mailbox("mail.example", 993, "clinic@alder.example", "p/w", "whole", "Questions")
    assert "p/w" not in mailbox.name
    assert Mailbox.at("imap://a:b@mail.example/?tls=starttls").folder == "INBOX"


@pytest.mark.parametrize(
    "url",
    ["imap://a:b@mail.example/", "imap://a:b@mail.example/?tls=maybe", "pop3://a:b@mail.example", "imaps://", "x"],
)
def test_mailbox_refuses_what_it_cannot_read_or_would_send_in_the_open(url: str, settings: Settings):
    settings.MAILBOX_URL = url

    with pytest.raises(BadAddress):
        Mailbox.at(url)
    (wrong,) = mailbox_can_be_understood()
    assert (wrong.id, "a:b" in wrong.msg) == ("corneum.E006", False)


def test_mailbox_without_a_server_says_so():
    with pytest.raises(MailboxAway, match="does not answer"):
        list(Mailbox.at("imap://a:b@127.0.0.1:1/").read_new(None, since=None))


def test_mailbox_without_the_folder_says_so(imap_port: int):
    with pytest.raises(MailboxAway, match="no folder of that name"):
        list(Mailbox.at(f"imap://clinic:secret@127.0.0.1:{imap_port}/Nowhere").read_new(None, since=None))
