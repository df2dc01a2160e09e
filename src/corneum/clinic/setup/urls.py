"""Addresses of the desk's pages for setting a clinic up."""

from django.urls import path

from corneum.clinic.setup import views

app_name = "setup"
urlpatterns = [
    path("desk/clinic/", views.overview, name="overview"),
    path("desk/clinic/where/", views.where, name="where"),
    path("desk/clinic/hours/", views.hours, name="hours"),
    path("desk/clinic/hours/week/", views.week, name="week"),
    path("desk/clinic/hours/special/", views.special, name="special"),
    path("desk/clinic/hours/as-usual/", views.as_usual, name="as_usual"),
    path("desk/clinic/hours/close/", views.close, name="close"),
    path("desk/clinic/hours/reopen/", views.reopen, name="reopen"),
    path("desk/clinic/hours/holidays/", views.holidays, name="holidays"),
    path("desk/clinic/rota/<ref:practitioner>/", views.rota, name="rota"),
    path("desk/clinic/rota/<ref:practitioner>/weeks/", views.rota_weeks, name="rota_weeks"),
    path("desk/clinic/rota/<ref:practitioner>/day/", views.different_day, name="different_day"),
    path("desk/clinic/rota/<ref:practitioner>/as-usual/", views.rota_as_usual, name="rota_as_usual"),
    path("desk/clinic/rota/<ref:practitioner>/off/", views.switch_off, name="switch_off"),
    path("desk/clinic/rota/<ref:practitioner>/on/", views.switch_on, name="switch_on"),
    path("desk/clinic/treatments/<slug:treatment>/", views.treatment, name="treatment"),
    path("desk/clinic/treatments/<slug:treatment>/rules/", views.rules, name="rules"),
    path("desk/clinic/treatments/<slug:treatment>/length/", views.length, name="length"),
    path("desk/clinic/rooms/", views.rooms, name="rooms"),
    path("desk/clinic/rooms/<ref:room>/", views.room, name="room"),
    path("desk/clinic/devices/<ref:device>/", views.device, name="device"),
    path("desk/clinic/blocked/", views.blocked, name="blocked"),
    path("desk/clinic/blocked/block/", views.block, name="block"),
    path("desk/clinic/blocked/<ref:series>/lift/", views.lift, name="lift"),
]
