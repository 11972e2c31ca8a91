"""Where the hall sings: pages under their language, what they load without one, the crew's desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.stage.views import console, played, poster, screen, setlist, words
from aqyn.stage.views import live as hall

public: list[URLPattern] = [
    path("shows/<slug:slug>/setlist/", played.played, name="played"),
    path("live/<slug:slug>/", hall.live, name="live"),
    path("live/<slug:slug>/captions/", hall.captions, name="captions"),
    path("live/<slug:slug>/screen/", screen.screen, name="screen"),
]

plain: list[URLPattern] = [
    path("live/<slug:slug>/", hall.door, name="door"),
    path("live/<slug:slug>", hall.door, name="bare-door"),
    path("live/<slug:slug>/setlist.json", words.setlist, name="setlist"),
    path("live/<slug:slug>/songs/<int:entry>.json", words.words, name="words"),
    path("live/<slug:slug>/songs/<int:entry>/cause.svg", screen.cause_code, name="cause-code"),
    path("live/<slug:slug>/notices/<int:number>.json", words.notice, name="notice"),
]

studio: list[URLPattern] = [
    path("stage/<slug:slug>/setlist/", setlist.setlist, name="setlist"),
    path("stage/<slug:slug>/setlist/add/", setlist.add, name="setlist-add"),
    path("stage/<slug:slug>/setlist/order/", setlist.order, name="setlist-order"),
    path("stage/<slug:slug>/setlist/undo/", setlist.undo, name="setlist-undo"),
    path("stage/<slug:slug>/setlist/<int:entry>/", setlist.change, name="setlist-entry"),
    path("stage/<slug:slug>/setlist/<int:entry>/move/", setlist.move, name="setlist-move"),
    path("stage/<slug:slug>/setlist/<int:entry>/remove/", setlist.remove, name="setlist-remove"),
    path("stage/<slug:slug>/played/", played.desk, name="played"),
    path("stage/<slug:slug>/played/<int:evening>/add/", played.add, name="played-add"),
    path("stage/<slug:slug>/played/<int:evening>/reach/", played.reach, name="played-reach"),
    path("stage/<slug:slug>/played/<int:evening>/undo/", played.undo, name="played-undo"),
    path("stage/<slug:slug>/played/<int:evening>/<int:row>/move/", played.move, name="played-move"),
    path("stage/<slug:slug>/played/<int:evening>/<int:row>/mark/", played.mark, name="played-mark"),
    path("stage/<slug:slug>/played/<int:evening>/<int:row>/remove/", played.remove, name="played-remove"),
    path("stage/<slug:slug>/", console.console, name="console"),
    path("stage/<slug:slug>/open/", console.open_hall, name="open"),
    path("stage/<slug:slug>/close/", console.close, name="close"),
    path("stage/<slug:slug>/deed/", console.deed, name="deed"),
    path("stage/<slug:slug>/poster/", poster.posters, name="posters"),
    path("stage/<slug:slug>/poster.pdf", poster.poster, name="poster"),
]
