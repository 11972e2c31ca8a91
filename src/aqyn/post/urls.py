"""Addresses of the mail pages."""

from django.urls import path

from aqyn.post import views

plain = [
    path("leave/<str:token>/", views.leave, name="leave"),
]

studio = [
    path("mail/", views.outbox, name="outbox"),
    path("mail/server/", views.server, name="server"),
    path("mail/server/forgetting/", views.forget_server, name="forget-server"),
    path("mail/server/test-letters/", views.test_letter, name="test-letter"),
    path("mail/<int:letter_id>/retry/", views.retry, name="retry"),
    path("mail/<int:letter_id>/removal/", views.remove, name="remove"),
    path("mail/<int:letter_id>/carried/", views.carried, name="carried"),
]
