"""Addresses of what was sent."""

from django.urls import path

from corneum.platform.messages import views

app_name = "messages"
urlpatterns = [
    path("desk/messages/", views.sent, name="sent"),
    path("desk/messages/<ref:message>/", views.message, name="message"),
    path("desk/messages/<ref:message>/again/", views.again, name="again"),
    path("desk/messages/<ref:message>/arrived/", views.arrived, name="arrived"),
    path("desk/messages/<ref:message>/<slug:part>/", views.attachment, name="attachment"),
]
