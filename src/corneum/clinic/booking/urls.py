"""Addresses of the journey, and of the public pages that show times."""

from django.urls import path

from corneum.clinic.booking.views import check, desk, details, mine, new, pages, times, uncleared

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
    path("b/<ref:code>/questions/", mine.questions, name="questions"),
    path("b/<ref:code>/calendar.ics", mine.calendar, name="calendar"),
    path("desk/appointments/new/", new.new, name="new"),
    path("desk/suitability/visits/", uncleared.uncleared, name="uncleared"),
    path("desk/requests/", desk.requests, name="requests"),
    path("desk/appointments/<ref:appointment>/move/", desk.move, name="desk_move"),
    path("desk/appointments/<ref:appointment>/undo-move/", desk.undo_move, name="undo_move"),
    path("desk/appointments/<ref:appointment>/cancel/", desk.cancel, name="desk_cancel"),
    path("desk/appointments/<ref:appointment>/undo-cancellation/", desk.undo_cancellation, name="undo_cancellation"),
    path("desk/appointments/<ref:appointment>/accept/", desk.accept, name="accept"),
    path("desk/appointments/<ref:appointment>/decline/", desk.decline, name="decline"),
]
