"""Where the hall sings: pages under their language, what they load without one, the crew's desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.stage.views import words

public: list[URLPattern] = []

plain: list[URLPattern] = [
    path("live/<slug:slug>/setlist.json", words.setlist, name="setlist"),
    path("live/<slug:slug>/songs/<int:entry>.json", words.words, name="words"),
    path("live/<slug:slug>/notices/<int:number>.json", words.notice, name="notice"),
]

studio: list[URLPattern] = []
