"""Addresses of questions and of the inbox."""

from django.urls import path

from corneum.clinic.enquiries.views import asking, calls, deciding, pages, saved

app_name = "enquiries"
urlpatterns = [
    path("contact/", asking.contact, name="contact"),
    path("contact/sent/", asking.sent, name="sent"),
    path("desk/inbox/", pages.inbox, name="inbox"),
    path("desk/inbox/saved/", saved.saved, name="saved"),
    path("desk/inbox/saved/new/", saved.new_saved, name="new_saved"),
    path("desk/inbox/saved/<ref:saved>/", saved.change_saved, name="change_saved"),
    path("desk/inbox/saved/<ref:saved>/remove/", saved.remove_saved, name="remove_saved"),
    path("desk/inbox/call/", calls.call, name="call"),
    path("desk/inbox/promise/", saved.promise, name="promise"),
    path("desk/inbox/<ref:enquiry>/", pages.thread, name="thread"),
    path("desk/inbox/<ref:enquiry>/here/", pages.here, name="here"),
    path("desk/inbox/<ref:enquiry>/afresh/", pages.afresh, name="afresh"),
    path("desk/inbox/<ref:enquiry>/reply/", deciding.reply, name="reply"),
    path("desk/inbox/<ref:enquiry>/insert/", deciding.insert, name="insert"),
    path("desk/inbox/<ref:enquiry>/note/", deciding.note, name="note"),
    path("desk/inbox/<ref:enquiry>/take/", deciding.take, name="take"),
    path("desk/inbox/<ref:enquiry>/assign/", deciding.assign, name="assign"),
    path("desk/inbox/<ref:enquiry>/snooze/", deciding.snooze, name="snooze"),
    path("desk/inbox/<ref:enquiry>/wake/", deciding.wake, name="wake"),
    path("desk/inbox/<ref:enquiry>/close/", deciding.close, name="close"),
    path("desk/inbox/<ref:enquiry>/reopen/", deciding.reopen, name="reopen"),
    path("desk/inbox/<ref:enquiry>/release/", deciding.release, name="release"),
    path("desk/inbox/<ref:enquiry>/apart/", deciding.apart, name="apart"),
    path("desk/inbox/<ref:enquiry>/join/", deciding.join, name="join"),
    path("desk/inbox/<ref:enquiry>/part/", deciding.part, name="part"),
]
