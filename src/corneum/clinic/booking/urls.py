"""Addresses of the journey, and of the public pages that show times."""

from importlib.util import find_spec

from django.urls import path

from corneum.clinic.booking.views import check, details, mine, times

app_name = "booking"
urlpatterns = [
    path("book/", times.what, name="what"),
    path("book/d/<ref:code>/", details.details, name="details"),
    path("book/d/<ref:code>/keep/", details.keep, name="keep"),
    path("book/d/<ref:code>/leave/", details.leave, name="leave"),
    path("book/d/<ref:code>/time/", details.again, name="again"),
    path("book/d/<ref:code>/check/", check.check, name="check"),
    path("book/<slug:treatment>/", times.times, name="times"),
    path("book/<slug:treatment>/hold/", times.hold, name="hold"),
    path("b/<ref:code>/", mine.mine, name="mine"),
    path("b/<ref:code>/move/", mine.move, name="move"),
    path("b/<ref:code>/cancel/", mine.cancel, name="cancel"),
    path("b/<ref:code>/calendar.ics", mine.calendar, name="calendar"),
]
if find_spec("corneum.clinic.booking.views.pages"):  # while the areas are being built side by side
    from corneum.clinic.booking.views import pages

    urlpatterns += [
        path("", pages.home, name="home"),
        path("treatments/<slug:treatment>/", pages.guide, name="guide"),
    ]
