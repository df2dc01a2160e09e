"""What somebody types so that we can reach them: an e-mail address or a telephone number."""

from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from corneum.domain.errors import ClinicError

HOME = "GB"  # where a number without a country code is rung


class Contact(NamedTuple):
    """One way to reach somebody: one of the two is filled. A telephone number is E.164."""

    email: str = ""
    phone: str = ""


class NotAContact(ClinicError):
    """Enter an email address or a phone number, so we can reach you"""


def parse_contact(text: str) -> Contact:
    """
    Read an e-mail address, or a telephone number of this country or with its own country code.

    :raises NotAContact: it is neither; the sentence says how one looks
    """
    typed = text.strip()
    if "@" in typed:
        return Contact(email=_email(typed))
    if sum(letter.isdigit() for letter in typed) >= 3:
        return Contact(phone=_phone(typed))
    raise NotAContact


def _email(typed: str) -> str:
    local, _, domain = typed.rpartition("@")
    email = f"{local}@{domain.lower()}"
    try:
        validate_email(email)
    except ValidationError:
        raise NotAContact("Enter an email address, like name@example.com") from None
    return email


def _phone(typed: str) -> str:
    unreadable = NotAContact("Enter a phone number, like 07700 900 982 or 0161 496 0000")
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        raise unreadable from None
    if not (phonenumbers.is_valid_number(number) or _looks_whole(number)):
        raise unreadable
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _looks_whole(number: phonenumbers.PhoneNumber) -> bool:
    # A number that no table knows may still be somebody's: tables are older than the newest numbers.
    # What must not pass is one without its area, or with a digit left out; here the unknown have ten digits.
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    shortest = 10 if number.country_code == phonenumbers.country_code_for_region(HOME) else 9
    return possible and len(phonenumbers.national_significant_number(number)) >= shortest
