"""Sources named whole once on a page, and after that by author and year."""

import re
from collections.abc import Iterable, Iterator

_AUTHOR_AND_YEAR = re.compile(r"([^,]+), .*?\b((?:19|20)\d\d)\b[^)]*\)?")


def cited(sources: Iterable[str]) -> Iterator[str]:
    """
    Write each source, given as `Author, Journal year (people): finding; …`; what was named above is named short.

    What has no author and year, such as a guideline, is named as it is every time.
    """
    seen: set[str] = set()
    for source in sources:
        yield "; ".join(_short(study, seen) for study in source.split("; "))


def _short(study: str, seen: set[str]) -> str:
    found = _AUTHOR_AND_YEAR.match(study)
    if found is None:
        return study
    if found.group() not in seen:
        seen.add(found.group())
        return study
    return f"{found[1]} {found[2]}, above{study[found.end() :]}"
