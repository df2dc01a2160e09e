"""Addresses of outages."""

from django.urls import path

from corneum.clinic.replacing import views

app_name = "replacing"
urlpatterns = [
    path("desk/outages/", views.outages, name="list"),
    path("desk/outages/new/", views.take_out, name="take_out"),
    path("desk/outages/<ref:outage>/", views.outage, name="outage"),
    path("desk/outages/<ref:outage>/propose/", views.propose, name="propose"),
    path("desk/outages/<ref:outage>/accept-all/", views.accept_all, name="accept_all"),
    path("desk/outages/<ref:outage>/shorten/", views.shorten, name="shorten"),
    path("desk/outages/<ref:outage>/close/", views.close, name="close"),
    path("desk/outages/visits/<ref:visit>/", views.visit, name="visit"),
    path("desk/outages/visits/<ref:visit>/accept/", views.accept, name="accept"),
    path("desk/outages/visits/<ref:visit>/leave/", views.leave, name="leave"),
    path("desk/outages/visits/<ref:visit>/cancel/", views.cancel, name="cancel"),
]
