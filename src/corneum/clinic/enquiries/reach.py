"""How somebody who asked can be answered in writing."""

import phonenumbers

from corneum.clinic.enquiries.models import Enquiry

_NO_TEXTS = frozenset({phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.PREMIUM_RATE})


def way_to(enquiry: Enquiry) -> str:
    """Answer with email, with text where there is a number only and it may be a mobile, or with nothing: ring them."""
    if enquiry.email:
        return "email"
    return "text" if enquiry.phone and takes_texts(enquiry.phone) else ""


def takes_texts(number: str) -> bool:
    """Say whether a number may be a mobile's."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) not in _NO_TEXTS
