"""Addresses of courses."""

from django.urls import path

from corneum.clinic.courses import views

app_name = "courses"
urlpatterns = [
    path("desk/patients/<ref:patient>/course/", views.plan, name="plan"),
    path("desk/patients/<ref:patient>/course/book/", views.book, name="book"),
    path("desk/courses/<ref:course>/", views.course, name="course"),
    path("desk/courses/<ref:course>/rest/", views.rest, name="rest"),
    path("desk/courses/<ref:course>/rest/move/", views.move_rest, name="move_rest"),
    path("desk/courses/<ref:course>/end/", views.end, name="end"),
]
