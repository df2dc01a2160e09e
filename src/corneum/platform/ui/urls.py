"""The addresses of machines and of whoever builds pages."""

from django.urls import path

from corneum.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("components/", views.components, name="components"),
    path("components/<slug:layout>/", views.sample, name="sample"),
]
