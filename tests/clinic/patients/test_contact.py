"""An e-mail address or a telephone number, as people type them."""

import pytest

from corneum.clinic.patients.contact import Contact, NotAContact, parse_contact


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("hannah@example.com", Contact(email="hannah@example.com")),
        ("  Hannah.Ross@Example.COM ", Contact(email="Hannah.Ross@example.com")),
        ("hannah+clinic@mail.example.co.uk", Contact(email="hannah+clinic@mail.example.co.uk")),
        ("07700 900 982", Contact(phone="+447700900982")),
        ("07700900982", Contact(phone="+447700900982")),
        ("(0161) 496-0000", Contact(phone="+441614960000")),
        ("+44 (0)161 496 0000", Contact(phone="+441614960000")),
        ("0044 7700 900982", Contact(phone="+447700900982")),
        ("+353 1 234 5678", Contact(phone="+35312345678")),
        ("+1 202 555 0123", Contact(phone="+12025550123")),
        ("+354 410 4000", Contact(phone="+3544104000")),  # Iceland: seven digits are a whole number
    ],
)
def test_parse_contact_reads_what_people_type(typed: str, contact: Contact) -> None:
    assert parse_contact(typed) == contact


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter an email address or a phone number, so we can reach you"),
        ("Hannah", "Enter an email address or a phone number, so we can reach you"),
        ("hannah@", "Enter an email address, like name@example.com"),
        ("hannah@example", "Enter an email address, like name@example.com"),
        ("hannah@@example.com", "Enter an email address, like name@example.com"),
        ("496 0000", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
        ("07700 900 98", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
        ("07700 900 982 1234", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
        ("+999 123 4567", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
        ("999", "Enter a phone number, like 07700 900 982 or 0161 496 0000"),
    ],
)
def test_parse_contact_says_how_a_contact_looks(typed: str, sentence: str) -> None:
    with pytest.raises(NotAContact) as refusal:
        parse_contact(typed)

    assert str(refusal.value) == sentence
