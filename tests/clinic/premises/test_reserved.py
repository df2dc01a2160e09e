"""No clinic can be called like a page."""

import re

from django.urls import get_resolver

from corneum.clinic.premises.actions import RESERVED


def first_words() -> set[str]:
    """Read the first word of every address, where it could be the short name of a clinic."""
    routes = (str(pattern.pattern) for pattern in get_resolver().url_patterns)
    inside = (
        str(each.pattern)
        for pattern in get_resolver().url_patterns
        if not str(pattern.pattern)
        for each in getattr(pattern, "url_patterns", [])
    )
    return {word for route in (*routes, *inside) if re.fullmatch(r"[-\w]+", word := route.split("/")[0])}


def test_first_words_of_addresses_are_no_names_for_clinics():
    assert {"contact", "desk", "t"} <= first_words()
    assert first_words() - RESERVED == set()
