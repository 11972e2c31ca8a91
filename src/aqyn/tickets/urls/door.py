"""Where the doors are."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.tickets.views import door, doors

public: list[URLPattern] = []
plain: list[URLPattern] = [
    path("door/<str:token>/", door.app, name="door"),
    path("door/<str:token>/worker.js", door.worker, name="door-worker"),
    path("door/<str:token>/app.webmanifest", door.manifest, name="door-manifest"),
    path("door/<str:token>/list", door.list_, name="door-tickets"),
    path("door/<str:token>/scans", door.scans, name="door-scans"),
    path("door/<str:token>/stock", door.stock, name="door-stock"),
]
studio: list[URLPattern] = [
    path("shows/<slug:slug>/doors/", doors.doors, name="doors"),
    path("shows/<slug:slug>/doors/<int:number>/link/", doors.link, name="door-link"),
    path("shows/<slug:slug>/doors/<int:number>/close/", doors.close, name="door-close"),
    path("shows/<slug:slug>/doors/<int:number>/stock/", doors.give_back, name="door-stock"),
]
