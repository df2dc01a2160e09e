"""Every address of the installation. Each says who may open it (platform/accounts/access.py)."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path, register_converter

from corneum.db.ref import RefConverter

register_converter(RefConverter, "ref")

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("corneum.platform.accounts.identity_urls")),
]
urlpatterns += [
    path("", include(module))
    for module in (
        "corneum.platform.ui.urls",
        "corneum.platform.accounts.urls",
        "corneum.platform.messages.urls",
        "corneum.clinic.booking.urls",
        "corneum.clinic.enquiries.urls",
        "corneum.clinic.diary.urls",
        "corneum.clinic.patients.urls",
        "corneum.clinic.guides.urls",
    )
    if find_spec(module)  # while the areas are being built side by side
]

handler400 = "corneum.platform.ui.views.bad_request"
handler403 = "corneum.platform.ui.views.forbidden"
handler404 = "corneum.platform.ui.views.not_found"
handler500 = "corneum.platform.ui.views.server_error"
