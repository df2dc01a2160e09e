"""
Every address, by every method, as every person, at every clinic: nothing opens that must not.

The rows stand in tests/factories/addresses.py. Here is who works where, and what each must be
answered: read together, they are the document of who may open what.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from pytest_django import Settings

from corneum.db.ref import LENGTH as REF
from corneum.db.ref import new_ref
from corneum.platform.accounts import access, policy
from corneum.platform.accounts.access import IDENTITY
from corneum.platform.accounts.models import User
from tests.factories.addresses import ADDRESSES, SECRETS, Address, World, make_world
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import DeskClient

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DESK = frozenset({"SEE_DIARY", "CHANGE_DIARY", "SEE_PATIENTS", "ANSWER_ENQUIRIES", "SEE_MESSAGES"})
PRACTITIONER = frozenset(
    {
        "SEE_DIARY",
        "CHANGE_DIARY",
        "SEE_PATIENTS",
        "WRITE_PAGES",
        "APPROVE_PAGES",
        "DECIDE_SUITABILITY",
        "TALK_ABOUT_CONSENT",
    }
)
LEAD = PRACTITIONER | {"SIGN_RULES"}
OWNER = DESK | {"CHANGE_CLINIC", "WRITE_PAGES", "ANSWER_COPY", "DEAL_WITH_COMPLAINTS"}
# Who may do what where, written out and not asked of policy.py, which is what is tried.
PEOPLE: dict[str, dict[str, frozenset[str]]] = {
    "anonymous": {},
    "dana": {"manchester": DESK},
    "priya": {"manchester": PRACTITIONER},
    "lena": {"manchester": LEAD},
    "owen": {"manchester": OWNER, "stockport": OWNER},
    "mallory": {"stockport": DESK},
    "a leaver": {"manchester": DESK},  # whose account is closed
    "nobody yet": {},  # an account without a role
    "one factor": {"manchester": DESK},  # who has not shown a second
}
CLINICS = {"manchester": "", "stockport": "/stockport"}
METHODS = [
    ("GET", {}),
    ("HEAD", {}),
    ("POST", {}),
    ("GET", {"X-HTTP-Method-Override": "POST"}),
    ("POST", {"X-HTTP-Method-Override": "GET"}),
]


@pytest.fixture
def world(cast: Cast, settings: Settings) -> Iterator[World]:
    """One of everything, with the clock stopped."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(NOW, tick=False):
        yield make_world(cast)


def _browser_of(person: str, cast: Cast) -> DeskClient:
    client = DeskClient(raise_request_exception=False)
    if person == "anonymous":
        return client
    if person == "nobody yet":
        user = User.objects.create(email="new@corneum.example", name="New Person", created_at=NOW)
    else:
        user = getattr(cast, person, cast.dana)
    client.force_login(user)
    if person == "one factor":
        client.sit_down(proof="")
    return client


@contextmanager
def _undone() -> Iterator[None]:
    """Take back whatever one request did, so that the next finds the world as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _ask(client: DeskClient, method: str, path: str, headers: dict[str, str]) -> Any:
    kept = dict(client.cookies)
    try:
        with _undone():
            return client.generic(method, path, headers=headers)
    finally:
        client.cookies.clear()
        client.cookies.update(kept)


def _is_to_sign_in(answer: Any, prefix: str) -> bool:
    return answer.status_code in {302, 303} and answer["Location"].startswith(f"{prefix}/accounts/login/")


def _verdict(name: str, row: Address, answer: Any, *, person: str, clinic: str, is_foreign: bool) -> str:  # noqa: PLR0911 -- a table
    """Say what is wrong with an answer, or nothing; `is_foreign` if what stands in the address is another clinic's."""
    prefix = CLINICS[clinic]
    if row.who != "public" and answer.status_code == 200 and answer.get("Cache-Control") != "no-store, private":
        return "may be kept by a browser"
    if answer.status_code >= 500 and name != "ui:readyz":  # which says 503 when the worker is not there
        return "broke"
    if row.who in {"public", "link"}:
        return ""
    signed_in = person not in {"anonymous", "a leaver"}
    if row.who == "identity":
        is_shut = IDENTITY[name] and not signed_in
        return "" if not is_shut or _is_to_sign_in(answer, prefix) else "opened to a stranger"
    if not signed_in:
        return "" if _is_to_sign_in(answer, prefix) else "opened to a stranger"
    if row.who not in PEOPLE[person].get(clinic, frozenset()):
        return "" if answer.status_code == 404 else "opened to somebody without the right"
    if person == "one factor":
        is_sent = answer.status_code in {302, 303} and answer["Location"] == f"{prefix}/accounts/2fa/"
        return "" if is_sent else "opened without a second factor"
    if is_foreign:
        return "" if answer.status_code in {404, 405} else "opened another clinic's record"
    is_open = answer.status_code not in {401, 403, 404} and not _is_to_sign_in(answer, prefix)
    return "" if is_open else "stayed shut"


