"""Answers the two addresses that machines ask before anything else can fail."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from corneum.platform.ui import views

ANSWERS = {"/healthz": views.healthz, "/readyz": views.readyz}


class FirstOfAll:
    """
    Answer /healthz and /readyz ahead of every other middleware.

    Who asks is a balancer, by whatever host name it likes, and perhaps while the database is away:
    neither may turn "alive" into an error page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = ANSWERS.get(request.path_info)
        return answer(request) if answer else self.get_response(request)
