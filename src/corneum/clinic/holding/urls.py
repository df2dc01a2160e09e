"""Addresses of held times: the desk offers them, a secret link chooses one."""

from django.urls import path

from corneum.clinic.holding.views import desk, patient

app_name = "holding"
urlpatterns = [
    path("t/<ref:code>/", patient.choose, name="choose"),
    path("t/<ref:code>/take/", patient.take, name="take"),
    path("t/<ref:code>/decline/", patient.decline, name="decline"),
    path("desk/inbox/<ref:enquiry>/times/", desk.times, name="times"),
    path("desk/inbox/<ref:enquiry>/times/withdraw/", desk.withdraw, name="withdraw"),
]
