"""Where tickets lie, to be seen, printed and kept."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.tickets.views import passes

public: list[URLPattern] = [
    path("orders/<str:name>/<str:secret>/<int:number>/", passes.ticket, name="ticket"),
]
plain: list[URLPattern] = [
    path("orders/<str:name>/<str:secret>/tickets.pdf", passes.pdf, name="pdf"),
    path("orders/<str:name>/<str:secret>/show.ics", passes.calendar, name="calendar"),
]
studio: list[URLPattern] = [
    path("shows/<slug:slug>/orders/door-list.pdf", passes.door_list, name="door-list"),
    path("passes/", passes.keys, name="keys"),
    path("passes/rotation/", passes.rotate, name="rotate-key"),
    path("passes/<int:number>/revocation/", passes.revoke, name="revoke-key"),
]
