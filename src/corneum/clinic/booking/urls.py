"""Addresses of the journey, and of the public pages that show times."""

from django.urls import path

from corneum.clinic.booking.views import check, details, mine, pages, times

app_name = "booking"
urlpatterns = [
    path("", pages.home, name="home"),
    path("treatments/<slug:treatment>/", pages.guide, name="guide"),
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
