"""Addresses of complaints; the page of how they are handled is one of the public pages (guides)."""

from django.urls import path

from corneum.clinic.complaints import views

app_name = "complaints"
urlpatterns = [
    path("complaints/make/", views.make, name="make"),
    path("complaints/sent/", views.sent, name="sent"),
    path("desk/complaints/", views.every, name="list"),
    path("desk/complaints/new/", views.write_down, name="write_down"),
    path("desk/complaints/<ref:complaint>/", views.complaint, name="complaint"),
    path("desk/complaints/<ref:complaint>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("desk/complaints/<ref:complaint>/note/", views.note, name="note"),
    path("desk/complaints/<ref:complaint>/later/", views.later, name="later"),
    path("desk/complaints/<ref:complaint>/answer/", views.answer, name="answer"),
]
