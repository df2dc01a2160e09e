"""Answers that pages share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_invalid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show the page again with what is wrong: 422, the error summary first, everything typed still there."""
    return render(request, template, context, status=422)
