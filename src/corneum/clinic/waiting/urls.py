"""Addresses of the waiting list: joining, answering, and the desk's view of it."""

from django.urls import path

from corneum.clinic.waiting.views import desk, patient

app_name = "waiting"
urlpatterns = [
    path("wait/<slug:treatment>/", patient.join, name="join"),
    path("b/<ref:code>/sooner/", patient.sooner, name="sooner"),
    path("w/<ref:code>/", patient.wait, name="wait"),
    path("w/<ref:code>/leave/", patient.leave, name="leave"),
    path("o/<ref:code>/", patient.offer, name="offer"),
    path("o/<ref:code>/accept/", patient.accept, name="accept"),
    path("o/<ref:code>/decline/", patient.decline, name="decline"),
    path("desk/waiting/", desk.waiting, name="list"),
    path("desk/waiting/add/", desk.add, name="add"),
    path("desk/waiting/offers/<ref:offer>/", desk.passed, name="passed"),
    path("desk/waiting/<ref:wait>/", desk.entry, name="entry"),
    path("desk/waiting/<ref:wait>/urgent/", desk.urgent, name="urgent"),
    path("desk/waiting/<ref:wait>/not-urgent/", desk.not_urgent, name="not_urgent"),
    path("desk/waiting/<ref:wait>/remove/", desk.remove, name="remove"),
]