def _cells(person: str) -> Iterator[tuple[str, Address, str, str, dict[str, str]]]:
    """
    List what to try as somebody, at both clinics and in the plain ways.

    The two outsiders also try what is for everybody, and by every means what stands in the records
    of the clinic that is not theirs.
    """
    is_outsider = person in {"anonymous", "mallory"}
    for (name, row), clinic, (method, headers) in product(ADDRESSES.items(), CLINICS, METHODS):
        is_plain = method != "HEAD" and not headers
        is_for_all = row.who in {"public", "link"}
        by_stealth = is_outsider and not is_for_all and clinic == "manchester"
        if by_stealth or (is_plain and (is_outsider or not is_for_all)):
            yield name, row, clinic, method, headers


def _faults(world: World, person: str, *, only: str = "") -> list[str]:
    """Try every cell as one person, and list what is wrong."""
    client = _browser_of(person, world.cast)
    if person == "a leaver":
        User.objects.filter(pk=world.cast.dana.pk).update(is_active=False)
    sees_manchester = bool(PEOPLE[person].get("manchester")) and person not in {"a leaver", "one factor"}
    faults = []
    for name, row, clinic, method, headers in _cells(person):
        if not name.startswith(only):
            continue
        sample = row.sample(world)
        path = CLINICS[clinic] + reverse(name, kwargs=sample)
        answer = _ask(client, method, path, headers)
        is_foreign = clinic == "stockport" and not row.is_shared and any(isinstance(it, str) for it in sample.values())
        wrong = _verdict(name, row, answer, person=person, clinic=clinic, is_foreign=is_foreign)
        if not wrong and row.who != "link" and not (sees_manchester and clinic == "manchester"):
            told = "" if answer.streaming else answer.content.decode(errors="replace")
            wrong = ", ".join(f"told {secret}" for secret in SECRETS if secret in told)
        if wrong:
            faults.append(f"{method} {path} ({name}) {wrong}: {answer.status_code}")
    return faults


def test_every_address_has_a_row_and_every_row_an_address():
    named = {name for name, _ in access.addresses()}

    assert sorted(named - set(ADDRESSES)) == [], "Add a row to tests/factories/addresses.py."
    assert sorted(set(ADDRESSES) - named) == []


def test_every_view_declares_what_its_row_says():
    declared = {}
    for name, pattern in access.addresses():
        door: access.Access = vars(pattern.callback)["access"]
        declared[name] = door.right.name if door.right else door.kind

    assert declared == {name: row.who for name, row in ADDRESSES.items()}


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_opens_that_must_not(world: World, person: str):
    assert _faults(world, person) == []


def test_this_would_notice_a_door_left_open(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(policy, "may", lambda *_: True)

    found = _faults(world, "mallory", only="diary:")

    assert {fault.split(") ")[1].split(":")[0] for fault in found} >= {"opened to somebody without the right"}
    assert len(found) >= 10


@pytest.mark.parametrize("person", ["anonymous", "dana", "mallory"])
def test_a_secret_that_nobody_was_given_opens_nothing(world: World, person: str):
    client = _browser_of(person, world.cast)
    faults = []

    for name, row in ADDRESSES.items():
        sample = row.sample(world)
        made_up = {key: new_ref() if len(str(value)) == REF else value for key, value in sample.items()}
        if made_up == sample:
            continue
        for method in ("GET", "POST"):
            answer = _ask(client, method, reverse(name, kwargs=made_up), {})
            asked = row.who not in {"public", "link"} and person == "anonymous"
            if not (_is_to_sign_in(answer, "") if asked else answer.status_code in {404, 405}):
                faults.append(f"{method} {name}: {answer.status_code}")

    assert faults == []


def test_this_would_notice_what_a_browser_may_keep(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(access, "private", lambda answer: answer)

    found = _faults(world, "dana", only="diary:patient")

    assert {fault.split(") ")[1].split(":")[0] for fault in found} == {"may be kept by a browser"}


def test_no_reader_of_public_pages_is_given_a_session(world: World):
    client = _browser_of("anonymous", world.cast)
    given = []

    for name, row in ADDRESSES.items():
        if row.who == "public":
            answer = _ask(client, "GET", reverse(name, kwargs=row.sample(world)), {})
            given += [f"{name}: {cookie}" for cookie in answer.cookies if cookie != settings.CSRF_COOKIE_NAME]

    assert given == []


def test_no_form_is_taken_from_another_site(world: World):
    client = DeskClient(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.cast.owen)
    faults = {}

    for name, row in ADDRESSES.items():
        for method in ("POST", "DELETE"):
            answer = _ask(client, method, reverse(name, kwargs=row.sample(world)), {"Origin": "https://evil.example"})
            if answer.status_code not in {403, 404, 405}:
                faults[f"{method} {name}"] = answer.status_code

    assert faults == {}
