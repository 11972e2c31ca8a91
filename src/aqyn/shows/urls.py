"""Where the shows lie: pages under their language, calendars without one, the crew's desk."""

from __future__ import annotations

from django.urls import path

from aqyn.shows.views import deeds, tours
from aqyn.shows.views import public as see
from aqyn.shows.views import studio as desk

public = [
    path("shows/", see.shows, name="shows"),
    path("shows/<slug:slug>/", see.show, name="show"),
    path("tours/<slug:slug>/", see.tour, name="tour"),
]

plain = [
    path("shows/<slug:slug>/calendar.ics", see.calendar, name="calendar"),
    path("shows/<slug:slug>/picture.png", see.picture, name="picture"),
    path("artists/<slug:slug>/shows.ics", see.artist_calendar, name="artist-calendar"),
]

studio = [
    path("shows/", desk.shows, name="shows"),
    path("shows/new/", desk.new, name="new"),
    path("shows/<slug:slug>/", desk.show, name="show"),
    path("shows/<slug:slug>/page/", desk.page, name="page"),
    path("shows/<slug:slug>/announcement/", deeds.announce, name="announce"),
    path("shows/<slug:slug>/withdrawal/", deeds.withdraw, name="withdraw"),
    path("shows/<slug:slug>/postponement/", deeds.postpone, name="postpone"),
    path("shows/<slug:slug>/postponement/undo/", deeds.undo_postponement, name="undo-postponement"),
    path("shows/<slug:slug>/cancellation/", deeds.cancel, name="cancel"),
    path("shows/<slug:slug>/cancellation/undo/", deeds.undo_cancellation, name="undo-cancellation"),
    path("shows/<slug:slug>/remove/", deeds.remove, name="remove"),
    path("tours/new/", tours.new, name="new-tour"),
    path("tours/<slug:slug>/", tours.tour, name="tour"),
    path("tours/<slug:slug>/remove/", tours.remove, name="remove-tour"),
]
