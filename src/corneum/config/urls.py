"""Every address of the installation. Each says who may open it (platform/accounts/access.py)."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
