"""Addresses of the desk's diary."""

from django.urls import path, register_converter

from corneum.clinic.diary import views
from corneum.clinic.diary.dates import DayConverter, WeekConverter

register_converter(DayConverter, "day")
register_converter(WeekConverter, "week")

app_name = "diary"
urlpatterns = [
    path("desk/diary/", views.today, name="today"),
    path("desk/diary/<day:day>/", views.day, name="day"),
    path("desk/diary/version/", views.version, name="version"),
    path("desk/diary/<week:week>/", views.week, name="week"),
    path("desk/diary/<day:day>/list/", views.as_list, name="list"),
    path("desk/diary/<day:day>/clinics/", views.at_clinics, name="clinics"),
    path("desk/diary/<day:day>/print/", views.pack, name="print"),
    path("desk/why-not/", views.why_not, name="why_not"),
    path("desk/appointments/<ref:appointment>/", views.appointment, name="appointment"),
    path("desk/appointments/<ref:appointment>/arrive/", views.arrive, name="arrive"),
    path("desk/appointments/<ref:appointment>/undo-arrival/", views.undo_arrival, name="undo_arrival"),
    path("desk/appointments/<ref:appointment>/confirm/", views.confirm, name="confirm"),
    path("desk/appointments/<ref:appointment>/late/", views.late, name="late"),
    path("desk/appointments/<ref:appointment>/room/", views.room, name="room"),
    path("desk/appointments/<ref:appointment>/treating/", views.treating, name="treating"),
    path("desk/appointments/<ref:appointment>/left/", views.left, name="left"),
    path("desk/appointments/<ref:appointment>/step-back/", views.step_back, name="step_back"),
    path("desk/appointments/<ref:appointment>/done/", views.done, name="done"),
    path("desk/appointments/<ref:appointment>/noshow/", views.noshow, name="noshow"),
    path("desk/appointments/<ref:appointment>/undo-outcome/", views.undo_outcome, name="undo_outcome"),
    path("desk/consents/", views.consents, name="consents"),
    path("desk/patients/", views.patients, name="patients"),
    path("desk/patients/<ref:patient>/", views.patient, name="patient"),
]
