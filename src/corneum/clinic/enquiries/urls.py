"""Addresses of questions and of the inbox."""

from django.urls import path

from corneum.clinic.enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/sent/", views.sent, name="sent"),
    path("desk/inbox/", views.inbox, name="inbox"),
    path("desk/inbox/<ref:enquiry>/", views.thread, name="thread"),
    path("desk/inbox/<ref:enquiry>/reply/", views.reply, name="reply"),
    path("desk/inbox/<ref:enquiry>/note/", views.note, name="note"),
    path("desk/inbox/<ref:enquiry>/take/", views.take, name="take"),
    path("desk/inbox/<ref:enquiry>/close/", views.close, name="close"),
    path("desk/inbox/<ref:enquiry>/reopen/", views.reopen, name="reopen"),
    path("desk/inbox/<ref:enquiry>/release/", views.release, name="release"),
    path("desk/inbox/<ref:enquiry>/apart/", views.apart, name="apart"),
]
