"""Address of the quick check beside a guide."""

from django.urls import path

from corneum.clinic.suitability import views

app_name = "suitability"
urlpatterns = [path("treatments/<slug:treatment>/check/", views.check, name="check")]
