"""Addresses of the desk's diary."""

from django.urls import path, register_converter

from corneum.clinic.diary import views
from corneum.clinic.diary.dates import DayConverter

register_converter(DayConverter, "day")

app_name = "diary"
urlpatterns = [
    path("desk/", views.today, name="today"),
    path("desk/diary/<day:day>/", views.day, name="day"),
    path("desk/why-not/", views.why_not, name="why_not"),
    path("desk/appointments/<ref:appointment>/", views.appointment, name="appointment"),
    path("desk/appointments/<ref:appointment>/arrive/", views.arrive, name="arrive"),
    path("desk/appointments/<ref:appointment>/undo-arrival/", views.undo_arrival, name="undo_arrival"),
    path("desk/appointments/<ref:appointment>/done/", views.done, name="done"),
    path("desk/appointments/<ref:appointment>/noshow/", views.noshow, name="noshow"),
    path("desk/appointments/<ref:appointment>/undo-outcome/", views.undo_outcome, name="undo_outcome"),
    path("desk/patients/", views.patients, name="patients"),
    path("desk/patients/<ref:patient>/", views.patient, name="patient"),
]
