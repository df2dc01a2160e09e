"""Recording an entry of a professional register."""

from datetime import date

import pytest

from corneum.clinic.practitioners.actions import record_registration
from corneum.clinic.practitioners.models import Registration
from corneum.domain.credentials import NotANumberOf
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast


def record(cast: Cast, number: str) -> Registration:
    return record_registration(
        practitioner=cast.rosa, body="NMC", number=number, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1),
        is_sample=True, by=Actor.system("test"), at=NOW,
    )  # fmt: skip


def test_record_registration_tidies_the_number_as_its_register_writes_it(cast: Cast) -> None:
    assert record(cast, "00x 0000 x").number == "00X0000X"


def test_record_registration_refuses_what_its_register_does_not_write(cast: Cast) -> None:
    before = Registration.objects.count()

    with pytest.raises(NotANumberOf, match="two digits, a letter"):
        record(cast, "1234567")

    assert Registration.objects.count() == before
