"""Where the pages of reach lie."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.reach.views import studio as views

public: list[URLPattern] = []
plain: list[URLPattern] = []
studio: list[URLPattern] = [
    path("letters/", views.bulletins, name="bulletins"),
    path("letters/new/", views.new, name="new"),
    path("letters/<int:pk>/", views.bulletin, name="bulletin"),
    path("letters/<int:pk>/preview/", views.preview, name="preview"),
    path("letters/<int:pk>/test/", views.test, name="test"),
    path("letters/<int:pk>/start/", views.start, name="start"),
    path("letters/<int:pk>/stop/", views.stop, name="stop"),
    path("letters/<int:pk>/resumption/", views.resume, name="resume"),
    path("letters/<int:pk>/removal/", views.remove, name="remove"),
    path("shows/<slug:slug>/letters/announcement/", views.announce, name="announce"),
    path("shows/<slug:slug>/letters/thanks/", views.thank, name="thank"),
]
