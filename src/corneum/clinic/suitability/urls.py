"""Addresses of the quick check, of the questions behind a private link, and of the desk's list."""

from django.urls import path

from corneum.clinic.suitability.views import check, deciding, form, rules

app_name = "suitability"
urlpatterns = [
    path("treatments/<slug:treatment>/check/", check.check, name="check"),
    path("treatments/<slug:treatment>/questions/", form.begin, name="begin"),
    path("s/<ref:code>/", form.form, name="form"),
    path("s/<ref:code>/answers/", form.answers, name="answers"),
    path("s/<ref:code>/now/", form.now, name="now"),
    path("s/<ref:code>/send/", form.send, name="send"),
    path("s/<ref:code>/<str:step>/", form.question, name="question"),
    path("desk/suitability/", deciding.every, name="list"),
    path("desk/suitability/rules/", rules.rules, name="rules"),
    path("desk/suitability/rules/change/", rules.change, name="change"),
    path("desk/suitability/rules/sign/", rules.sign, name="sign"),
    path("desk/suitability/ask/<ref:patient>/", deciding.ask, name="ask"),
    path("desk/suitability/<ref:screening>/", deciding.screening, name="screening"),
    path("desk/suitability/<ref:screening>/decide/", deciding.decide, name="decide"),
    path("desk/suitability/<ref:screening>/spoken/", deciding.spoken, name="spoken"),
]
