"""Addresses of the settings of reminders, of a patient's answers to them, and of the texts that come in."""

from django.urls import path

from corneum.clinic.reminders.views import answers, mine, settings

app_name = "reminders"
urlpatterns = [
    path("desk/clinic/reminders/", settings.rules, name="rules"),
    path("desk/patients/<ref:patient>/reminders/", settings.patient, name="patient"),
    path("b/<ref:code>/confirm/", mine.confirm, name="confirm"),
    path("b/<ref:code>/reminders/", mine.choose, name="choose"),
    path("texts/incoming/", answers.incoming, name="incoming"),
]
