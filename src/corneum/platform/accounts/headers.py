"""What every answer tells the browser, errors and files included, beside what Django and django-csp already say."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from corneum.platform.accounts.address import comes_through_a_proxy

ALWAYS = {
    # No page of ours films, listens, locates or pays; passkeys are for our own pages alone.
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), publickey-credentials-create=(self), "
        "publickey-credentials-get=(self), usb=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class Headers:
    """Add them, unless a view has said something of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not comes_through_a_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)  # only our own proxy knows how a visitor came
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
