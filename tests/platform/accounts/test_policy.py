"""The check and the filter are one rule: they agree for every user, right and clinic."""

from itertools import chain, combinations, product

import pytest
from django.contrib.auth.models import AnonymousUser

from corneum.platform.accounts import policy
from corneum.platform.accounts.models import Clinic, Membership, Role, User
from corneum.platform.accounts.policy import RIGHTS, Right
from tests.factories.cast import NOW, Cast


def _everybody(clinics: list[Clinic]) -> list[User | AnonymousUser]:
    """Make one user for every pair of roles, wherever they are held, each once active and once not, and nobody."""
    roles = list(product(clinics, Role.values))
    sets = list(chain.from_iterable(combinations(roles, size) for size in range(3)))
    users = User.objects.bulk_create(
        User(email=f"u{number}@corneum.example", name="U", is_active=is_active, created_at=NOW)
        for number, (_, is_active) in enumerate(product(sets, (True, False)))
    )
    Membership.objects.bulk_create(
        Membership(user=user, clinic=clinic, role=role)
        for user, (held, _) in zip(users, product(sets, (True, False)), strict=True)
        for clinic, role in held
    )
    return [*users, AnonymousUser()]


@pytest.mark.slow
@pytest.mark.django_db
def test_check_and_filter_agree_for_every_set_of_roles():
    clinics = [Clinic.objects.create(slug=slug, name=slug) for slug in ("a", "b")]
    people = _everybody(clinics)

    for person, right in product(people, Right):
        allowed = {clinic.slug for clinic in clinics if policy.may(person, right, clinic)}
        shown = set(Clinic.objects.filter(policy.within(person, right, "pk")).values_list("slug", flat=True))
        held = set()
        if isinstance(person, User) and person.is_active:
            memberships = Membership.objects.filter(user=person).values_list("clinic__slug", "role")
            held = {slug for slug, role in memberships if right in RIGHTS[role]}
        listed = {clinic.slug for clinic in clinics if right in policy.rights_of(person, clinic)}
        assert allowed == shown == listed == held


def test_rights_name_every_role():
    assert set(RIGHTS) == set(Role.values)


def test_roles_with_every_right_are_somebody():
    assert [right for right in Right if not policy.roles_with(right)] == []


DESK = {"SEE_DIARY", "CHANGE_DIARY", "BOOK_IN_SPITE", "SEE_PATIENTS", "ANSWER_ENQUIRIES", "SEE_MESSAGES"}


PRACTITIONER = {"SEE_DIARY", "CHANGE_DIARY", "SEE_PATIENTS", "WRITE_PAGES", "APPROVE_PAGES", "DECIDE_SUITABILITY"} | {
    "SEE_RECORDS", "WRITE_RECORDS", "TREAT_REGARDLESS", "TALK_ABOUT_CONSENT",
}  # fmt: skip


@pytest.mark.parametrize(
    "role, rights",
    [
        (Role.DESK, DESK),
        (Role.PRACTITIONER, PRACTITIONER),
        (Role.LEAD, PRACTITIONER | {"SIGN_RULES"}),
        (
            Role.OWNER,
            DESK | {"CHANGE_CLINIC", "WRITE_PAGES", "ANSWER_COPY", "DEAL_WITH_COMPLAINTS", "SEE_RECORDS"},
        ),
    ],
)
def test_rights_of_a_role_are_these_and_no_others(role: str, rights: set[str]):
    assert {right.name for right in RIGHTS[role]} == rights


def test_may_is_no_where_there_is_no_clinic(cast: Cast):
    assert policy.may(cast.owen, Right.SEE_DIARY, None) is False


def test_within_follows_the_path_to_the_clinic(cast: Cast):
    users = User.objects.filter(policy.within(cast.mallory, Right.SEE_DIARY, "memberships__clinic"))

    assert set(users) == {cast.mallory, cast.owen}


def test_home_clinic_is_here_then_the_first_with_a_role(cast: Cast):
    homes = {
        ("dana", "here"): policy.home_clinic(cast.dana, cast.manchester),
        ("dana", "elsewhere"): policy.home_clinic(cast.dana, cast.stockport),
        ("owen", "stockport"): policy.home_clinic(cast.owen, cast.stockport),
        ("owen", "nowhere"): policy.home_clinic(cast.owen),
        ("mallory", "manchester"): policy.home_clinic(cast.mallory, cast.manchester),
    }

    assert homes == {
        ("dana", "here"): cast.manchester,
        ("dana", "elsewhere"): cast.manchester,
        ("owen", "stockport"): cast.stockport,
        ("owen", "nowhere"): cast.manchester,
        ("mallory", "manchester"): cast.stockport,
    }


def test_home_clinic_of_somebody_without_a_role_is_none(cast: Cast):
    Membership.objects.filter(user=cast.dana).delete()

    assert policy.home_clinic(cast.dana, cast.manchester) is None
