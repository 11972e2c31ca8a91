"""Where the crew sets the sale up and looks after orders."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.tickets.views import (
    settlement,
    studio_areas,
    studio_forget,
    studio_guests,
    studio_order,
    studio_sale,
    studio_types,
)

public: list[URLPattern] = []
plain: list[URLPattern] = []
studio: list[URLPattern] = [
    path("shows/<slug:slug>/sale/", studio_sale.sale, name="sale"),
    path("shows/<slug:slug>/sale/counts/", studio_sale.live, name="sale-counts"),
    path("shows/<slug:slug>/sale/terms/", studio_sale.terms, name="sale-terms"),
    path("shows/<slug:slug>/sale/open/", studio_sale.open_it, name="sale-open"),
    path("shows/<slug:slug>/sale/close/", studio_sale.close_it, name="sale-close"),
    path("shows/<slug:slug>/sale/remove/", studio_sale.remove, name="sale-remove"),
    path("shows/<slug:slug>/sale/areas/new/", studio_areas.new, name="area-new"),
    path("shows/<slug:slug>/sale/areas/<int:area>/", studio_areas.area, name="area"),
    path("shows/<slug:slug>/sale/areas/<int:area>/move/", studio_areas.move, name="area-move"),
    path("shows/<slug:slug>/sale/areas/<int:area>/remove/", studio_areas.remove, name="area-remove"),
    path("shows/<slug:slug>/sale/types/new/", studio_types.new, name="type-new"),
    path("shows/<slug:slug>/sale/types/<int:type_>/", studio_types.type_, name="type"),
    path("shows/<slug:slug>/sale/types/<int:type_>/move/", studio_types.move, name="type-move"),
    path("shows/<slug:slug>/sale/types/<int:type_>/close/", studio_types.close, name="type-close"),
    path("shows/<slug:slug>/sale/types/<int:type_>/reopen/", studio_types.reopen, name="type-reopen"),
    path("shows/<slug:slug>/sale/types/<int:type_>/remove/", studio_types.remove, name="type-remove"),
    path("shows/<slug:slug>/orders/", studio_order.orders, name="orders"),
    path("orders/<str:id_>/", studio_order.order, name="order"),
    path("orders/<str:id_>/reduce/", studio_order.reduce, name="order-reduce"),
    path("orders/<str:id_>/cancel/", studio_order.cancel, name="order-cancel"),
    path("orders/<str:id_>/extend/", studio_order.extend, name="order-extend"),
    path("orders/<str:id_>/again/", studio_order.again, name="order-again"),
    path("orders/<str:id_>/letters/", studio_order.send, name="order-send"),
    path("orders/<str:id_>/forget/", studio_forget.forget, name="order-forget"),
    path("orders/<str:id_>/codes/<int:ticket>/", studio_order.reissue, name="order-reissue"),
    path("shows/<slug:slug>/guests/", studio_guests.guests, name="guests"),
    path("shows/<slug:slug>/paper/", studio_guests.paper, name="paper"),
    path("shows/<slug:slug>/settlement/", settlement.settlement, name="settlement"),
    path("shows/<slug:slug>/settlement.csv", settlement.as_csv, name="settlement-csv"),
    path("shows/<slug:slug>/settlement.pdf", settlement.as_pdf, name="settlement-pdf"),
]
