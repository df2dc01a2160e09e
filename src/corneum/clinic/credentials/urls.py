"""Address of the page of registrations and training."""

from django.urls import path

from corneum.clinic.credentials import views

app_name = "credentials"
urlpatterns = [path("desk/clinic/credentials/", views.standings, name="list")]
