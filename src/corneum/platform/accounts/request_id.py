"""A random name for every request, in the trail, the logs and on the error page."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from corneum.db.ref import new_ref

_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """Answer with the name of the request being answered, or "" in a job or a command."""
    return _current.get()


class RequestId:
    """Name the request before anything else happens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _current.set(new_ref())
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = _current.get()
            return response
        finally:
            _current.reset(token)
