"""Addresses of what was sent."""

from django.urls import path

from corneum.platform.messages import views

app_name = "messages"
urlpatterns = [
    path("desk/clinic/messages/<slug:area>/<slug:name>/", views.wording, name="wording"),
    path("desk/clinic/messages/<slug:area>/<slug:name>/sample/", views.sample, name="sample"),
    path("texts/<ref:message>/state/", views.report, name="report"),
    path("desk/messages/", views.sent, name="sent"),
    path("desk/messages/<ref:message>/", views.message, name="message"),
    path("desk/messages/<ref:message>/again/", views.again, name="again"),
    path("desk/messages/<ref:message>/arrived/", views.arrived, name="arrived"),
    path("desk/messages/<ref:message>/<slug:part>/", views.attachment, name="attachment"),
]
