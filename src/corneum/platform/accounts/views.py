"""One press into the demonstration."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from corneum.platform.accounts import access, sittings
from corneum.platform.accounts.identity import desk_of, own_desk_if_another
from corneum.platform.accounts.queries import demo_user


@access.public
def demo(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = demo_user(request.POST.get("who", ""))
    if user is None:
        raise Http404
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    sittings.begin(request, user, at=datetime.now(UTC), proof=sittings.DEMO)
    wanted = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = desk_of(request)
    return HttpResponseRedirect(own_desk_if_another(request, wanted), status=303)
