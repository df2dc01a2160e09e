"""The desk's pages for writing: the list, one page's fields, one version, reviews, and pictures."""

from corneum.clinic.writing.views.pages import (
    answer,
    approve,
    begin,
    call_off,
    every_page,
    page,
    publish,
    restore,
    review,
    version,
)  # fmt: skip
from corneum.clinic.writing.views.pictures import pictures, withdraw_picture

__all__ = [
    "answer",
    "approve",
    "begin",
    "call_off",
    "every_page",
    "page",
    "pictures",
    "publish",
    "restore",
    "review",
    "version",
    "withdraw_picture",
]
