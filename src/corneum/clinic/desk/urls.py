"""Addresses of the desk's first pages."""

from django.urls import path

from corneum.clinic.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/find/", views.find, name="find"),
    path("desk/find/list/", views.found, name="found"),
]
