"""Addresses of the desk's first pages."""

from django.urls import path

from corneum.clinic.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("desk/today/", views.today, name="today"),
    path("desk/pack/<ref:pack>/", views.pack, name="pack"),
    path("desk/clinic/pack/", views.pack_hour, name="pack_hour"),
    path("desk/find/", views.find, name="find"),
    path("desk/find/list/", views.found, name="found"),
]
