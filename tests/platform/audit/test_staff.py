"""Accounts, roles and leaving: each in the trail, and leaving is at once."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from corneum.platform.accounts import policy
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Membership, Role, User
from corneum.platform.accounts.policy import Right
from corneum.platform.audit import staff
from corneum.platform.audit.models import AuditEvent
from tests.factories.cast import NOW, Cast
from tests.factories.sign_in import PASSWORD, DeskClient, give_app, give_password


def _add(email: str = "New@Corneum.example", name: str = " New Person ", password: str | None = PASSWORD) -> User:
    return staff.add_user(email=email, name=name, password=password, by=Actor.system("test"), at=NOW)


def _events() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "actor_name"))


@pytest.mark.django_db
def test_add_user_makes_an_account_with_a_proven_address():
    user = _add()

    proven = EmailAddress.objects.get(user=user)
    assert (user.email, user.name, user.created_at) == ("new@corneum.example", "New Person", NOW)
    assert user.check_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")
    assert (proven.email, proven.verified, proven.primary) == ("new@corneum.example", True, True)
    assert _events() == [("staff.add_user", "test")]


@pytest.mark.django_db
def test_add_user_without_a_password_opens_to_none():
    user = _add(password=None)

    assert not user.has_usable_password()


@pytest.mark.django_db
def test_add_user_refuses_an_address_that_somebody_has_in_whatever_capitals():
    _add()

    with pytest.raises(staff.AddressTaken, match="Somebody already signs in"):
        _add("NEW@corneum.EXAMPLE")

    assert (User.objects.count(), len(_events())) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@c.example", "a@b.example\nBcc: c@d.example"])
def test_add_user_refuses_what_is_no_address(email: str):
    with pytest.raises(staff.NotAnAddress, match="Enter an e-mail address in the correct format"):
        _add(email)

    assert User.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password, sentence",
    [
        ("short", "too short"),
        ("new person", "too similar to the name"),
        ("new@corneum", "too similar to the email"),
        ("1234567890", "too common"),
    ],
)
def test_add_user_refuses_a_weak_password_and_says_why(password: str, sentence: str):
    with pytest.raises(staff.WeakPassword, match=sentence):
        _add(password=password)

    assert User.objects.count() == 0


def test_give_role_lets_somebody_in_and_is_done_once(cast: Cast):
    for _ in range(2):
        staff.give_role(user=cast.dana, clinic=cast.stockport, role=Role.DESK, by=Actor.staff(cast.owen), at=NOW)

    assert policy.may(cast.dana, Right.SEE_DIARY, cast.stockport)
    assert _events() == [("staff.give_role", "Owen Price")]
    assert AuditEvent.objects.get().clinic == cast.stockport


def test_give_role_knows_three_roles(cast: Cast):
    with pytest.raises(ValueError, match="'director' is not a valid Role"):
        staff.give_role(user=cast.dana, clinic=cast.stockport, role="director", by=Actor.staff(cast.owen), at=NOW)

    assert _events() == []


def test_take_role_shuts_that_clinic_and_no_other(cast: Cast):
    for _ in range(2):
        staff.take_role(user=cast.owen, clinic=cast.stockport, role=Role.OWNER, by=Actor.staff(cast.owen), at=NOW)

    assert not policy.may(cast.owen, Right.SEE_DIARY, cast.stockport)
    assert policy.may(cast.owen, Right.SEE_DIARY, cast.manchester)
    assert _events() == [("staff.take_role", "Owen Price")]


def test_disable_user_signs_out_everywhere_at_once_half_signed_in_too(cast: Cast):
    give_password(cast.dana)
    give_app(cast.dana)
    at_the_desk, waiting_for_the_code, owens = DeskClient(), DeskClient(), DeskClient()
    at_the_desk.force_login(cast.dana)
    waiting_for_the_code.post("/accounts/login/", {"login": cast.dana.email, "password": PASSWORD})
    owens.force_login(cast.owen)

    staff.disable_user(user=cast.dana, by=Actor.staff(cast.owen), at=NOW)

    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(cast.owen.pk)]
    assert at_the_desk.get("/accounts/2fa/").status_code == 302
    assert _events() == [("staff.disable_user", "Owen Price")]
    assert AuditEvent.objects.get().detail == {"sittings_ended": 2}


def test_disable_user_leaves_rights_to_nobody(cast: Cast):
    staff.disable_user(user=cast.dana, by=Actor.staff(cast.owen), at=NOW)

    assert not policy.may(cast.dana, Right.SEE_DIARY, cast.manchester)
    assert Membership.objects.filter(user=cast.dana).count() == 1


def test_enable_user_lets_somebody_back_with_what_they_had(cast: Cast):
    staff.disable_user(user=cast.dana, by=Actor.staff(cast.owen), at=NOW)

    staff.enable_user(user=cast.dana, by=Actor.staff(cast.owen), at=NOW)

    assert policy.may(cast.dana, Right.SEE_DIARY, cast.manchester)
    assert [name for name, _ in _events()] == ["staff.disable_user", "staff.enable_user"]
