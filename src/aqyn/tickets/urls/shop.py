"""Where places are held, ordered and paid for."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.tickets.views import hold, order, shop

public: list[URLPattern] = [
    path("shows/<slug:slug>/tickets/", shop.shop, name="shop"),
    path("shows/<slug:slug>/tickets/refused/", shop.refused, name="refused"),
    path("holds/<str:name>/<str:secret>/", hold.hold, name="hold"),
    path("holds/<str:name>/<str:secret>/back/", hold.give_back, name="give-back"),
    path("orders/<str:name>/<str:secret>/", order.order, name="order"),
    path("orders/<str:name>/<str:secret>/advice/", order.advise, name="advise"),
    path("orders/<str:name>/<str:secret>/back/", order.give_up, name="give-up"),
]
plain: list[URLPattern] = []
studio: list[URLPattern] = []
