"""Addresses of signing in and of the people and artists in the studio."""

from django.urls import path

from aqyn.people.views import artists, crew, door, fans, follow, me

public = [
    path("artists/<slug:slug>/follow/", follow.follow, name="follow"),
    path("artists/<slug:slug>/follow/sent/", follow.sent, name="follow-sent"),
    path("follow/<str:token>/", follow.confirm, name="confirm-follow"),
]

plain = [
    path("follow/<str:token>/forgetting/", follow.forget, name="forget-fan"),
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/sent/", door.sent, name="sent"),
    path("sign-in/<str:token>/", door.link, name="link"),
    path("join/<str:token>/", door.join, name="join"),
    path("sign-out/", door.sign_out, name="sign-out"),
]

studio = [
    path("people/", crew.crew, name="crew"),
    path("people/invitations/<int:invitation_id>/withdrawal/", crew.withdraw, name="withdraw"),
    path("people/<int:person_id>/role/", crew.role, name="role"),
    path("people/<int:person_id>/removal/", crew.remove, name="remove"),
    path("people/<int:person_id>/return/", crew.bring_back, name="bring-back"),
    path("people/<int:person_id>/erasure/", crew.erase, name="erase"),
    path("people/me/", me.me, name="me"),
    path("people/me/data.json", me.data, name="data"),
    path("people/me/devices/<int:device_id>/sign-out/", me.sign_out_device, name="sign-out-device"),
    path("people/me/everywhere/", me.everywhere, name="everywhere"),
    path("people/me/erasure/", me.erase, name="erase-me"),
    path("artists/", artists.artists, name="artists"),
    path("artists/new/", artists.add, name="add-artist"),
    path("artists/<slug:slug>/", artists.edit, name="artist"),
    path("artists/<slug:slug>/followers/", fans.fans, name="fans"),
    path("artists/<slug:slug>/followers.csv", fans.csv_file, name="fans-csv"),
    path("artists/<slug:slug>/followers/list/", fans.import_list, name="import-fans"),
    path("followers/<int:fan_id>/removal/", fans.remove, name="remove-fan"),
    path("artists/<slug:slug>/removal/", artists.remove, name="remove-artist"),
]
