"""Addresses of the public pages; those with times, the first page and the guides, are booking's."""

from django.urls import path, re_path

from corneum.clinic.guides import views

app_name = "guides"
urlpatterns = [
    path("treatments/", views.treatments, name="treatments"),
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/<slug:slug>/", views.concern, name="concern"),
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("p/<ref:picture>/<slug:shape>/<int:width>/", views.picture, name="picture"),
    path("team/", views.team, name="team"),
    path("prices/", views.prices, name="prices"),
    path("visit/", views.visit, name="visit"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("complaints/", views.complaints, name="complaints"),
    path("results/", views.results, name="results"),
    path("registration/", views.registration, name="registration"),
    path("questions/", views.questions, name="questions"),
    path("search/", views.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("feed.xml", views.feed, name="feed"),
    path("card.png", views.card, name="card"),
    re_path(r"^card/(?P<kind>treatments|concerns|articles)/(?P<slug>[-\w]+)\.png$", views.card_of, name="card_of"),
    path(".well-known/security.txt", views.security, name="security"),
]
