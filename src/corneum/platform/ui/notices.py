"""Telling the person, on the page they come to next, what was just done."""

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, sentence: str, *, undo: str = "") -> None:
    """
    Show a sentence on the next page.

    :param undo: an address that takes it back when POSTed to; the notice then has an Undo button
    """
    messages.success(request, sentence, extra_tags=f"undo:{undo}" if undo else "")
