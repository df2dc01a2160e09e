"""Addresses of consent: the patient's link, the desk's pages, and the texts."""

from django.urls import path

from corneum.clinic.consent.views import desk, patient, texts

app_name = "consent"
urlpatterns = [
    path("c/<ref:code>/", patient.read, name="read"),
    path("c/<ref:code>/sign/", patient.sign, name="sign"),
    path("c/<ref:code>/anew/", patient.anew, name="anew"),
    path("c/<ref:code>/withdraw/", patient.withdraw, name="withdraw"),
    path("c/<ref:code>/pictures/", patient.pictures, name="pictures"),
    path("c/<ref:code>/paper/", patient.paper, name="paper"),
    path("desk/patients/<ref:patient>/consents/", desk.patient, name="patient"),
    path("desk/patients/<ref:patient>/consents/give/", desk.give, name="give"),
    path("desk/patients/<ref:patient>/consents/no-pictures/", desk.no_pictures, name="no_pictures"),
    path("desk/consents/<ref:information>/", desk.one, name="one"),
    path("desk/consents/<ref:information>/talk/", desk.talk, name="talk"),
    path("desk/consents/<ref:information>/hand-over/", desk.hand_over, name="hand_over"),
    path("desk/consents/<ref:information>/told/", desk.told, name="told"),
    path("desk/consents/<ref:information>/sheet/", desk.sheet, name="sheet"),
    path("desk/consent-texts/", texts.texts, name="texts"),
    path("desk/consent-texts/<slug:treatment>/", texts.text, name="text"),
    path("desk/consent-texts/<slug:treatment>/begin/", texts.begin, name="begin"),
    path("desk/consent-texts/<slug:treatment>/times/", texts.times, name="times"),
    path("desk/consent-texts/<slug:treatment>/<int:number>/", texts.version, name="version"),
    path("desk/consent-texts/<slug:treatment>/<int:number>/approve/", texts.approve, name="approve"),
]
