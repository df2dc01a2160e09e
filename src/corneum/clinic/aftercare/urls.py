"""Addresses of what is said around a visit."""

from django.urls import path

from corneum.clinic.aftercare.views import patient, texts

app_name = "aftercare"
urlpatterns = [
    path("a/<ref:code>/", patient.sheet, name="sheet"),
    path("desk/aftercare/texts/", texts.every, name="texts"),
    path("desk/aftercare/texts/<slug:treatment>/<slug:when>/", texts.text, name="text"),
    path("desk/aftercare/texts/<slug:treatment>/<slug:when>/approve/", texts.approve, name="approve"),
]
