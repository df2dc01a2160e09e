"""Robots and sellers are kept apart, people are not, and nobody is lost: measured on a crowd."""

from collections import Counter
from dataclasses import replace

import pytest
import time_machine

from corneum.clinic.enquiries.forms import shown_mark
from corneum.clinic.enquiries.models import Entry
from corneum.clinic.enquiries.proof import holds
from corneum.clinic.enquiries.verdict import judge
from corneum.platform.ui.forms import new_press
from tests.clinic.enquiries.crowd import Sent
from tests.clinic.enquiries.persons import PERSONS, people
from tests.clinic.enquiries.robots import ROBOTS, spam
from tests.factories.cast import NOW, Cast


def test_of_two_thousand_robots_and_sellers_at_most_one_in_fifty_gets_through():
    through = [sent.kind for sent in spam(2300) if not judge(sent.submission()).is_spam]

    assert len(through) <= 2300 * 0.02, Counter(through)


def test_of_eighteen_hundred_people_at_most_one_in_two_hundred_is_kept_apart():
    apart = [(sent.kind, sent.text) for sent in people(1800) if judge(sent.submission()).is_spam]

    assert len(apart) <= 1800 * 0.005, apart


@pytest.mark.parametrize("sent", [*spam(len(ROBOTS)), *people(len(PERSONS))], ids=lambda sent: sent.kind)
def test_the_form_receives_each_kind_whole_and_judges_it_the_same(client, cast: Cast, sent: Sent):
    mark = _mark(sent)
    with time_machine.travel(NOW, tick=False):
        answer = client.post(
            "/contact/",
            {
                "ask-name": sent.name, "ask-contact": sent.contact, "ask-text": sent.text, "ask-subject": sent.trap,
                "ask-shown": mark, "ask-proof": _proof(sent, mark), "ask-press": new_press(),
            },
        )  # fmt: skip

    entry = Entry.objects.select_related("enquiry").get()
    alone = judge(replace(sent, too_many=False, same_words=False).submission())
    assert (answer.status_code, answer["Location"]) == (302, "/contact/sent/")
    assert entry.enquiry.state == ("spam" if alone.is_spam else "open")
    assert sum(letter.isalnum() for letter in entry.text) == sum(letter.isalnum() for letter in sent.text)


def _mark(sent: Sent) -> str:
    if sent.mark != "ours":
        return "" if sent.mark == "none" else "shown:1abcde:forged"
    with time_machine.travel(NOW.timestamp() - int(sent.seconds), tick=False):
        return shown_mark()


def _proof(sent: Sent, mark: str) -> str:
    if sent.proof == "none" or not mark:
        return ""
    number = 0
    while holds(mark, str(number)) != (sent.proof == "done"):
        number += 1
    return str(number)
