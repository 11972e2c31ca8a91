"""Where the crew looks after money."""

from __future__ import annotations

from django.urls import URLPattern, path

from aqyn.payments.views import payment, queue, statements, upload, ways

studio: list[URLPattern] = [
    path("payments/", queue.queue, name="queue"),
    path("payments/refunds/<int:pk>/sending/", queue.send_refund, name="send-refund"),
    path("payments/refunds/<int:pk>/letting-go/", queue.let_go, name="let-go"),
    path("payments/refunds/<int:pk>/receiver/", queue.tell_where, name="tell-where"),
    path("payments/arrivals/<int:pk>/assignment/", queue.assign, name="assign"),
    path("payments/arrivals/<int:pk>/return/", queue.give_back, name="give-back"),
    path("payments/arrivals/<int:pk>/reversal/", queue.undo, name="undo"),
    path("payments/ways/", ways.ways, name="ways"),
    path("payments/ways/new/<slug:adapter>/", ways.new, name="new-way"),
    path("payments/ways/<int:pk>/", ways.way, name="way"),
    path("payments/ways/<int:pk>/closure/", ways.close, name="close-way"),
    path("payments/ways/<int:pk>/opening/", ways.reopen, name="reopen-way"),
    path("payments/statements/", upload.upload, name="upload"),
    path("payments/statements/<int:pk>/", statements.statement, name="statement"),
    path("payments/statements/<int:pk>/removal/", statements.remove, name="remove-statement"),
    path("payments/rows/<int:pk>/arrival/", statements.unassigned, name="unassigned"),
    path("payments/rows/<int:pk>/setting-aside/", statements.set_aside, name="set-aside"),
    path("payments/rows/<int:pk>/taking-up/", statements.take_up, name="take-up"),
    path("payments/advices/<int:pk>/picture/", payment.picture, name="picture"),
    path("payments/<str:reference>/", payment.payment, name="payment"),
    path("payments/<str:reference>/receipts/", payment.receive, name="receive"),
    path("payments/<str:reference>/fiscal-receipts/", payment.fiscal, name="fiscal"),
    path("payments/<str:reference>/entries/<int:pk>/reversal/", payment.reverse, name="reverse"),
]
