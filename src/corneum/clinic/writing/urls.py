"""Addresses of the desk's pages for writing."""

from django.urls import path

from corneum.clinic.writing import views

app_name = "writing"
urlpatterns = [
    path("desk/writing/", views.every_page, name="list"),
    path("desk/writing/begin/", views.begin, name="begin"),
    path("desk/writing/reviews/<ref:shown>/", views.review, name="review"),
    path("desk/writing/pictures/", views.pictures, name="pictures"),
    path("desk/writing/pictures/<ref:picture>/withdraw/", views.withdraw_picture, name="withdraw_picture"),
    path("desk/writing/<ref:page>/", views.page, name="page"),
    path("desk/writing/<ref:page>/<int:number>/", views.version, name="version"),
    path("desk/writing/<ref:page>/<int:number>/restore/", views.restore, name="restore"),
    path("desk/writing/<ref:page>/<int:number>/publish/", views.publish, name="publish"),
    path("desk/writing/<ref:page>/<int:number>/call-off/", views.call_off, name="call_off"),
    path("desk/writing/<ref:page>/<int:number>/approve/", views.approve, name="approve"),
    path("desk/writing/<ref:page>/<int:number>/answer/", views.answer, name="answer"),
]
