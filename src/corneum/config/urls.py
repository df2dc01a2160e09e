"""Every address of the installation. Each says who may open it (platform/accounts/access.py)."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from corneum.db.ref import RefConverter

register_converter(RefConverter, "ref")

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("corneum.platform.accounts.identity_urls")),
    path("", include("corneum.platform.ui.urls")),
    path("", include("corneum.platform.accounts.urls")),
    path("", include("corneum.platform.messages.urls")),
    path("", include("corneum.clinic.reminders.urls")),
    path("", include("corneum.clinic.desk.urls")),
    path("", include("corneum.clinic.courses.urls")),
    path("", include("corneum.clinic.waiting.urls")),
    path("", include("corneum.clinic.holding.urls")),
    path("", include("corneum.clinic.setup.urls")),
    path("", include("corneum.clinic.replacing.urls")),
    path("", include("corneum.clinic.booking.urls")),
    path("", include("corneum.clinic.enquiries.urls")),
    path("", include("corneum.clinic.diary.urls")),
    path("", include("corneum.clinic.calendars.urls")),
    path("", include("corneum.clinic.credentials.urls")),
    path("", include("corneum.clinic.aftercare.urls")),
    path("", include("corneum.clinic.consent.urls")),
    path("", include("corneum.clinic.suitability.urls")),
    path("", include("corneum.clinic.writing.urls")),
    path("", include("corneum.clinic.complaints.urls")),
    path("", include("corneum.clinic.guides.urls")),
]

handler400 = "corneum.platform.ui.views.bad_request"
handler403 = "corneum.platform.ui.views.forbidden"
handler404 = "corneum.platform.ui.views.not_found"
handler500 = "corneum.platform.ui.views.server_error"
