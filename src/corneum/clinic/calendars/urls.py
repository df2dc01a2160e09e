"""Addresses of feeds, and of the desk's page about them."""

from django.urls import path

from corneum.clinic.calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendars/<ref:code>.ics", views.feed, name="feed"),
    path("desk/calendars/", views.mine, name="mine"),
    path("desk/calendars/make/", views.make, name="make"),
    path("desk/calendars/<ref:feed>/show/", views.show, name="show"),
    path("desk/calendars/<ref:feed>/revoke/", views.revoke, name="revoke"),
    path("desk/calendars/connect/", views.connect, name="connect"),
    path("desk/calendars/other/<ref:calendar>/fetch/", views.fetch, name="fetch"),
    path("desk/calendars/other/<ref:calendar>/disconnect/", views.disconnect, name="disconnect"),
]
