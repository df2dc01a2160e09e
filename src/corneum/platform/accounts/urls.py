"""The addresses of accounts that are ours; the sign-in library's stand in identity_urls.py."""

from django.urls import path

from corneum.platform.accounts import views

app_name = "accounts"
urlpatterns = [path("accounts/demo/", views.demo, name="demo")]
